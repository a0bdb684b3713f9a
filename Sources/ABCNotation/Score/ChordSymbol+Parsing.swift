extension ChordSymbol {
  /// Reads the text between the quotes of a chord symbol (ABC 2.1, 4.18), after ``TextString`` has decoded it.
  /// Nil for a text that is no chord: the quotes are often used for directions, such as `"Fine"`.
  public init?(parsing text: some StringProtocol) {
    var parser = ChordParser(text.trimmed)
    guard let chord = parser.takeSymbol(depth: 0), parser.isAtEnd else { return nil }
    self = chord
  }
}

/// Reads chord symbols from left to right.
private struct ChordParser {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  /// How deep chords in parentheses may nest. Bounds the stack, whatever the text.
  private static let greatestDepth = 2

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
  }

  var isAtEnd: Bool { position >= scalars.count }

  private var peek: Unicode.Scalar? { peek(0) }

  private func peek(_ offset: Int) -> Unicode.Scalar? {
    position + offset < scalars.count ? scalars[position + offset] : nil
  }

  /// A chord and whatever chords follow it, up to the end or to a closing parenthesis.
  mutating func takeSymbol(depth: Int) -> ChordSymbol? {
    guard let chord = takeChord() else { return nil }
    var tail: [ChordSymbol.TailPiece] = []
    while let next = peek, next != ")" || depth == 0 {
      if let separator = takeSeparator() {
        tail.append(.separator(separator))
        guard let next = peek, next != "(", next != ")" else { continue }
        guard let chord = takeChord() else { return nil }
        tail.append(.chord(chord))
      } else {
        guard depth < Self.greatestDepth, take("("), let chord = takeSymbol(depth: depth + 1), take(")")
        else {
          return nil
        }
        tail += [.separator("("), .chord(chord), .separator(")")]
      }
    }
    return ChordSymbol(
      root: chord.root, kind: chord.kind, quality: chord.quality, bass: chord.bass, tail: tail)
  }

  /// One chord: `<note><accidental><type></bass>`.
  private mutating func takeChord() -> ChordSymbol? {
    guard let root = takeNote(isBass: false) else { return nil }
    let start = position
    let pieces = takeKind()
    let kind = text(from: start)
    var bass: ChordSymbol.Note?
    if take("/") {
      bass = takeNote(isBass: true)
      if bass == nil { return nil }
    }
    return ChordSymbol(root: root, kind: kind, quality: .init(pieces: pieces), bass: bass, tail: [])
  }

  /// `A`–`G`, and `a`–`g` for a bass note, with an accidental.
  private mutating func takeNote(isBass: Bool) -> ChordSymbol.Note? {
    guard let letter = peek, ("A"..."G").contains(letter) || isBass && ("a"..."g").contains(letter),
      let step = Step(letter: UInt8(letter.value))
    else { return nil }
    let start = position
    position += 1
    var alteration = 0
    if let first = peek, let value = ChordParser.alteration(first) {
      position += 1
      alteration = value
      // `Abb5` is A flat with a flat fifth, `Abb` is A double flat.
      if value != 0, peek == first, peek(1)?.isDecimal != true {
        position += 1
        alteration = 2 * value
      }
    }
    return ChordSymbol.Note(step: step, alteration: alteration, text: text(from: start))
  }

  /// Blanks and line breaks between chords; a line break may be written `;` or `\n`.
  private mutating func takeSeparator() -> String? {
    let start = position
    while let next = peek {
      if next == "\\", peek(1) == "n" {
        position += 2
      } else if " \t\r\n\u{A0};".unicodeScalars.contains(next) {
        position += 1
      } else {
        break
      }
    }
    return position > start ? text(from: start) : nil
  }

  // MARK: Kinds

  /// The pieces of a kind, each in its shortest spelling.
  private mutating func takeKind() -> [String] {
    var pieces: [String] = []
    while true {
      if let piece = takePiece(isFirst: pieces.isEmpty) {
        pieces += piece
      } else if let group = takeGroup() {
        pieces += group
      } else {
        return pieces
      }
    }
  }

  /// `(b9,#11)`: pieces in parentheses. What else parentheses hold is an alternate chord.
  private mutating func takeGroup() -> [String]? {
    let start = position
    guard take("(") else { return nil }
    var pieces: [String] = []
    while let piece = takePiece(isFirst: false) {
      pieces += piece
      while take(",") || take(" ") {}
    }
    if !pieces.isEmpty, take(")") { return pieces }
    position = start
    return nil
  }

  /// A piece of a kind. What starts a word of plain English as well is taken only where the rules of chords let
  /// it stand: minor comes first, an added note has a number.
  private mutating func takePiece(isFirst: Bool) -> [String]? {
    for (word, piece) in [("major", "maj"), ("maj", "maj"), ("dim", "dim"), ("aug", "+"), ("sus", "sus")]
    where take(word: word) {
      return [piece]
    }
    if take(word: "alt") { return ["alt"] }
    if peek(2)?.isDecimal == true, take(word: "ma") { return ["maj"] }
    if isFirst, take(word: "minor") || take(word: "min") || take(word: "mi") || take("m") || take("-") {
      return ["m"]
    }
    if isFirst, take("o") { return ["dim"] }
    if take("M") { return ["maj"] }
    if take("°") || take("º") { return ["dim"] }
    if take("ø") || take("Ø") { return ["ø"] }
    if take("Δ") || take("∆") || take("△") { return peek?.isDecimal == true ? ["maj"] : ["maj", "7"] }
    for (word, piece) in [("add", "add"), ("omit", "no"), ("no", "no")] {
      let start = position
      guard take(word: word) else { continue }
      if let tone = takeAlteredTone() ?? takeNumber() { return [piece + tone] }
      position = start
    }
    if let tone = takeAlteredTone() { return [tone] }
    if let number = takeNumber() { return [number] }
    if take("+") {
      if !isFirst, let number = takeNumber() { return ["#" + number] }
      return ["+"]
    }
    return nil
  }

  /// `b5`, `#11`, `-9`: a tone of the chord, lowered or raised.
  private mutating func takeAlteredTone() -> String? {
    let start = position
    guard let sign = peek else { return nil }
    let value = sign == "-" ? -1 : ChordParser.alteration(sign)
    guard let value else { return nil }
    position += 1
    guard let number = takeNumber() else {
      position = start
      return nil
    }
    return (value < 0 ? "b" : value > 0 ? "#" : "") + number
  }

  private static let numbers: Set<String> = ["2", "3", "4", "5", "6", "7", "9", "11", "13", "69", "24", "47"]

  /// A number that chords are named by; `6/9` is one too.
  private mutating func takeNumber() -> String? {
    let start = position
    while let next = peek, next.isDecimal { position += 1 }
    let number = text(from: start)
    guard Self.numbers.contains(number) else {
      position = start
      return nil
    }
    if number == "6", peek == "/", peek(1) == "9" {
      position += 2
      return "69"
    }
    return number
  }

  // MARK: Characters

  private static func alteration(_ sign: Unicode.Scalar) -> Int? {
    switch sign {
    case "b", "♭": -1
    case "#", "♯": 1
    case "=", "♮": 0
    default: nil
    }
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    position += 1
    return true
  }

  /// A word of small letters, in whatever case it is written.
  private mutating func take(word: String) -> Bool {
    let letters = word.unicodeScalars
    for (offset, letter) in letters.enumerated() {
      guard let next = peek(offset), next == letter || next.value | 0x20 == letter.value else { return false }
    }
    position += letters.count
    return true
  }

  private func text(from start: Int) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[start..<position])
    return String(text)
  }
}

extension Unicode.Scalar {
  fileprivate var isDecimal: Bool { ("0"..."9").contains(self) }
}
