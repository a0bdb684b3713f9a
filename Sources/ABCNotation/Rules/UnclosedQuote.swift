extension Rule {
  static let unclosedQuote = Rule(
    .unclosedQuote, section: "4.18",
    summary: "A quotation mark has no partner on its line.",
    reason: """
      The music up to the end of the line, or up to the next quotation mark, is
      taken for text.
      """,
    mend: "Close the chord symbol or annotation with a second quotation mark.",
    bad: "C8|\"Am C4 E4|",
    good: "C8|\"Am\"C4 E4|",
    fix: .unsafe("The quotation mark is closed behind what looks like a chord symbol, or taken away.") {
      diagnostic, context in
      let start = diagnostic.range.upperBound
      var end = start
      while let byte = context.byte(at: end), !byte.isBlank, !byte.isLineEnd, byte != UInt8(ascii: "|") {
        end += 1
      }
      let isChord = end > start && ChordSymbol(parsing: context.source.string(start..<end)) != nil
      return [isChord ? TextEdit(end..<end, "\"") : TextEdit(diagnostic.range, "")]
    })
}
