extension Rule {
  static let unmatchedClose = Rule(
    .unmatchedClose, section: "4.17",
    summary: "A ']' or '}' closes nothing.",
    reason: "Either it is a slip, or the sign that should open the group is lost.",
    mend: "Take it away, or write '[' or '{' where the group begins.",
    bad: "CE] G6|",
    good: "[CE] G7|",
    record: Record(right: 1, judged: 1),
    fix: .unsafe("The sign is taken away.", Fix.remove))
}
