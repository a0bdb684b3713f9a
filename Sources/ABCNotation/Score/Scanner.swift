/// Reads the short texts of fields from left to right.
struct Scanner {
  private let bytes: [UInt8]
  private let end: Int
  private(set) var position: Int
  /// Whether the latest fraction was written with a slash: `1/1` is a length, `1` may be something else.
  private(set) var fractionHadSlash = false

  init(_ text: some StringProtocol) {
    bytes = Array(text.utf8)
    position = 0
    end = bytes.count
  }

  /// Reads some bytes of a longer text, without a copy.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { position >= end }

  var peek: UInt8? { position < end ? bytes[position] : nil }

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
    var number = 0
    while let byte = peek, byte.isDigit {
      position += 1
      if position - start > 7 { return nil }
      number = number * 10 + Int(byte & 0x0F)
    }
    return position > start ? number : nil
  }

  /// A number with an optional sign before it.
  mutating func takeSignedNumber() -> Int? {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    return takeNumber().map { isNegative ? -$0 : $0 }
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

  /// The characters up to the next blank or, if given, up to a byte that ends the word.
  mutating func takeWord(endingAt stop: UInt8? = nil) -> String {
    TextEncoding.decode(bytes[takeWordRange(endingAt: stop)])
  }

  /// The offsets of the word that starts here.
  mutating func takeWordRange(endingAt stop: UInt8? = nil) -> Range<Int> {
    let start = position
    while let byte = peek, !byte.isBlank, !byte.isLineEnd, byte != stop { position += 1 }
    return start..<position
  }

  /// Takes a word of ASCII letters if it stands here, in any case.
  mutating func takeWord(ignoringCase word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard end - position >= length else { return false }
    let matches = word.withUTF8Buffer { letters in
      (0..<length).allSatisfy { unsafe bytes[position + $0] | 0x20 == letters[$0] | 0x20 }
    }
    guard matches else { return false }
    if position + length < end, bytes[position + length].isLetter { return false }
    position += length
    return true
  }

  /// `"…"`, without the quotes; nil if the closing one is missing.
  mutating func takeQuoted() -> String? {
    guard take("\"") else { return nil }
    let start = position
    while let byte = peek {
      position += 1
      if byte == UInt8(ascii: "\"") {
        let inner = bytes[start..<(position - 1)]
        return TextString.decode(inner, encoding: TextEncoding(detecting: Array(inner)))
      }
    }
    return nil
  }
}

extension Array<UInt8> {
  /// A range without the blanks and line ends at either end.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high, self[low].isBlank || self[low].isLineEnd { low += 1 }
    while high > low, self[high - 1].isBlank || self[high - 1].isLineEnd { high -= 1 }
    return low..<high
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
