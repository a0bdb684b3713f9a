extension Rule {
  static let endingOrder = Rule(
    .endingOrder, section: "4.9",
    summary: "Variant endings do not follow each other as they should.",
    reason: """
      An ending is missing before this one, so that it is never reached as it
      should be.
      """,
    mend: "Number endings from 1, without gaps: '[1 … :|[2 … |]'.",
    bad: "|:C8|[2D8:|",
    good: "|:C8|[1D8:|[2E8|]",
    record: Record(right: 3, judged: 3))
}
