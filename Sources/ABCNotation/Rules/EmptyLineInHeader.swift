extension Rule {
  static let emptyLineInHeader = Rule(
    .emptyLineInHeader, section: "2.2.2",
    summary: "An empty line stands within the header of a tune.",
    reason: """
      An empty line ends a tune. What follows is taken for another one, without a
      number and a title, and fields before its 'K:' are lost.
      """,
    mend: "Take the empty line away.",
    bad: """
      X:1
      T:The Tune

      M:4/4
      K:C
      C4|

      """,
    good: """
      X:1
      T:The Tune
      M:4/4
      K:C
      C4|

      """,
    record: Record(right: 10, judged: 10),
    fix: .unsafe("The empty line is taken away.") { diagnostic, context in
      var end = diagnostic.range.lowerBound
      while let byte = context.byte(at: end), byte.isBlank || byte.isLineEnd { end += 1 }
      return end > diagnostic.range.lowerBound ? [TextEdit(diagnostic.range.lowerBound..<end, "")] : []
    })
}
