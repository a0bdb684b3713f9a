extension Rule {
  static let unclosedDecoration = Rule(
    .unclosedDecoration, section: "4.14",
    summary: "A decoration by name lacks its second '!'.",
    reason: """
      A lone '!' is a line break in old files, and the letters behind it would be
      notes.
      """,
    mend: "Write the second '!' behind the name: '!trill!'.",
    bad: "C4 !trill G4|",
    good: "C4 !trill!G4|",
    fix: .safe("The second '!' is written.") { diagnostic, _ in
      let end = diagnostic.range.upperBound
      return [TextEdit(end..<end, "!")]
    })
}
