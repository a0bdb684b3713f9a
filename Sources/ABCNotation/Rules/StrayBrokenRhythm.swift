extension Rule {
  static let strayBrokenRhythm = Rule(
    .strayBrokenRhythm, section: "4.4",
    summary: "A broken-rhythm sign has no note on one of its sides.",
    reason: """
      '>' and '<' share time between two notes of one bar; here one of them is
      missing.
      """,
    mend: "Write it between two notes, not beside a bar line.",
    bad: "C4 C4>|C8|",
    good: "C4 C2>C2|C8|",
    record: Record(right: 1, judged: 1),
    fix: .unsafe("The sign is taken away.", Fix.remove))
}
