extension Rule {
  static let strayLength = Rule(
    .strayLength, section: "4.3",
    summary: "A length or an octave mark follows no note.",
    reason: "It changes nothing; a note may have been lost before it.",
    mend: "Write it straight behind its note, without a blank.",
    bad: "C4 C2 2|",
    good: "C4 C2 C2|",
    record: Record(right: 3, judged: 4),
    fix: .unsafe("What stands behind no note is taken away.", Fix.remove))
}
