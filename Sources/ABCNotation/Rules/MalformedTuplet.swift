extension Rule {
  static let malformedTuplet = Rule(
    .malformedTuplet, section: "4.13",
    summary: "A tuplet number that the standard does not define.",
    reason: "'(1' and '(3:0' give no time to share.",
    mend: "Write '(2' to '(9', or all three numbers: '(11:8:11'.",
    bad: "C4 (1C4|",
    good: "C4 (3CDE F2|")
}
