extension Rule {
  static let fieldOrder = Rule(
    .fieldOrder, section: "3",
    summary: "The header does not begin with X: and T:.",
    reason: """
      The standard asks for X: first, T: second and K: last. Programs that list
      tunes look for the title straight behind the number.
      """,
    mend: "Move 'T:' behind 'X:'.",
    bad: """
      X:1
      M:4/4
      T:The Tune
      K:C
      C8|]

      """,
    good: """
      X:1
      T:The Tune
      M:4/4
      K:C
      C8|]

      """,
    fix: .safe("The title is moved behind 'X:'.") { diagnostic, context in
      guard let number = context.headerLine("X", ofTuneAt: diagnostic.range.lowerBound) else { return [] }
      let title = context.line(at: diagnostic.range.lowerBound, withEnd: true)
      return [
        TextEdit(number.upperBound..<number.upperBound, context.source.string(title)), TextEdit(title, ""),
      ]
    },
    check: { tune in
      let header = tune.fieldLines.filter { !$0.isInBody }
      guard let number = header.firstIndex(where: { $0.letter == UInt8(ascii: "X") }),
        let title = header.firstIndex(where: { $0.letter == UInt8(ascii: "T") }), title != number + 1
      else { return }
      tune.report(header[title].line, "the title stands behind 'X:', as the second line")
    })
}
