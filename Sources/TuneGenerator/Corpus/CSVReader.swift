/// Reads comma-separated values (RFC 4180): fields in double quotes may hold commas, line ends and doubled quotes.
///
/// A reader of our own, since those of packages bring all of Foundation into the program.
struct CSVReader {
  private let bytes: [UInt8]
  private var index: Int
  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")

  /// - Parameter bytes: the text, with or without a byte order mark.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The line, counted from 1, on which the next row begins.
  private(set) var line = 1

  /// The fields of the next row; nil at the end. Empty lines are no rows.
  mutating func next() -> [String]? {
    while index < bytes.count, isLineEnd(bytes[index]) { skipLineEnd() }
    guard index < bytes.count else { return nil }
    var row: [String] = []
    while true {
      row.append(field())
      guard index < bytes.count, bytes[index] == Self.comma else { break }
      index += 1
    }
    if index < bytes.count { skipLineEnd() }
    return row
  }

  private mutating func field() -> String {
    guard index < bytes.count, bytes[index] == Self.quote else {
      let start = index
      while index < bytes.count, bytes[index] != Self.comma, !isLineEnd(bytes[index]) { index += 1 }
      return String(decoding: bytes[start..<index], as: UTF8.self)
    }
    index += 1
    var value: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      if byte == Self.quote {
        guard index < bytes.count, bytes[index] == Self.quote else { break }
        index += 1
      }
      value.append(byte)
    }
    // What stands between the closing quote and the comma belongs to nothing.
    while index < bytes.count, bytes[index] != Self.comma, !isLineEnd(bytes[index]) { index += 1 }
    return String(decoding: value, as: UTF8.self)
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

  private mutating func skipLineEnd() {
    if bytes[index] == UInt8(ascii: "\r"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\n") {
      index += 1
    }
    index += 1
    line += 1
  }
}
