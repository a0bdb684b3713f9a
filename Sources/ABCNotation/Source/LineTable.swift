/// Tells the lines and columns of a text. LF, CRLF and a lone CR each end a line.
///
/// It remembers where it stands at the start of every block of the text, not every line, and looks at no more than
/// a few blocks to answer: a line may be as long as the file, and a file may have a line a byte.
public struct LineTable: Sendable {
  private struct Block: Sendable {
    /// How many lines have ended before it.
    var line = 0
    /// Where the line begins that its first byte belongs to.
    var lineStart = 0
    /// How many characters (Unicode scalars) start before it.
    var characters = 0
  }

  private static let length = 128
  private let bytes: [UInt8]
  private let blocks: [Block]
  /// In Latin-1 and in plain ASCII a byte is a character.
  private let isByteCharacter: Bool
  private let firstLine: Int

  /// Takes one pass over the text.
  public init(_ source: SourceText) {
    let bytes = source.bytes
    self.bytes = bytes
    firstLine = source.firstLine
    isByteCharacter = source.encoding != .utf8
    var blocks: [Block] = []
    blocks.reserveCapacity(bytes.count / Self.length + 1)
    var next = Block()
    unsafe bytes.withUnsafeBufferPointer { buffer in
      for start in stride(from: 0, to: max(buffer.count, 1), by: Self.length) {
        blocks.append(next)
        let end = min(start + Self.length, buffer.count)
        let counts = unsafe Counts(UnsafeBufferPointer(rebasing: buffer[start..<end]))
        next.characters += counts.characters
        if counts.returns > 0 {
          for place in start..<end where Self.isLineEnd(place, in: bytes) {
            next.line += 1
            next.lineStart = place + 1
          }
        } else if counts.lineFeeds > 0 {
          next.line += counts.lineFeeds
          var last = end - 1
          while unsafe buffer[last] != UInt8(ascii: "\n") { last -= 1 }
          next.lineStart = last + 1
        }
      }
    }
    self.blocks = blocks
  }

  /// The line and column of a byte offset. An offset past the end is taken for the end.
  public func location(of offset: Int) -> SourceLocation {
    let offset = min(max(offset, 0), bytes.count)
    let (line, start) = line(at: offset)
    let column = isByteCharacter ? offset - start : characters(before: offset) - characters(before: start)
    return SourceLocation(line: line + firstLine, column: column + 1)
  }

  /// The bytes of the line that holds an offset, without its line end.
  public func lineRange(containing offset: Int) -> Range<Int> {
    let offset = min(max(offset, 0), bytes.count)
    let (line, start) = line(at: offset)
    // The first block that begins in another line; the line ends in the block before it.
    var low = offset / Self.length
    var high = blocks.count
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].line <= line { low = middle + 1 } else { high = middle }
    }
    let from = max((low - 1) * Self.length, start)
    var end = bytes[min(from, bytes.count)...].firstIndex(where: \.isLineEnd) ?? bytes.count
    // Of a CRLF that two blocks share.
    while end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// The line of an offset, counted from 0, and where it begins.
  private func line(at offset: Int) -> (line: Int, start: Int) {
    let index = min(offset / Self.length, blocks.count - 1)
    var (line, start) = (blocks[index].line, blocks[index].lineStart)
    for place in (index * Self.length)..<offset where Self.isLineEnd(place, in: bytes) {
      line += 1
      start = place + 1
    }
    return (line, start)
  }

  private func characters(before offset: Int) -> Int {
    let index = min(offset / Self.length, blocks.count - 1)
    return blocks[index].characters + Self.characters(in: bytes[(index * Self.length)..<offset])
  }

  @inline(__always)
  private static func isLineEnd(_ place: Int, in bytes: [UInt8]) -> Bool {
    if bytes[place] == UInt8(ascii: "\n") { return true }
    return bytes[place] == UInt8(ascii: "\r")
      && (place + 1 == bytes.count || bytes[place + 1] != UInt8(ascii: "\n"))
  }

  private static func characters(in block: ArraySlice<UInt8>) -> Int {
    unsafe block.withUnsafeBufferPointer { unsafe Counts($0).characters }
  }

  /// How many lines of a text have ended.
  static func lineCount(of bytes: [UInt8]) -> Int {
    var lines = 0
    unsafe bytes.withUnsafeBufferPointer { buffer in
      for start in stride(from: 0, to: buffer.count, by: length) {
        let end = min(start + length, buffer.count)
        let counts = unsafe Counts(UnsafeBufferPointer(rebasing: buffer[start..<end]))
        lines +=
          counts.returns > 0 ? (start..<end).count { isLineEnd($0, in: bytes) } : counts.lineFeeds
      }
    }
    return lines
  }

  /// What a block of at most ``length`` bytes holds, counted many bytes at a time.
  private struct Counts {
    let lineFeeds: Int
    let returns: Int
    let characters: Int

    @inline(__always)
    init(_ block: UnsafeBufferPointer<UInt8>) {
      // A counter in each of eight bytes; a block holds few enough bytes for them.
      var (lineFeeds, returns, continuations) = (UInt64(0), UInt64(0), UInt64(0))
      let raw = UnsafeRawBufferPointer(block)
      var index = 0
      while index + 8 <= raw.count {
        let bytes = unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        lineFeeds &+= Self.zeros(bytes ^ (Self.ones &* 0x0A))
        returns &+= Self.zeros(bytes ^ (Self.ones &* 0x0D))
        continuations &+= Self.zeros((bytes & (Self.ones &* 0xC0)) ^ (Self.ones &* 0x80))
        index &+= 8
      }
      while index < raw.count {
        let byte = unsafe raw[index]
        lineFeeds &+= byte == 0x0A ? 1 : 0
        returns &+= byte == 0x0D ? 1 : 0
        continuations &+= byte & 0xC0 == 0x80 ? 1 : 0
        index &+= 1
      }
      self.lineFeeds = Self.sum(lineFeeds)
      self.returns = Self.sum(returns)
      characters = raw.count - Self.sum(continuations)
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// A 1 for each of eight bytes that is zero.
    @inline(__always)
    private static func zeros(_ bytes: UInt64) -> UInt64 {
      let low = ones &* 0x7F
      return ~(((bytes & low) &+ low) | bytes | low) >> 7
    }

    @inline(__always)
    private static func sum(_ counters: UInt64) -> Int { Int((counters &* ones) >> 56) }
  }
}
