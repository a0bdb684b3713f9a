/// A cursor over part of a file that knows its place in the whole.
struct ByteReader {
  let bytes: [UInt8]
  private(set) var position: Int
  let end: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = 0
    end = bytes.count
  }

  private init(_ bytes: [UInt8], from start: Int, to end: Int) {
    self.bytes = bytes
    position = start
    self.end = end
  }

  var remaining: Int { end - position }

  mutating func readByte() throws(MIDIFileError) -> UInt8 {
    guard position < end else { throw .truncated(offset: position) }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func readUInt16() throws(MIDIFileError) -> UInt16 {
    let high = try readByte()
    return try UInt16(high) << 8 | UInt16(readByte())
  }

  mutating func readUInt32() throws(MIDIFileError) -> UInt32 {
    let high = try readUInt16()
    return try UInt32(high) << 16 | UInt32(readUInt16())
  }

  mutating func readData() throws(MIDIFileError) -> UInt7 {
    let byte = try readByte()
    guard let data = UInt7(rawValue: byte) else { throw .invalidData(byte, offset: position - 1) }
    return data
  }

  mutating func readBytes(_ count: Int) throws(MIDIFileError) -> [UInt8] {
    guard count <= remaining else { throw .truncated(offset: end) }
    defer { position += count }
    return Array(bytes[position..<position + count])
  }

  mutating func skip(_ count: Int) throws(MIDIFileError) {
    guard count <= remaining else { throw .truncated(offset: end) }
    position += count
  }

  mutating func stepBack() {
    position -= 1
  }

  /// A reader of the next `count` bytes, which this one then has behind it.
  mutating func split(_ count: Int) throws(MIDIFileError) -> ByteReader {
    let start = position
    try skip(count)
    return ByteReader(bytes, from: start, to: position)
  }
}
