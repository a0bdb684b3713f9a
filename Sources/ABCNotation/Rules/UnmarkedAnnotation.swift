extension Rule {
  static let unmarkedAnnotation = Rule(
    .unmarkedAnnotation, section: "4.19",
    summary: "Text stands where a chord symbol would, and is none.",
    reason: """
      Without one of the signs ^ _ < > @ at its beginning programs take it for a
      chord symbol: they transpose it, or try to play it.
      """,
    mend: "Write '^' before the text: \"^Fine\".",
    bad: "\"slowly\"C8|]",
    good: "\"^slowly\"C8|]",
    fix: .safe("'^' is written before the text.") { diagnostic, _ in
      let place = diagnostic.range.lowerBound + 1
      return [TextEdit(place..<place, "^")]
    },
    check: { tune in
      for token in tune.tokens([.quoted]) where token.range.count > 2 {
        let inner = tune.text.string((token.range.lowerBound + 1)..<(token.range.upperBound - 1))
        guard let first = inner.first, !"^_<>@".contains(first), ChordSymbol(parsing: inner) == nil,
          !["N.C.", "NC", "N.C"].contains(inner.uppercased())
        else { continue }
        tune.report(token.range, "this is no chord symbol; write \"^\(inner)\" for text above the staff")
      }
    })
}
