extension Rule {
  static let malformedUnitLength = Rule(
    .malformedUnitLength, section: "3.1.7",
    summary: "An L: field cannot be understood.",
    reason: "Every length in the tune is a multiple of this one.",
    mend: "Write 1 over a power of two, such as 'L:1/8'.",
    bad: """
      X:1
      T:The Tune
      L:eighth
      K:C
      C4|

      """,
    good: """
      X:1
      T:The Tune
      L:1/8
      K:C
      C4|

      """)
}
