extension Rule {
  static let misplacedInGroup = Rule(
    .misplacedInGroup, section: "4.17",
    summary: "Something stands inside a chord or grace notes that cannot stand there.",
    reason: """
      Bar lines, broken rhythm and ties between notes have no meaning within one
      sound.
      """,
    mend: "Close the group before it.",
    bad: "[C>E]4 C4|",
    good: "[CE]4 C4|",
    record: Record(right: 3, judged: 3))
}
