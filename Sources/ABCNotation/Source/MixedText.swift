/// Bytes that are neither all UTF-8 nor all Latin-1.
enum MixedText {
  /// What stands beyond ASCII in a text: how often, and where first.
  struct Survey: Sendable {
    private(set) var wellFormed = 0
    private(set) var lone = 0
    private(set) var firstWellFormed: Int?
    private(set) var firstLone: Int?

    init() {}

    /// Looks at the next bytes, the first of which has an offset.
    mutating func look(at bytes: [UInt8], base: Int = 0) {
      var index = 0
      while let next = bytes.firstBeyondASCII(from: index) {
        let length = MixedText.sequenceLength(bytes[next...])
        if length > 1 {
          wellFormed += 1
          if firstWellFormed == nil { firstWellFormed = base + next }
        } else {
          lone += 1
          if firstLone == nil { firstLone = base + next }
        }
        index = next + length
      }
    }

    /// What is to be said of a text whose bytes are no UTF-8: one encoding, or two.
    var finding: Diagnostic? {
      guard let firstLone else { return nil }
      guard let firstWellFormed else {
        return Diagnostic(
          .notUTF8, firstLone..<(firstLone + 1), "this file is not UTF-8; it is read as Latin-1")
      }
      let intruder = lone <= wellFormed ? firstLone : firstWellFormed
      return Diagnostic(
        .mixedEncodings, intruder..<(intruder + 1),
        "this file holds both UTF-8 and Latin-1; this character is of the rarer kind")
    }
  }

  /// The bytes in UTF-8: what is no UTF-8 among them is taken for Latin-1.
  static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while let next = bytes.firstBeyondASCII(from: index) {
      result += bytes[index..<next]
      let length = sequenceLength(bytes[next...])
      if length > 1 {
        result += bytes[next..<(next + length)]
      } else {
        result += String(Unicode.Scalar(bytes[next])).utf8
      }
      index = next + length
    }
    result += bytes[index...]
    return result
  }

  /// The length of the UTF-8 sequence at the start of some bytes beyond ASCII; 1 if there is none.
  private static func sequenceLength(_ bytes: ArraySlice<UInt8>) -> Int {
    let length =
      switch bytes.first ?? 0 {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    guard length > 1, bytes.count >= length else { return 1 }
    return String(validating: bytes.prefix(length), as: UTF8.self) == nil ? 1 : length
  }
}
