extension Rule {
  static let malformedDirective = Rule(
    .malformedDirective, section: "11",
    summary: "A directive cannot be understood.",
    reason: "It has no effect.",
    mend: "Give it one of the values that it knows.",
    bad: """
      X:1
      T:The Tune
      %%propagate-accidentals sometimes
      K:C
      C4|

      """,
    good: """
      X:1
      T:The Tune
      %%propagate-accidentals octave
      K:C
      C4|

      """)
}
