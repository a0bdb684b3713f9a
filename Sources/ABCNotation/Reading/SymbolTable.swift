/// What the letters that stand for a symbol mean (ABC 2.1, 4.14 and 4.16): the standard's, and those that `U:`
/// fields give them.
struct SymbolTable: Sendable {
  /// The meanings that `U:` fields have given; nil: none any more.
  private var own: [UInt8: Attachment.Meaning?] = [:]

  /// The meaning of a letter, if it has one.
  func meaning(of letter: UInt8) -> Attachment.Meaning? {
    if !own.isEmpty, let meaning = own[letter] { return meaning }
    return Self.standardName(of: letter).map { Attachment.Meaning(kind: .decoration, text: $0) }
  }

  /// Whether a `U:` field has said something of a letter, be it that it means nothing.
  func isDefined(_ letter: UInt8) -> Bool { own[letter] != nil }

  private static func standardName(of letter: UInt8) -> String? {
    switch letter {
    case UInt8(ascii: "."): "staccato"
    case UInt8(ascii: "~"): "roll"
    case UInt8(ascii: "H"): "fermata"
    case UInt8(ascii: "L"): "accent"
    case UInt8(ascii: "M"): "lowermordent"
    case UInt8(ascii: "O"): "coda"
    case UInt8(ascii: "P"): "uppermordent"
    case UInt8(ascii: "S"): "segno"
    case UInt8(ascii: "T"): "trill"
    case UInt8(ascii: "u"): "upbow"
    case UInt8(ascii: "v"): "downbow"
    default: nil
    }
  }

  /// Reads the text of a `U:` field: `T = !trill!`, `p = "^+"`, `T = !nil!`. False if it is none.
  mutating func define(_ text: String) -> Bool {
    guard let sign = text.firstIndex(of: "=") else { return false }
    let name = text[..<sign].trimmed
    let value = text[text.index(after: sign)...].trimmed
    guard name.utf8.count == 1, let letter = name.utf8.first, letter.isDecorationShorthand,
      letter != UInt8(ascii: "."),
      value.count >= 2
    else { return false }
    let inner = String(value.dropFirst().dropLast())
    switch (value.first, value.last) {
    case ("!", "!"), ("+", "+"):
      let isNothing = inner == "nil" || inner == "none"
      own.updateValue(isNothing ? nil : .init(kind: .decoration, text: inner), forKey: letter)
    case ("\"", "\""): own.updateValue(.init(quoted: inner), forKey: letter)
    default: return false
    }
    return true
  }
}

extension Attachment {
  /// What an attachment says, without its place.
  struct Meaning: Equatable, Sendable {
    let kind: Kind
    let text: String

    init(kind: Kind, text: String) {
      self.kind = kind
      self.text = text
    }

    /// The text between two quotes: an annotation if a sign of placement stands before it, else a chord symbol
    /// (ABC 2.1, 4.18 and 4.19).
    init(quoted text: String) {
      if let first = text.first, let placement = Placement(rawValue: first) {
        self.init(kind: .annotation(placement), text: String(text.dropFirst()))
      } else {
        self.init(kind: .chordSymbol, text: text)
      }
    }
  }
}
