/// A line of a text that is to be formatted, with what its place says about it.
struct SourceLine: Equatable, Sendable {
  /// From the opening of the line's node to its end. Holds exactly one line end, a LF.
  var pieces: [LinePiece]
  /// Which tune of the text it belongs to; nil outside.
  var tune: Int?
  /// Whether it is the first line of its tune.
  var startsTune = false
  /// Whether it is a field that goes on in a `+:` line.
  var isContinued = false

  /// What kind of line it is.
  var kind: SyntaxKind? {
    if case .open(let kind)? = pieces.first?.kind { kind } else { nil }
  }

  /// The letter of a field line.
  var fieldLetter: UInt8? {
    guard kind == .fieldLine, let name = pieces.first(where: { $0.token == .fieldName }) else { return nil }
    return name.bytes.first
  }

  /// Whether there is nothing but blanks on it.
  var isEmpty: Bool {
    pieces.allSatisfy { $0.bytes.allSatisfy { $0.isBlank || $0.isLineEnd } }
  }

  /// Whether it is a byte order mark, which the tree holds as a line.
  var isByteOrderMark: Bool { pieces.contains { $0.token == .byteOrderMark } }

  /// The lines of a text in order.
  static func lines(of tree: SyntaxTree) -> [SourceLine] {
    var lines: [SourceLine] = []
    var tunes = 0
    for node in tree.root.children {
      guard node.kind == .tune else {
        lines.append(SourceLine(node, tune: nil))
        continue
      }
      for (index, child) in node.children.enumerated() {
        lines.append(SourceLine(child, tune: tunes))
        lines[lines.count - 1].startsTune = index == 0
      }
      tunes += 1
    }
    markContinued(&lines)
    return lines
  }

  /// Comments and directives may stand before a `+:` line (ABC 2.1, 3.3).
  private static func markContinued(_ lines: inout [SourceLine]) {
    var isContinued = false
    for index in lines.indices.reversed() {
      switch lines[index].kind {
      case .commentLine, .directiveLine: continue
      case .fieldLine:
        lines[index].isContinued = isContinued
        isContinued = lines[index].fieldLetter == UInt8(ascii: "+")
      default: isContinued = false
      }
    }
  }

  private init(_ node: SyntaxNode, tune: Int?) {
    pieces = []
    self.tune = tune
    append(node)
    guard !pieces.contains(where: { $0.token == .newline }) else { return }
    // The last line of the text: it is to end like the others.
    let end = pieces.last?.kind == .close ? pieces.count - 1 : pieces.count
    pieces.insert(LinePiece(kind: .token(.newline), bytes: [UInt8(ascii: "\n")]), at: end)
  }

  init(pieces: [LinePiece], like line: SourceLine) {
    self.pieces = pieces
    tune = line.tune
    startsTune = line.startsTune
    isContinued = line.isContinued
  }

  private mutating func append(_ node: SyntaxNode) {
    if let token = node.token {
      let bytes = token.kind == .newline ? [UInt8(ascii: "\n")] : Array(node.tree.source.bytes[token.range])
      pieces.append(LinePiece(kind: .token(token.kind), bytes: bytes))
    } else if let kind = node.kind {
      pieces.append(LinePiece(kind: .open(kind)))
      for child in node.children { append(child) }
      pieces.append(LinePiece(kind: .close))
    }
  }

  /// The lines with the `X:` of every header at its start.
  static func withNumbersFirst(_ lines: [SourceLine]) -> [SourceLine] {
    var result: [SourceLine] = []
    result.reserveCapacity(lines.count)
    var start = 0
    for (index, line) in lines.enumerated() {
      if line.startsTune { start = index + (line.kind == .markerLine ? 1 : 0) }
      let isMovable =
        line.tune != nil && line.fieldLetter == UInt8(ascii: "X") && !line.isContinued && index > start
        && lines[start..<index].allSatisfy(\.mayStandBehindNumber)
      result.append(line)
      guard isMovable else { continue }
      result.insert(result.removeLast(), at: start)
      if result[start + 1].startsTune {
        result[start + 1].startsTune = false
        result[start].startsTune = true
      }
    }
    return result
  }

  /// Whether it is a line of the header that an `X:` may be moved over.
  private var mayStandBehindNumber: Bool {
    switch kind {
    case .fieldLine: fieldLetter != UInt8(ascii: "K") && fieldLetter != UInt8(ascii: "X")
    case .commentLine, .directiveLine, .textLine: true
    default: false
    }
  }
}
