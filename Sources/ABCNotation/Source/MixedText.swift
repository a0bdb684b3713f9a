/// Bytes that are neither all UTF-8 nor all Latin-1.
enum MixedText {
  /// What stands beyond ASCII in a text: how often, and where first.
  struct Survey {
    private(set) var wellFormed = 0
    private(set) var lone = 0
    private(set) var firstWellFormed: Int?
    private(set) var firstLone: Int?

    /// Looks at bytes whose first has a certain offset.
    init(_ bytes: some RandomAccessCollection<UInt8>, base: Int = 0) {
      var position = base
      var rest = bytes[...]
      while let byte = rest.first {
        let length = byte < 0x80 ? 1 : MixedText.sequenceLength(rest)
        if byte >= 0x80 {
          if length > 1 {
            wellFormed += 1
            if firstWellFormed == nil { firstWellFormed = position }
          } else {
            lone += 1
            if firstLone == nil { firstLone = position }
          }
        }
        rest = rest.dropFirst(length)
        position += length
      }
    }

    /// Where the rarer of two encodings shows first; nil where there is but one.
    var intruder: Int? {
      guard wellFormed > 0, lone > 0 else { return nil }
      return lone <= wellFormed ? firstLone : firstWellFormed
    }
  }

  /// The bytes in UTF-8: what is no UTF-8 among them is taken for Latin-1.
  static func utf8(_ bytes: some RandomAccessCollection<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while let byte = rest.first {
      let length = byte < 0x80 ? 1 : sequenceLength(rest)
      if byte < 0x80 || length > 1 {
        result += rest.prefix(length)
      } else {
        result += String(Unicode.Scalar(byte)).utf8
      }
      rest = rest.dropFirst(length)
    }
    return result
  }

  /// The length of the UTF-8 sequence at the start of some bytes beyond ASCII; 1 if there is none.
  private static func sequenceLength(_ bytes: some RandomAccessCollection<UInt8>) -> Int {
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
