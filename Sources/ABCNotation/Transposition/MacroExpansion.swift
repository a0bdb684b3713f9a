/// Puts the replacements of macros into the text of a tune, and makes comments of their definitions. The way out
/// where macros and their new keys do not go together.
struct MacroExpansion: SyntaxSink {
  private var reader: Interpreter
  private var result: [UInt8] = []
  private var position = 0
  /// How many nodes are open from the line of music on.
  private var depth = 0
  private var lineStart = 0
  private var lineEnd = 0
  private var comment: Int?
  private var fieldLetter: UInt8 = 0

  /// A text without macros that sounds the same. A file header may be given too.
  static func expanded(_ text: [UInt8], _ encoding: TextEncoding, _ defaults: TuneState?) -> [UInt8] {
    var sink = MacroExpansion(reader: TuneReader.interpreter(text, encoding, defaults))
    TuneReader.feed(text, to: &sink)
    return sink.result + text[sink.position...]
  }

  private init(reader: Interpreter) {
    self.reader = reader
  }

  mutating func open(_ kind: SyntaxKind, at offset: Int) {
    reader.open(kind, at: offset)
    if depth > 0 { depth += 1 }
    guard kind == .musicLine else { return }
    depth = 1
    lineStart = offset
    comment = nil
  }

  mutating func append(_ token: Token) {
    reader.append(token)
    lineEnd = token.range.upperBound
    if depth > 0, token.kind == .comment { comment = token.range.lowerBound }
    guard token.kind == .fieldName else { return }
    // A continuation goes the way of its field.
    if token.lead != UInt8(ascii: "+") { fieldLetter = token.lead }
    if fieldLetter == UInt8(ascii: "m") {
      result += reader.text.bytes[position..<token.range.lowerBound] + [UInt8(ascii: "%")]
      position = token.range.lowerBound
    }
  }

  mutating func close() {
    let macros = reader.tune.macros
    reader.close()
    guard depth > 0 else { return }
    depth -= 1
    if depth == 0, !macros.isEmpty { expand(lineStart..<(comment ?? lineEnd), macros) }
  }

  mutating func report(_ diagnostic: Diagnostic) {}

  private mutating func expand(_ line: Range<Int>, _ macros: [Macro]) {
    let bytes = Array(reader.text.bytes[line])
    // The target that is longest is meant.
    let macros = macros.sorted {
      $0.target.count + ($0.tail?.count ?? 0) > $1.target.count + ($1.tail?.count ?? 0)
    }
    result += reader.text.bytes[position..<line.lowerBound]
    position = line.upperBound
    var index = 0
    while index < bytes.count {
      if let match = macros.lazy.compactMap({ $0.match(bytes, at: index) }).first, match.count > 0 {
        result += match.text
        index += match.count
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
  }
}
