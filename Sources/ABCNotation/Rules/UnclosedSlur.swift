extension Rule {
  static let unclosedSlur = Rule(
    .unclosedSlur, section: "4.11",
    summary: "A slur is opened and never closed.",
    reason: "Nobody can tell where it ends.",
    mend: "Write ')' behind its last note.",
    bad: "(C4 D4|C8|",
    good: "(C4 D4)|C8|",
    record: Record(right: 14, judged: 14),
    fix: .unsafe("The sign is taken away.", Fix.remove))
}
