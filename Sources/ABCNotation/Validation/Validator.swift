/// Runs the rules over the tunes of a file and sorts all findings by tune.
struct Validator {
  static let rules: [any ValidationRule.Type] = [
    TitleRule.self, EmptyTuneRule.self, BarLengthRule.self, RepeatRule.self, EndingRule.self, TieRule.self,
    SlurRule.self, PartRule.self,
  ]

  private(set) var tunes: [(score: Score, diagnostics: [Diagnostic])] = []
  private(set) var fileDiagnostics: [Diagnostic] = []

  init(tree: SyntaxTree) {
    var fileHeader: [Score.Field] = []
    var numbers: Set<Int> = []
    var syntax = tree.diagnostics[...]
    for node in tree.root.children {
      if node.kind == .fieldLine, tunes.isEmpty, let field = ScoreBuilder.field(of: node) {
        fileHeader.append(field)
      }
      guard node.kind == .tune else { continue }
      while let first = syntax.first, first.range.lowerBound < node.range.lowerBound {
        fileDiagnostics.append(syntax.removeFirst())
      }
      let (score, built) = ScoreBuilder.build(node, fileHeader: fileHeader)
      var found = built
      while let first = syntax.first, first.range.lowerBound < node.range.upperBound {
        found.append(syntax.removeFirst())
      }
      let context = TuneContext(node: node, score: score)
      for rule in Self.rules { rule.check(context) { found.append($0) } }
      if let number = score.referenceNumber, !numbers.insert(number).inserted,
        let field = score.header.last(where: { $0.letter == "X" })
      {
        found.append(
          Diagnostic(
            .duplicateReferenceNumber, field.range,
            "another tune of this file has the number \(number) already"))
      }
      tunes.append((score, found.sorted { $0.range.lowerBound < $1.range.lowerBound }))
    }
    fileDiagnostics += syntax
    fileDiagnostics += ScoreBuilder(source: tree.source, range: 0..<0, fileHeader: fileHeader).diagnostics
    if tree.source.encoding == .latin1, let place = tree.source.bytes.firstIndex(where: { $0 >= 0x80 }) {
      fileDiagnostics.append(
        Diagnostic(.notUTF8, place..<(place + 1), "this file is not UTF-8; it is read as Latin-1"))
    }
  }
}
