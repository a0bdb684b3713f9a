extension Rule {
  static let missingPart = Rule(
    .missingPart, section: "3.1.9",
    summary: "The order of play names a part that the tune does not have.",
    reason: "What should be played is not there.",
    mend: "Write 'P:B' before the part, or take the letter out of the header.",
    bad: """
      X:1
      T:The Tune
      P:AB
      K:C
      P:A
      C4|

      """,
    good: """
      X:1
      T:The Tune
      P:AB
      K:C
      P:A
      C4|
      P:B
      G4|

      """,
    record: Record(right: 2, judged: 3))
}
