/// A line of a text that is to be formatted, with what its place says about it.
struct SourceLine: Sendable {
  /// Its node in the tree; nil where it has been laid out already.
  private let node: SyntaxNode?
  private let ownPieces: [LinePiece]
  /// What kind of line it is.
  let kind: SyntaxKind?
  /// The letter of a field line.
  let fieldLetter: UInt8?
  /// Which tune of the text it belongs to; nil outside.
  let tune: Int?
  /// Whether it is the first line of its tune.
  var startsTune = false
  /// Whether it is a field that goes on in a `+:` line.
  var isContinued = false

  /// From the opening of the line's node to its end. Holds exactly one line end, a LF. Made anew each time, so that
  /// the pieces of a whole text never stand in memory at once.
  var pieces: [LinePiece] { node.map(Self.pieces) ?? ownPieces }

  /// Whether there is nothing but blanks on it.
  var isEmpty: Bool { pieces.allSatisfy { $0.bytes.allSatisfy { $0.isBlank || $0.isLineEnd } } }

  /// Whether it is a byte order mark, which the tree holds as a line.
  var isByteOrderMark: Bool { kind == .emptyLine && pieces.contains { $0.token == .byteOrderMark } }

  /// The bytes of a line that is too long to be anyone's writing, to be left as it is; nil for others.
  var bytesIfHuge: [UInt8]? {
    guard let node, node.range.count > Self.hugeLength else { return nil }
    return Array(node.tree.source.bytes[node.range].prefix { !$0.isLineEnd }) + [UInt8(ascii: "\n")]
  }

  private static let hugeLength = 1 << 16

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
    self.node = node
    ownPieces = []
    kind = node.kind
    fieldLetter = Self.fieldLetter(node)
    self.tune = tune
  }

  init(pieces: [LinePiece], like line: SourceLine) {
    node = nil
    ownPieces = pieces
    if case .open(let kind)? = pieces.first?.kind { self.kind = kind } else { kind = nil }
    fieldLetter = line.fieldLetter
    tune = line.tune
    startsTune = line.startsTune
    isContinued = line.isContinued
  }

  private static func fieldLetter(_ node: SyntaxNode) -> UInt8? {
    guard node.kind == .fieldLine else { return nil }
    return node.children.first { $0.token?.kind == .fieldName }?.token?.lead
  }

  private static func pieces(of node: SyntaxNode) -> [LinePiece] {
    var pieces: [LinePiece] = []
    append(node, to: &pieces)
    guard !pieces.contains(where: { $0.token == .newline }) else { return pieces }
    // The last line of the text: it is to end like the others.
    let end = pieces.last?.kind == .close ? pieces.count - 1 : pieces.count
    pieces.insert(LinePiece(kind: .token(.newline), bytes: [UInt8(ascii: "\n")]), at: end)
    return pieces
  }

  private static func append(_ node: SyntaxNode, to pieces: inout [LinePiece]) {
    if let token = node.token {
      let bytes = token.kind == .newline ? [UInt8(ascii: "\n")] : Array(node.tree.source.bytes[token.range])
      pieces.append(LinePiece(kind: .token(token.kind), bytes: bytes))
    } else if let kind = node.kind {
      pieces.append(LinePiece(kind: .open(kind)))
      for child in node.children { append(child, to: &pieces) }
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
