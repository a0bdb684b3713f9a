extension Rule {
  static let deprecatedLineBreak = Rule(
    .deprecatedLineBreak, section: "12.2",
    summary: "A lone '!' breaks the line.",
    reason: """
      Some programs of the nineties wrote it so. Those of today look for the second
      '!' of a decoration and drop what stands between.
      """,
    mend: "End the line of text there; a sheet breaks where the text does.",
    bad: "C8|!C8|]",
    good: "C8|C8|]",
    fix: .safe("The sign becomes '$', the standard's own sign for a line break.") { diagnostic, _ in
      [TextEdit(diagnostic.range, "$")]
    },
    check: { tune in
      for token in tune.tokens([.lineBreak]) where token.lead == UInt8(ascii: "!") {
        tune.report(token.range, "'!' is an outdated line break")
      }
    })
}
