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
    var numbers: [Int: Int] = [:]
    var syntax = tree.diagnostics[...]
    for node in tree.root.children {
      if node.kind == .fieldLine, tunes.isEmpty, let field = ScoreBuilder.field(of: node) {
        fileHeader.append(field)
      }
      guard node.kind == .tune else { continue }
      while let first = syntax.first, first.range.lowerBound < node.range.lowerBound {
        fileDiagnostics.append(syntax.removeFirst())
      }
      var (score, found) = ScoreBuilder.build(node, fileHeader: fileHeader)
      while let first = syntax.first, first.range.lowerBound < node.range.upperBound {
        found.append(syntax.removeFirst())
      }
      let context = TuneContext(node: node, score: score)
      for rule in Self.rules { rule.check(context) { found.append($0) } }
      if let number = score.referenceNumber, score.range.count > 0 {
        if numbers[number] != nil, let field = score.header.last(where: { $0.letter == "X" }) {
          found.append(
            Diagnostic(
              .duplicateReferenceNumber, field.range,
              "another tune of this file has the number \(number) already"))
        }
        numbers[number] = node.range.lowerBound
      }
      score.range = node.range
      tunes.append((score, found.sorted { $0.range.lowerBound < $1.range.lowerBound }))
    }
    fileDiagnostics += syntax
    if let place = Self.notUTF8(tree.source.bytes) {
      fileDiagnostics.append(
        Diagnostic(.notUTF8, place..<(place + 1), "this file is not UTF-8; it is read as Latin-1"))
    }
  }

  /// The first byte that makes the text something else than UTF-8.
  private static func notUTF8(_ bytes: [UInt8]) -> Int? {
    TextEncoding(detecting: bytes) == .latin1 ? bytes.firstIndex { $0 >= 0x80 } : nil
  }
}
