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
    good: "C8|\"Am\"C4 E4|")
}
