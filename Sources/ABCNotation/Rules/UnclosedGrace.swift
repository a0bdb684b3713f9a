extension Rule {
  static let unclosedGrace = Rule(
    .unclosedGrace, section: "4.12",
    summary: "Grace notes are not closed in their bar or line.",
    reason: "The notes behind them are lost from the melody.",
    mend: "Write '}' behind the last grace note.",
    bad: "C8|{de C8|",
    good: "C8|{de}C8|",
    fix: .unsafe("The brace is taken away; its notes are part of the melody.", Fix.remove))
}
