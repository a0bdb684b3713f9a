extension Rule {
  static let incompleteTuplet = Rule(
    .incompleteTuplet, section: "4.13",
    summary: "A tuplet ends before it has all its notes.",
    reason: """
      '(3' is for the three notes behind it; where fewer stand in the bar the
      rhythm is a guess.
      """,
    mend: "Write the missing notes, or say how many there are: '(3:2:2'.",
    bad: "C4 D2 (3EF|C8|",
    good: "C4 D2 (3EFG|C8|",
    record: Record(right: 1, judged: 1))
}
