extension Rule {
  static let reservedCharacter = Rule(
    .reservedCharacter, section: "8.1",
    summary: "A character that the standard keeps for later: # * ; ? @",
    reason: "It has no meaning yet and is passed over.",
    mend: "Take it away; in old files '*' was a line break.",
    bad: "C4 * C4|",
    good: "C4 C4|",
    record: Record(right: 2, judged: 2),
    fix: .safe("The character is taken away.", Fix.remove))
}
