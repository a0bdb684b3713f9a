extension Rule {
  static let strayAccidental = Rule(
    .strayAccidental, section: "4.2",
    summary: "An accidental stands before no note.",
    reason: """
      It changes nothing; most often the note behind it is lost, or a blank stands
      between.
      """,
    mend: "Write it straight before its note.",
    bad: "C4 ^ F4|",
    good: "C4 ^F4|",
    record: Record(right: 2, judged: 2),
    fix: .unsafe("The accidental is taken away.", Fix.remove))
}
