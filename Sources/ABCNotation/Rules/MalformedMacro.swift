extension Rule {
  static let malformedMacro = Rule(
    .malformedMacro, section: "9",
    summary: "An m: field cannot be understood.",
    reason: "What should be written out is played as it stands.",
    mend: "Write what stands in the music, '=', and what it means: 'm: ~G2 = {A}G{F}G'.",
    bad: """
      X:1
      T:The Tune
      m: ~G2
      K:C
      ~G2 G2|

      """,
    good: """
      X:1
      T:The Tune
      m: ~G2 = {A}G{F}G
      K:C
      ~G2 G2|

      """)
}
