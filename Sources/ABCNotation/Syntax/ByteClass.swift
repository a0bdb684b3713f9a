/// The classes of bytes that ABC's lexical rules speak of.
extension UInt8 {
  @inline(__always) var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  @inline(__always) var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }

  /// `A`–`G` and `a`–`g` (ABC 2.1, 4.1).
  @inline(__always) var isNoteLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x67 }

  /// A note letter or the sign of an accidental before one.
  @inline(__always) var startsNote: Bool {
    isNoteLetter || self == UInt8(ascii: "^") || self == UInt8(ascii: "_") || self == UInt8(ascii: "=")
  }

  @inline(__always) var isBlank: Bool { self == 0x20 || self == 0x09 }

  @inline(__always) var isLineEnd: Bool { self == 0x0A || self == 0x0D }

  /// The characters that may stand for a decoration (ABC 2.1, 4.14 and 4.16): `.`, `~`, `H`–`W`, `h`–`w`.
  @inline(__always) var isDecorationShorthand: Bool {
    self == UInt8(ascii: ".") || self == UInt8(ascii: "~")
      || (self >= UInt8(ascii: "H") && self <= UInt8(ascii: "W"))
      || (self >= UInt8(ascii: "h") && self <= UInt8(ascii: "w"))
  }

  /// The characters kept for later, which are ignored even within a note (ABC 2.1, 8.1).
  @inline(__always) var isReserved: Bool {
    self == UInt8(ascii: "#") || self == UInt8(ascii: "*") || self == UInt8(ascii: ";")
      || self == UInt8(ascii: "?") || self == UInt8(ascii: "@")
  }

  /// What the name between two `!` may hold: no blank, no quote, none of `|[:]` (ABC 2.1, 12.2).
  @inline(__always) var isDecorationName: Bool {
    self > 0x20 && self < 0x7F && self != UInt8(ascii: "|") && self != UInt8(ascii: "\"")
      && self != UInt8(ascii: "[") && self != UInt8(ascii: "]") && self != UInt8(ascii: ":")
  }

  /// What a line of music may plausibly start with. Tells music from prose where a header lacks its `K:`.
  @inline(__always) var looksLikeMusic: Bool {
    if isNoteLetter || isDigit { return true }
    switch self {
    case UInt8(ascii: "z"), UInt8(ascii: "|"), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "^"),
      UInt8(ascii: "_"), UInt8(ascii: "="), UInt8(ascii: "\""), UInt8(ascii: "~"), UInt8(ascii: "."),
      UInt8(ascii: ","), UInt8(ascii: "'"), UInt8(ascii: "/"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "-"), UInt8(ascii: "!"), UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "T"),
      UInt8(ascii: "u"), UInt8(ascii: "v"):
      return true
    default: return false
    }
  }
}
