/// Reads and writes the text strings of ABC (ABC 2.1, 8.2): the texts of fields, lyrics, annotations and chord
/// symbols, in which letters may be written as mnemonics, as entities of HTML or as numbers of Unicode.
enum TextString {
  /// The characters that the bytes of a text string stand for (ABC 2.1, 8.2 and 14.1).
  ///
  /// What is not understood stays as written; so do the font changes `$1` to `$4`.
  static func decode(_ bytes: some Collection<UInt8>, encoding: TextEncoding) -> String {
    // Most texts hold no escape at all and need no copy of their bytes.
    guard bytes.contains(where: { $0 == backslash || $0 == ampersand }) else {
      return encoding == .utf8 ? String(decoding: bytes, as: UTF8.self) : TextEncoding.decodeLatin1(bytes)
    }
    let bytes = Array(bytes)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if let (scalar, length) = escape(in: bytes, at: index) {
        result.append(contentsOf: scalar.utf8)
        index += length
        continue
      }
      if byte >= 0x80, encoding == .latin1 {
        result.append(contentsOf: Unicode.Scalar(byte).utf8)
      } else {
        result.append(byte)
      }
      index += 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A text as it may be written into a field, so that ``decode(_:encoding:)`` gives it back (ABC 2.1, 8.2).
  ///
  /// Escapes the backslash, the percent sign, which would start a comment, an ampersand that would start an
  /// entity, and line ends, which would end the field.
  static func encode(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "\n"): result.append(contentsOf: "\\u000a".utf8)
      case UInt8(ascii: "\r"): result.append(contentsOf: "\\u000d".utf8)
      case backslash, percent: result += [backslash, byte]
      case ampersand where entity(in: bytes, at: index) != nil: result += [backslash, byte]
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static let backslash = UInt8(ascii: "\\")
  private static let ampersand = UInt8(ascii: "&")
  private static let percent = UInt8(ascii: "%")

  /// The character that an escape stands for, and the number of bytes it takes; nil where none starts.
  private static func escape(in bytes: [UInt8], at index: Int) -> (Unicode.Scalar, Int)? {
    if bytes[index] == ampersand { return entity(in: bytes, at: index) }
    guard bytes[index] == backslash, index + 1 < bytes.count else { return nil }
    let next = bytes[index + 1]
    if next == backslash || next == percent || next == ampersand { return (Unicode.Scalar(next), 2) }
    // Four hexadecimal digits win over a breve: `\uaced` is one character.
    if let number = number(in: bytes, at: index) { return number }
    guard index + 2 < bytes.count, let scalar = mnemonics[mnemonic(next, bytes[index + 2])] else {
      return nil
    }
    return (scalar, 3)
  }

  /// `&name;`, where the name is a known one.
  private static func entity(in bytes: [UInt8], at index: Int) -> (Unicode.Scalar, Int)? {
    let name = bytes[(index + 1)...].prefix(longestEntityName).prefix { $0.isLetter || $0.isDigit }
    guard name.endIndex < bytes.count, bytes[name.endIndex] == UInt8(ascii: ";"),
      let scalar = entities[String(decoding: name, as: UTF8.self)]
    else { return nil }
    return (scalar, name.count + 2)
  }

  /// `\u` with four hexadecimal digits or `\U` with eight. Two halves of a surrogate pair, each written with
  /// `\u`, are one character; half a pair is none.
  private static func number(in bytes: [UInt8], at index: Int) -> (Unicode.Scalar, Int)? {
    switch bytes[index + 1] {
    case UInt8(ascii: "U"):
      guard let value = hexadecimal(in: bytes, at: index + 2, digits: 8) else { return nil }
      return Unicode.Scalar(value).map { ($0, 10) }
    case UInt8(ascii: "u"):
      guard let value = hexadecimal(in: bytes, at: index + 2, digits: 4) else { return nil }
      if let scalar = Unicode.Scalar(value) { return (scalar, 6) }
      guard value < 0xDC00, index + 8 <= bytes.count, bytes[index + 6] == backslash,
        bytes[index + 7] == UInt8(ascii: "u"),
        let low = hexadecimal(in: bytes, at: index + 8, digits: 4), (0xDC00...0xDFFF).contains(low)
      else { return nil }
      return Unicode.Scalar(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)).map { ($0, 12) }
    default: return nil
    }
  }

  private static func hexadecimal(in bytes: [UInt8], at index: Int, digits: Int) -> UInt32? {
    guard index + digits <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[index..<(index + digits)] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
