extension Rule {
  static let malformedMeter = Rule(
    .malformedMeter, section: "3.1.6",
    summary: "An M: field cannot be understood.",
    reason: """
      Without the meter no bar can be checked, and the default note length and the
      accompaniment are guesses.
      """,
    mend: """
      Write a fraction such as 'M:6/8', 'M:C', 'M:C|', a sum such as 'M:(2+3)/8',
      or 'M:none'.
      """,
    bad: """
      X:1
      T:The Tune
      M:6/
      K:C
      C6|

      """,
    good: """
      X:1
      T:The Tune
      M:6/8
      K:C
      C6|

      """,
    record: Record(right: 8, judged: 8))
}
