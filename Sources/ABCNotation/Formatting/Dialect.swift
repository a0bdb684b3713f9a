/// What a text says about how its signs are to be read, as far as the formatter must heed it.
struct Dialect: Sendable {
  /// Whether `+…+` is said to mark decorations, or `!` to break lines: then `+…+` must stay (ABC 2.1, 12.1).
  private(set) var keepsPlusDecorations = false
  /// The tunes that define macros: their targets are matched against the music letter by letter (ABC 2.1, 9).
  private var tunesWithMacros: Set<Int> = []
  private var hasMacros = false
  private var hasMacrosForAll = false

  init(of lines: [SourceLine]) {
    for line in lines where line.bytesIfHuge == nil {
      var letter: UInt8 = 0
      for piece in line.pieces {
        switch piece.token {
        case .fieldName: letter = piece.bytes.first ?? 0
        case .inlineFieldOpen: letter = piece.bytes.dropFirst().first ?? 0
        case .fieldText, .inlineFieldText:
          if letter == UInt8(ascii: "I") { readInstruction(piece.bytes.trimmed) }
        case .directive: readInstruction(Array(piece.bytes.dropFirst(2)).trimmed)
        default: continue
        }
        if letter == UInt8(ascii: "m") { noteMacro(in: line.tune) }
      }
    }
  }

  private mutating func noteMacro(in tune: Int?) {
    hasMacros = true
    if let tune { tunesWithMacros.insert(tune) } else { hasMacrosForAll = true }
  }

  private mutating func readInstruction(_ text: [UInt8]) {
    if text.starts(with: "decoration".utf8) {
      keepsPlusDecorations = keepsPlusDecorations || text.contains(UInt8(ascii: "+"))
    } else if text.starts(with: "linebreak".utf8) {
      keepsPlusDecorations = keepsPlusDecorations || text.contains(UInt8(ascii: "!"))
    } else if text.starts(with: "continueall".utf8) {
      keepsPlusDecorations = true
    }
  }

  /// Whether the music of a line must stay letter by letter.
  func hasMacros(in line: SourceLine) -> Bool {
    guard let tune = line.tune else { return hasMacros }
    return hasMacrosForAll || tunesWithMacros.contains(tune)
  }
}
