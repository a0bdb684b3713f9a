extension Rule {
  static let unclosedChord = Rule(
    .unclosedChord, section: "4.17",
    summary: "A chord is not closed in its bar or line.",
    reason: "Programs disagree where it ends, and the bar gets another length.",
    mend: "Write ']' behind the last note of the chord.",
    bad: "[CEG C6|",
    good: "[CEG]2 C6|",
    record: Record(right: 1, judged: 2),
    fix: .unsafe("The bracket is taken away; its notes follow each other.", Fix.remove))
}
