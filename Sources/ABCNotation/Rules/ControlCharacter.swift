extension Rule {
  static let controlCharacter = Rule(
    .controlCharacter, section: "2.2.2",
    summary: "A control character stands in the text.",
    reason: """
      Nobody sees it, and programs may stop there, drop the line, or print a blank.
      It is most often left by a transfer or by a word processor.
      """,
    mend: "Take it away.",
    bad: "X:1\nT:The\u{1} Tune\nK:C\nC4|\n",
    good: "X:1\nT:The Tune\nK:C\nC4|\n",
    fix: .safe("The character is taken away.", Fix.remove))
}
