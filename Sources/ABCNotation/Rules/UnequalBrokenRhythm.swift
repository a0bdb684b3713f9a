extension Rule {
  static let unequalBrokenRhythm = Rule(
    .unequalBrokenRhythm, section: "4.4",
    summary: "The notes of a broken-rhythm pair are of unequal length.",
    reason: """
      The standard does not say what this means, and programs play it in different
      ways.
      """,
    mend: "Write the lengths out: 'd3/2B/' in place of 'd>B'.",
    bad: "C4>D2 E|",
    good: "C6 D E|")
}
