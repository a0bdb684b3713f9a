extension Rule {
  static let unknownField = Rule(
    .unknownField, section: "3",
    summary: "A letter names no field of the standard.",
    reason: "What the line says is lost.",
    mend: "Use a field of the standard; 'N:' holds any remark.",
    bad: """
      X:1
      T:The Tune
      y:1790
      K:C
      C4|

      """,
    good: """
      X:1
      T:The Tune
      N:1790
      K:C
      C4|

      """,
    record: Record(right: 8, judged: 8),
    fix: .unsafe("The line becomes a comment.") { diagnostic, context in
      let start = context.line(at: diagnostic.range.lowerBound).lowerBound
      return [TextEdit(start..<start, "% ")]
    })
}
