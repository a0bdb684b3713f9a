/// The layout of fields and directives.
enum FieldStyle {
  /// A field line: no blank behind the colon, one before a comment. The value of a field that goes on in the next
  /// line is only a part, which means something else by itself.
  static func layOut(_ pieces: [LinePiece], isContinued: Bool) -> [LinePiece] {
    guard let letter = pieces.first(where: { $0.token == .fieldName })?.bytes.first,
      Parser.isKnownField(letter)
    else { return pieces.trimmedAtEnd }
    let hasComment = pieces.contains { $0.token == .comment }
    var result: [LinePiece] = []
    for piece in pieces.trimmedAtEnd where piece.token != .space {
      if piece.token == .fieldText {
        let text = value(piece.bytes, of: isContinued ? Self.plain(letter) : letter)
        if !text.isEmpty || hasComment {
          let blank = hasComment ? [UInt8(ascii: " ")] : []
          result.append(LinePiece(kind: piece.kind, bytes: text + blank))
        }
        continue
      }
      if piece.token == .comment, result.last?.token == .fieldName {
        result.append(LinePiece(kind: .token(.fieldText), bytes: [UInt8(ascii: " ")]))
      }
      result.append(piece)
    }
    return result
  }

  /// The letter of a field whose value is kept as that of this one is when it is but a part.
  private static func plain(_ letter: UInt8) -> UInt8 {
    letter == UInt8(ascii: "W") || letter == UInt8(ascii: "+") ? letter : UInt8(ascii: "N")
  }

  /// The usual form of what a field says. What is not understood is only freed of blanks at its ends.
  static func value(_ text: [UInt8], of letter: UInt8) -> [UInt8] {
    switch letter {
    case UInt8(ascii: "K"): KeySpelling.spell(text.trimmed)
    case UInt8(ascii: "M"): meter(text.trimmed)
    case UInt8(ascii: "Q"): tempo(text.trimmed)
    case UInt8(ascii: "I"): instruction(text.trimmed)
    // Lyrics and what continues a field: blanks inside and at the start may count.
    case UInt8(ascii: "W"), UInt8(ascii: "+"): text.trimmedAtEnd
    default: text.trimmed
    }
  }

  /// `6 / 8` is `6/8`.
  private static func meter(_ text: [UInt8]) -> [UInt8] {
    let words = text.words
    let joints = zip(words, words.dropFirst())
    guard text.allSatisfy({ $0.isDigit || $0.isBlank || "+/()".utf8.contains($0) }),
      joints.allSatisfy({ !($0.last?.isDigit ?? true) || !($1.first?.isDigit ?? true) })
    else { return text }
    return Array(words.joined())
  }

  /// `1/4 = 120` is `1/4=120`; words in quotes stay as they are.
  private static func tempo(_ text: [UInt8]) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    var parts = text.split(separator: quote, omittingEmptySubsequences: false).map { Array($0) }
    guard parts.count % 2 == 1 else { return text }
    let sign = UInt8(ascii: "=")
    for index in stride(from: 0, to: parts.count, by: 2) {
      var result: [UInt8] = []
      for byte in parts[index] {
        if byte == sign { result = result.trimmedAtEnd }
        if byte.isBlank, result.last == sign { continue }
        result.append(byte)
      }
      parts[index] = result
    }
    return Array(parts.joined(separator: [quote]))
  }

  /// What is written is UTF-8, so that no other character set may be named.
  private static func instruction(_ text: [UInt8]) -> [UInt8] {
    let words = text.words
    guard words.count >= 2, words[0] == Array("abc-charset".utf8) else { return text }
    let name = String(decoding: words[1], as: UTF8.self).lowercased()
    guard name != "utf-8", name != "utf8" else { return text }
    return Array(([words[0], Array("utf-8".utf8)] + words[2...]).joined(separator: [UInt8(ascii: " ")]))
  }

  /// A directive: only a character set is changed.
  static func layOutDirective(_ pieces: [LinePiece]) -> [LinePiece] {
    pieces.trimmedAtEnd.map { piece in
      guard piece.token == .directive, piece.bytes.count > 2 else { return piece }
      let text = Array(piece.bytes.dropFirst(2))
      guard text.first.map({ !$0.isBlank }) ?? false else { return piece }
      return LinePiece(kind: piece.kind, bytes: Array("%%".utf8) + instruction(text))
    }
  }

  /// Whether a line ends a block of text: `%%endtext` and the like.
  static func endsBlock(_ pieces: [LinePiece]) -> Bool {
    pieces.contains { $0.token == .directive && $0.bytes.starts(with: "%%end".utf8) }
  }
}
