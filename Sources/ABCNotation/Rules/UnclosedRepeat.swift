extension Rule {
  static let unclosedRepeat = Rule(
    .unclosedRepeat, section: "4.8",
    summary: "A repeat is opened and never closed.",
    reason: "Players and programs do not know what is to be repeated.",
    mend: "Write ':|' where the section ends, or '|' in place of '|:'.",
    bad: "|:C8|C8|]",
    good: "|:C8|C8:|")
}
