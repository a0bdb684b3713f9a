extension Rule {
  static let textInHeader = Rule(
    .textInHeader, section: "2.2.1",
    summary: "A line in a tune header is neither field nor comment.",
    reason: "Programs drop such a line, or take it for music.",
    mend: "Make it a note with 'N:', or a comment with '%'.",
    bad: """
      X:1
      T:The Tune
      learnt from my uncle
      K:C
      C4|

      """,
    good: """
      X:1
      T:The Tune
      N:learnt from my uncle
      K:C
      C4|

      """,
    record: Record(right: 4, judged: 4),
    fix: .safe("'N:' is written before the line.") { diagnostic, context in
      let start = context.line(at: diagnostic.range.lowerBound).lowerBound
      return [TextEdit(start..<start, "N:")]
    })
}
