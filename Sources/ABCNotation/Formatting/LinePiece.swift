/// A part of a line on its way through the formatter: a token with its text, or where a node begins or ends.
struct LinePiece: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    case open(SyntaxKind)
    case close
    case token(TokenKind)
  }

  let kind: Kind
  /// The text of a token; empty for the bounds of a node.
  var bytes: [UInt8] = []

  static let blank = LinePiece(kind: .token(.space), bytes: [UInt8(ascii: " ")])

  /// The kind of the token; nil for the bounds of a node.
  var token: TokenKind? { if case .token(let kind) = kind { kind } else { nil } }

  /// Whether the piece is blanks between the signs of a line of music.
  var isBlank: Bool { token == .space }
}

extension Array where Element == LinePiece {
  /// The text of all pieces.
  var text: [UInt8] { flatMap(\.bytes) }

  /// Whether two lines have the same structure and tokens, whatever the blanks between them.
  func matches(_ other: [LinePiece]) -> Bool {
    lazy.filter { !$0.isBlank }.elementsEqual(other.lazy.filter { !$0.isBlank })
  }

  /// Without the blanks before the line end.
  var trimmedAtEnd: [LinePiece] {
    var pieces = self
    var index = pieces.count - 1
    while index >= 0 {
      let piece = pieces[index]
      guard let token = piece.token else {
        if piece.kind != .close { break }
        index -= 1
        continue
      }
      if token != .newline {
        pieces[index].bytes = piece.bytes.trimmedAtEnd
        if !pieces[index].bytes.isEmpty { break }
        pieces.remove(at: index)
      }
      index -= 1
    }
    return pieces
  }
}

extension Array where Element == UInt8 {
  /// Without blanks at the end.
  var trimmedAtEnd: [UInt8] { Array(self[..<((lastIndex { !$0.isBlank } ?? -1) + 1)]) }

  /// Without blanks at either end.
  var trimmed: [UInt8] { Array(drop { $0.isBlank }).trimmedAtEnd }

  /// The runs of anything but blanks.
  var words: [[UInt8]] { split { $0.isBlank }.map { Array($0) } }
}
