/// A tune under the eyes of the rules of style: what they look at, and what they have found.
struct TuneInspection {
  /// The text around the tune, with the offsets of the file.
  let text: TextWindow
  /// The tune that was read.
  let score: Score
  /// What has been found.
  fileprivate(set) var diagnostics: [Diagnostic] = []
  /// The code of the rule that is looking.
  private let code: DiagnosticCode

  private init(_ text: TextWindow, _ score: Score, _ code: DiagnosticCode) {
    self.text = text
    self.score = score
    self.code = code
  }

  /// What some rules of style find in a tune.
  static func findings(in text: TextWindow, _ score: Score, _ rules: [Rule]) -> [Diagnostic] {
    rules.flatMap { rule -> [Diagnostic] in
      guard let check = rule.check else { return [] }
      var inspection = TuneInspection(text, score, rule.code)
      check(&inspection)
      return inspection.diagnostics
    }
  }

  mutating func report(_ range: Range<Int>, _ message: String, replacement: String? = nil) {
    diagnostics.append(Diagnostic(code, range, message, replacement: replacement))
  }

  /// A line `X:…` of the tune; the text is without blanks around it and without a comment.
  struct FieldLine {
    let letter: UInt8
    let line: Range<Int>
    let text: Range<Int>
    /// Whether it stands behind the `K:` that ends the header.
    let isInBody: Bool
  }

  /// All lines of the tune that are fields.
  var fieldLines: [FieldLine] {
    var lines: [FieldLine] = []
    var isInBody = false
    var start = score.range.lowerBound
    while start < score.range.upperBound {
      var end = start
      while end < score.range.upperBound, !text[end].isLineEnd { end += 1 }
      if end - start >= 2, text[start + 1] == UInt8(ascii: ":"), text[start].isLetter {
        var stop = start + 2
        while stop < end, text[stop] != UInt8(ascii: "%") || text[stop - 1] == UInt8(ascii: "\\") {
          stop += 1
        }
        lines.append(
          FieldLine(
            letter: text[start], line: start..<end, text: text.trimmed((start + 2)..<stop), isInBody: isInBody
          ))
        if text[start] == UInt8(ascii: "K") { isInBody = true }
      }
      start = end + 1
    }
    return lines
  }

  /// The tokens of the tune's music that are of some kinds.
  func tokens(_ wanted: Set<TokenKind>) -> [Token] {
    var collector = TokenCollector(wanted: wanted)
    var reader = SyntaxReader(at: score.range.lowerBound)
    reader.read(Array(text.bytes[text.local(score.range)]), into: &collector)
    reader.finish(into: &collector)
    return collector.tokens
  }
}

/// Keeps tokens of some kinds, and forgets the rest.
private struct TokenCollector: SyntaxSink {
  let wanted: Set<TokenKind>
  var tokens: [Token] = []

  mutating func open(_ kind: SyntaxKind, at offset: Int) {}
  mutating func close() {}
  mutating func append(_ token: Token) {
    if wanted.contains(token.kind) { tokens.append(token) }
  }
  mutating func append(_ note: PlainNote) {}
  mutating func report(_ diagnostic: Diagnostic) {}
}
