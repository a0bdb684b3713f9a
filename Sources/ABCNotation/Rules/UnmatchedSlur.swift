extension Rule {
  static let unmatchedSlur = Rule(
    .unmatchedSlur, section: "4.11",
    summary: "A slur is closed and was never opened.",
    reason: "Either it is a slip, or the '(' is lost.",
    mend: "Write '(' before its first note, or take the ')' away.",
    bad: "C4 D4)|C8|",
    good: "(C4 D4)|C8|",
    record: Record(right: 8, judged: 8),
    fix: .unsafe("The sign is taken away.", Fix.remove))
}
