/// Cuts long texts where tunes begin.
enum TextPieces {
  /// How long the pieces of a text are that is checked: shorter texts are read on one core.
  static let checkedLength = 16 * 1024
  /// How long they are where scores are kept, which take fifty times as much: what is read and then played should
  /// still be in the cache of a core.
  static let keptLength = 4 * 1024

  /// The ranges to be read one by one: each but the first begins with the `X:` of a tune behind an empty line,
  /// where nothing that stood before matters but the file header. The first ends where the first tune begins.
  static func ranges(
    of bytes: [UInt8], isCut: Bool, length: Int = checkedLength
  ) -> [Range<Int>] {
    guard isCut, bytes.count > 2 * length else { return [0..<bytes.count] }
    var starts = [0]
    var wanted = 0
    var index = 0
    while let next = tuneStart(in: bytes, from: index) {
      index = next + 1
      if next < wanted { continue }
      starts.append(next)
      wanted = next + length
      index = min(wanted, bytes.count)
    }
    starts.append(bytes.count)
    return zip(starts, starts.dropFirst()).filter { $0 < $1 || $0 == 0 }.map { $0..<$1 }
  }

  /// What stands before the first tune behind an empty line.
  static func header(of bytes: [UInt8]) -> Range<Int> {
    0..<(tuneStart(in: bytes, from: 0) ?? bytes.count)
  }

  /// The next place at or behind an offset where a line `X:` follows an empty line.
  static func tuneStart(in bytes: [UInt8], from offset: Int) -> Int? {
    var index = max(offset, 2)
    while index + 1 < bytes.count {
      if bytes[index] == UInt8(ascii: "X"), bytes[index + 1] == UInt8(ascii: ":"),
        bytes[index - 1] == UInt8(ascii: "\n"), isEmptyLine(bytes, endingAt: index - 1)
      {
        return index
      }
      index += 1
    }
    return nil
  }

  private static func isEmptyLine(_ bytes: [UInt8], endingAt lineFeed: Int) -> Bool {
    let before = bytes[lineFeed - 1] == UInt8(ascii: "\r") ? lineFeed - 2 : lineFeed - 1
    return before >= 0 && bytes[before] == UInt8(ascii: "\n")
  }
}
