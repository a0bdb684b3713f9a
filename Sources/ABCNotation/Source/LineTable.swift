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

  /// Takes one pass over the text.
  public init(_ source: SourceText) {
    let bytes = source.bytes
    self.bytes = bytes
    isByteCharacter = source.encoding != .utf8
    var blocks: [Block] = []
    blocks.reserveCapacity(bytes.count / Self.length + 1)
    var next = Block()
    var start = 0
    repeat {
      blocks.append(next)
      let end = min(start + Self.length, bytes.count)
      let counts = Counts(bytes[start..<end])
      next.characters += counts.characters
      if counts.returns == 0 {
        next.line += counts.lineFeeds
      } else {
        next.line += (start..<end).count { Self.isLineEnd($0, in: bytes) }
      }
      if next.line > blocks[blocks.count - 1].line {
        var last = end
        while !Self.isLineEnd(last - 1, in: bytes) { last -= 1 }
        next.lineStart = last
      }
      start = end
    } while start < bytes.count
    self.blocks = blocks
  }

  /// The line and column of a byte offset. An offset past the end is taken for the end.
  public func location(of offset: Int) -> SourceLocation {
    let offset = min(max(offset, 0), bytes.count)
    let (line, start) = line(at: offset)
    let column = isByteCharacter ? offset - start : characters(before: offset) - characters(before: start)
    return SourceLocation(line: line + 1, column: column + 1)
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

  private static func characters(in block: ArraySlice<UInt8>) -> Int { Counts(block).characters }

  /// What a block of at most ``length`` bytes holds, counted many bytes at a time.
  private struct Counts {
    let lineFeeds: Int
    let returns: Int
    let characters: Int

    init(_ block: ArraySlice<UInt8>) {
      (lineFeeds, returns, characters) = unsafe block.withUnsafeBufferPointer { bytes in
        var (lineFeeds, returns, continuations) = (UInt8(0), UInt8(0), UInt8(0))
        for index in 0..<bytes.count {
          let byte = unsafe bytes[index]
          lineFeeds &+= byte == UInt8(ascii: "\n") ? 1 : 0
          returns &+= byte == UInt8(ascii: "\r") ? 1 : 0
          continuations &+= byte & 0xC0 == 0x80 ? 1 : 0
        }
        return (Int(lineFeeds), Int(returns), bytes.count - Int(continuations))
      }
    }
  }
}
