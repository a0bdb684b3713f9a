extension Rule {
  static let missingEnding = Rule(
    .missingEnding, section: "4.9",
    summary: "A first ending has no second one behind it.",
    reason: """
      The second time the players leave out the first ending, and there is nothing
      to go on with.
      """,
    mend: "Write '[2' where the second time goes on, or take the '[1' away.",
    bad: "|:C8|[1D8:|",
    good: "|:C8|[1D8:|[2E8|]",
    record: Record(right: 3, judged: 3))
}
