extension Rule {
  static let unknownCharacter = Rule(
    .unknownCharacter, section: "8.1",
    summary: "A character means nothing in a line of music.",
    reason: """
      It is passed over; most often it is a slip of the key, or text that belongs
      between quotation marks.
      """,
    mend: "Take it away, or write text as an annotation, such as \"^text\".",
    bad: "C4é C4|",
    good: "C4 C4|",
    record: Record(right: 8, judged: 8),
    fix: .unsafe("The character is taken away.", Fix.remove))
}
