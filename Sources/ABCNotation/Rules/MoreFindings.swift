extension Rule {
  static let moreFindings = Rule(
    .moreFindings, section: nil,
    summary: "A tune has more than a thousand faults; the rest are only counted.",
    reason: """
      A text with so many faults is hardly ABC, and a list without end helps
      nobody.
      """,
    mend: """
      Look at the first of them: often one cause, such as a lost header, explains
      all.
      """,
    bad: nil,
    good: nil)
}
