import XCTest

/// A SoundFont file taken apart again, independently of the code that wrote it.
struct SoundFontFile {
  struct Sample {
    let name: String
    let start: Int
    let end: Int
    let loop: Range<Int>
    let rate: Int
    let rootKey: Int
    let correction: Int
    let link: Int
    let kind: Int
  }

  struct Malformed: Error {
    let reason: String
  }

  /// Contents of every chunk by its four-letter name, and the names in file order.
  private(set) var chunks: [String: ArraySlice<UInt8>] = [:]
  private(set) var order: [String] = []

  init(_ bytes: [UInt8]) throws {
    guard bytes.count > 12, Self.text(bytes[0..<4]) == "RIFF", Self.text(bytes[8..<12]) == "sfbk" else {
      throw Malformed(reason: "not a RIFF file of form sfbk")
    }
    guard Self.number(bytes[4..<8]) == bytes.count - 8 else { throw Malformed(reason: "wrong RIFF size") }
    try parse(bytes[12...])
  }

  private mutating func parse(_ bytes: ArraySlice<UInt8>) throws {
    var position = bytes.startIndex
    while position < bytes.endIndex {
      guard position + 8 <= bytes.endIndex else { throw Malformed(reason: "stray bytes at \(position)") }
      let name = Self.text(bytes[position..<position + 4])
      let size = Self.number(bytes[position + 4..<position + 8])
      let body = position + 8
      guard size.isMultiple(of: 2), body + size <= bytes.endIndex else {
        throw Malformed(reason: "chunk \(name) at \(position) has size \(size)")
      }
      if name == "LIST" {
        order.append("LIST " + Self.text(bytes[body..<body + 4]))
        try parse(bytes[body + 4..<body + size])
      } else {
        order.append(name)
        chunks[name] = bytes[body..<body + size]
      }
      position = body + size
    }
  }

  /// The records of a chunk, each `size` bytes; nil when the chunk is missing or not a whole number of them.
  func records(_ chunk: String, size: Int) throws -> [[UInt8]] {
    guard let bytes = chunks[chunk], bytes.count.isMultiple(of: size) else {
      throw Malformed(reason: "chunk \(chunk) is not made of \(size)-byte records")
    }
    return stride(from: bytes.startIndex, to: bytes.endIndex, by: size).map { Array(bytes[$0..<$0 + size]) }
  }

  /// The sample headers without the terminal record.
  func samples() throws -> [Sample] {
    try records("shdr", size: 46).dropLast().map { record in
      func word(_ offset: Int) -> Int { Self.number(record[offset..<offset + 4]) }
      return Sample(
        name: Self.text(record[0..<20]), start: word(20), end: word(24), loop: word(28)..<word(32),
        rate: word(36),
        rootKey: Int(record[40]), correction: Int(Int8(bitPattern: record[41])),
        link: Self.number(record[42..<44]), kind: Self.number(record[44..<46]))
    }
  }

  /// All frames of the `smpl` chunk.
  func frames() throws -> [Int16] {
    try records("smpl", size: 2).map { Int16(truncatingIfNeeded: Int($0[0]) | Int($0[1]) << 8) }
  }

  static func number(_ bytes: some Collection<UInt8>) -> Int {
    bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  static func text(_ bytes: some Collection<UInt8>) -> String {
    bytes.prefix { $0 != 0 }.map { String(UnicodeScalar($0)) }.joined()
  }
}
