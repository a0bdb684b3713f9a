extension Rule {
  static let wrongMeter = Rule(
    .wrongMeter, section: "3.1.6",
    summary: "Nearly all bars of a tune have the same length, and the meter asks for another.",
    reason: """
      Then not the bars are wrong, but the meter or the unit length. Without 'L:' the
      unit is an eighth, but a sixteenth where the meter is less than three quarters.
      In place of a message for each bar there is this one.
      """,
    mend: "Mend 'M:', or write the 'L:' that is meant.",
    bad: """
      X:1
      T:The Tune
      M:2/4
      K:C
      CDEF|GABc|cBAG|FEDC|
      ECGC|EGcG|AGFE|DBC2|

      """,
    good: """
      X:1
      T:The Tune
      M:2/4
      L:1/8
      K:C
      CDEF|GABc|cBAG|FEDC|
      ECGC|EGcG|AGFE|DBC2|

      """,
    record: Record(right: 8, judged: 8))
}
