/// The spelling of the signs in a line of music.
struct MusicStyle {
  let dialect: Dialect

  /// The line with each sign in its usual form. Blanks stay as they are.
  func spell(_ pieces: [LinePiece]) -> [LinePiece] {
    var result: [LinePiece] = []
    result.reserveCapacity(pieces.count)
    var nodes: [SyntaxKind] = []
    var previous: LinePiece?
    for (index, piece) in pieces.enumerated() {
      var piece = piece
      switch piece.kind {
      case .open(let kind): nodes.append(kind)
      case .close: _ = nodes.popLast()
      case .token(let token):
        let next = index + 1 < pieces.count ? pieces[index + 1] : nil
        let original = piece
        piece.bytes = spell(piece, token, in: nodes.last, after: previous, before: next)
        if token != .space { previous = original }
        if piece.bytes.isEmpty { continue }
      }
      result.append(piece)
    }
    return spellInlineFields(result)
  }

  private func spell(
    _ piece: LinePiece, _ token: TokenKind, in node: SyntaxKind?, after previous: LinePiece?,
    before next: LinePiece?
  ) -> [UInt8] {
    switch token {
    case .noteLetter where next?.token == .octave:
      return NoteSpelling.letter(piece.bytes, marks: next?.bytes ?? [])
    case .octave where node == .note && previous?.token == .noteLetter:
      return NoteSpelling.marks(piece.bytes, letter: previous?.bytes ?? [])
    case .length:
      switch (node, previous?.token) {
      case (.note, .noteLetter), (.note, .octave), (.rest, .rest), (.chord, .chordClose):
        return NoteSpelling.length(piece.bytes)
      case (.rest, .multiMeasureRest): return piece.bytes == [UInt8(ascii: "1")] ? [] : piece.bytes
      default: return piece.bytes
      }
    case .barLine: return Self.bar(piece.bytes)
    case .ending: return Self.ending(piece.bytes, after: previous)
    case .tuplet where next?.token != .barLine: return Self.tuplet(piece.bytes)
    case .decoration: return dialect.keepsPlusDecorations ? piece.bytes : Self.decoration(piece.bytes)
    default: return piece.bytes
    }
  }

  /// `:|:` and `:||:` are `::` (ABC 2.1, 4.8). Other shapes are left alone.
  private static func bar(_ bytes: [UInt8]) -> [UInt8] {
    bytes == Array(":|:".utf8) || bytes == Array(":||:".utf8) ? Array("::".utf8) : bytes
  }

  /// Behind a bar sign that ends in `|` an ending needs no bracket (ABC 2.1, 4.9).
  private static func ending(_ bytes: [UInt8], after previous: LinePiece?) -> [UInt8] {
    guard let previous, previous.token == .barLine, previous.bytes.last == UInt8(ascii: "|") else {
      return bytes
    }
    return Array(bytes.drop { $0 == UInt8(ascii: "[") })
  }

  /// `(3:2:3` is `(3` in any meter; `(5`, `(7` and `(9` depend on it and keep what they say (ABC 2.1, 4.13).
  private static func tuplet(_ bytes: [UInt8]) -> [UInt8] {
    var parts = bytes.dropFirst().split(
      separator: UInt8(ascii: ":"), omittingEmptySubsequences: false
    ).map { String(decoding: $0, as: UTF8.self) }
    guard parts.count <= 3 else { return bytes }
    while parts.count > 1, parts.last == "" { parts.removeLast() }
    let defaults = ["2": "3", "3": "2", "4": "3", "6": "2", "8": "3"]
    if let time = defaults[parts[0]] {
      let isDefault = parts.count < 2 || parts[1] == "" || parts[1] == time
      if isDefault, parts.count < 3 || parts[2] == parts[0] { parts = [parts[0]] }
    }
    return Array("(\(parts.joined(separator: ":"))".utf8)
  }

  /// `+trill+` is the outdated form of `!trill!`. Other names stay: `+CEG+` once was a chord (ABC 2.1, 10.2).
  private static func decoration(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.count > 2, bytes.first == UInt8(ascii: "+") else { return bytes }
    let name = String(decoding: bytes[1..<(bytes.count - 1)], as: UTF8.self)
    return decorationNames.contains(name) ? Array("!\(name)!".utf8) : bytes
  }

  /// The names of ABC 2.1, 4.14.
  private static let decorationNames = Set(
    """
    trill trill( trill) lowermordent uppermordent mordent pralltriller roll turn turnx invertedturn invertedturnx
    arpeggio > accent emphasis fermata invertedfermata tenuto 0 1 2 3 4 5 plus snap slide wedge upbow downbow open
    thumb breath pppp ppp pp p mp mf f ff fff ffff sfz crescendo( <( crescendo) <) diminuendo( >( diminuendo) >) segno coda D.S.
    D.C. dacoda dacapo fine shortphrase mediumphrase longphrase
    """.split { $0 == " " || $0 == "\n" }.map(String.init))

  /// Inline fields are spelled like others, if they are closed; remarks stay as they are.
  private func spellInlineFields(_ pieces: [LinePiece]) -> [LinePiece] {
    var result = pieces
    for index in pieces.indices where pieces[index].token == .inlineFieldText {
      guard index > 0, index + 1 < pieces.count, pieces[index - 1].token == .inlineFieldOpen,
        pieces[index + 1].token == .inlineFieldClose, let letter = pieces[index - 1].bytes.dropFirst().first,
        letter != UInt8(ascii: "r")
      else { continue }
      result[index].bytes = FieldStyle.value(pieces[index].bytes, of: letter)
    }
    return result.filter { $0.token == nil || !$0.bytes.isEmpty }
  }
}
