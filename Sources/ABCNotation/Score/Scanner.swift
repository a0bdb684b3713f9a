/// Reads the short texts of fields from left to right.
struct Scanner {
  private let bytes: [UInt8]
  private(set) var position = 0
  /// Whether the latest fraction was written with a slash: `1/1` is a length, `1` may be something else.
  private(set) var fractionHadSlash = false

  init(_ text: some StringProtocol) {
    bytes = Array(text.utf8)
  }

  var isAtEnd: Bool { position >= bytes.count }

  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func skipBlanks() {
    while let byte = peek, byte.isBlank || byte.isLineEnd { position += 1 }
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let byte = peek, byte == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// A run of at most seven digits as a number; longer ones are no number of any music.
  mutating func takeNumber() -> Int? {
    let start = position
    while let byte = peek, byte.isDigit { position += 1 }
    guard position > start, position - start <= 7 else { return nil }
    return bytes[start..<position].reduce(0) { $0 * 10 + Int($1 & 0x0F) }
  }

  /// `n/m` or `n`, both greater than zero.
  mutating func takeFraction() -> Fraction? {
    guard let numerator = takeNumber(), numerator > 0 else { return nil }
    fractionHadSlash = take("/")
    guard fractionHadSlash else { return Fraction(numerator) }
    guard let denominator = takeNumber(), denominator > 0 else { return nil }
    return Fraction(numerator, denominator)
  }

  mutating func takeByte() -> UInt8? {
    guard let byte = peek else { return nil }
    position += 1
    return byte
  }

  /// The characters up to the next blank.
  mutating func takeWord() -> String {
    let start = position
    while let byte = peek, !byte.isBlank, !byte.isLineEnd { position += 1 }
    return TextEncoding.decode(bytes[start..<position])
  }

  /// `"…"`, without the quotes; nil if the closing one is missing.
  mutating func takeQuoted() -> String? {
    guard take("\"") else { return nil }
    let start = position
    while let byte = peek {
      position += 1
      if byte == UInt8(ascii: "\"") { return TextEncoding.decode(bytes[start..<(position - 1)]) }
    }
    return nil
  }
}

extension StringProtocol {
  /// Without blanks and line ends at either end.
  var trimmed: String {
    let scalars = Array(unicodeScalars)
    let isInk: (Unicode.Scalar) -> Bool = { !" \t\r\n\u{A0}".unicodeScalars.contains($0) }
    guard let first = scalars.firstIndex(where: isInk), let last = scalars.lastIndex(where: isInk) else {
      return ""
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[first...last])
    return String(text)
  }
}
