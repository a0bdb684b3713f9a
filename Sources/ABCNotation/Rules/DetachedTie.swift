extension Rule {
  static let detachedTie = Rule(
    .detachedTie, section: "4.11",
    summary: "A tie does not stand straight behind its note.",
    reason: "The standard asks for it; programs that take it strictly lose the tie.",
    mend: "Take the blank before the '-' away.",
    bad: "C4 -C4|",
    good: "C4-C4|",
    fix: .safe("The blank before the tie is taken away.") { diagnostic, context in
      var start = diagnostic.range.lowerBound
      while let byte = context.byte(at: start - 1), byte.isBlank { start -= 1 }
      return start < diagnostic.range.lowerBound ? [TextEdit(start..<diagnostic.range.lowerBound, "")] : []
    })
}
