/// The bytes of one ABC file (or of one tune handed over in memory) with the means to say where in it
/// something stands.
///
/// Everything inside the library speaks of byte offsets; lines and columns are computed only when a person is
/// to read them.
public struct SourceText: Sendable {
  /// The name to print in messages: a path, or `<stdin>`.
  public let name: String

  /// The text as it was read, untouched.
  public let bytes: [UInt8]

  /// Wraps bytes that were read from a file.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    encoding = TextEncoding(detecting: bytes)
  }

  /// Wraps a string, as UTF-8.
  public init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// How the bytes stand for characters: UTF-8 where they are valid UTF-8, else Latin-1 (ABC 2.1, 2.2.1: the
  /// outdated default of older files).
  public let encoding: TextEncoding

  /// The text of a byte range, decoded.
  public func string(_ range: Range<Int>) -> String {
    let slice = bytes[range.clamped(to: 0..<bytes.count)]
    return encoding == .utf8 ? String(decoding: slice, as: UTF8.self) : TextEncoding.decodeLatin1(slice)
  }
}

/// A place in a text as people count: both numbers start at 1; the column counts characters, not bytes.
public struct SourceLocation: Equatable, Sendable {
  /// The line, from 1.
  public let line: Int
  /// The column in characters, from 1.
  public let column: Int
}

/// The offsets at which the lines of a text start. LF, CRLF and a lone CR each end a line.
public struct LineTable: Sendable {
  private let bytes: [UInt8]
  private let starts: [Int]
  /// For every block of bytes, how many characters start before it: a line may be as long as the file.
  private let charactersBefore: [Int]
  private let isByteCharacter: Bool
  private static let block = 1024

  /// Finds the line starts in one pass over the text.
  public init(_ source: SourceText) {
    bytes = source.bytes
    var starts = [0]
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\n") {
        starts.append(index)
      } else if byte == UInt8(ascii: "\r"), index >= bytes.count || bytes[index] != UInt8(ascii: "\n") {
        starts.append(index)
      }
    }
    self.starts = starts
    // In Latin-1 and in plain ASCII a byte is a character.
    isByteCharacter = source.encoding != .utf8 || bytes.reduce(0, |) < 0x80
    charactersBefore = isByteCharacter ? [] : Self.countCharacters(bytes)
  }

  private static func countCharacters(_ bytes: [UInt8]) -> [Int] {
    var counts: [Int] = []
    counts.reserveCapacity(bytes.count / block + 1)
    var count = 0
    for (index, byte) in bytes.enumerated() {
      if index % block == 0 { counts.append(count) }
      if byte & 0xC0 != 0x80 { count += 1 }
    }
    return counts
  }

  /// How many characters (Unicode scalars) start before an offset.
  private func characters(before offset: Int) -> Int {
    if isByteCharacter { return offset }
    let block = min(offset / Self.block, charactersBefore.count - 1)
    guard block >= 0 else { return 0 }
    return charactersBefore[block] + bytes[(block * Self.block)..<offset].count { $0 & 0xC0 != 0x80 }
  }

  /// The line and column of a byte offset. An offset past the end is taken for the end.
  public func location(of offset: Int) -> SourceLocation {
    let offset = min(max(offset, 0), bytes.count)
    let line = lineIndex(of: offset)
    let column = characters(before: offset) - characters(before: starts[line])
    return SourceLocation(line: line + 1, column: column + 1)
  }

  /// The bytes of the line that holds an offset, without its line end.
  public func lineRange(containing offset: Int) -> Range<Int> {
    let line = lineIndex(of: min(max(offset, 0), bytes.count))
    let start = starts[line]
    var end = line + 1 < starts.count ? starts[line + 1] : bytes.count
    while end > start, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") {
      end -= 1
    }
    return start..<end
  }

  private func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
