/// Why bytes are not JSON, and at which of them that shows.
package struct JSONError: Error, Equatable, Sendable {
  package let byteOffset: Int
  package let reason: String
}

/// A strict reader of JSON (RFC 8259) that knows where it is: names may not repeat, nesting is limited.
package struct JSONReader {
  private let bytes: ArraySlice<UInt8>
  private var position: Int
  private let depthLimit = 64

  /// Reads the one value that fills `bytes`, white space around it aside. Offsets in errors and members
  /// count from `bytes.startIndex` = its own index.
  package static func read(_ bytes: ArraySlice<UInt8>) throws(JSONError) -> JSONValue {
    var reader = JSONReader(bytes: bytes, position: bytes.startIndex)
    let value = try reader.readValue(depth: 0)
    reader.skipWhiteSpace()
    guard reader.position == bytes.endIndex else { throw reader.error("more follows the JSON value") }
    return value
  }

  package static func read(_ text: String) throws(JSONError) -> JSONValue { try read(Array(text.utf8)[...]) }

  private init(bytes: ArraySlice<UInt8>, position: Int) {
    self.bytes = bytes
    self.position = position
  }

  private func error(_ reason: String) -> JSONError { JSONError(byteOffset: position, reason: reason) }

  private var current: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private mutating func skipWhiteSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    position += 1
    return true
  }

  private mutating func readValue(depth: Int) throws(JSONError) -> JSONValue {
    guard depth < depthLimit else { throw error("nested too deeply") }
    skipWhiteSpace()
    switch current {
    case nil: throw error("it ends where a JSON value is expected")
    case UInt8(ascii: "{"): return try readObject(depth: depth)
    case UInt8(ascii: "["): return try readArray(depth: depth)
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "t"): return try readWord("true", .boolean(true))
    case UInt8(ascii: "f"): return try readWord("false", .boolean(false))
    case UInt8(ascii: "n"): return try readWord("null", .null)
    default: return try readNumber()
    }
  }

  private mutating func readWord(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw error("no JSON value begins like this") }
    position += word.utf8.count
    return value
  }

  private mutating func readObject(depth: Int) throws(JSONError) -> JSONValue {
    position += 1
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    skipWhiteSpace()
    if take(UInt8(ascii: "}")) { return .object([]) }
    while true {
      skipWhiteSpace()
      let start = position
      guard current == UInt8(ascii: "\"") else { throw error("a member's name in quotes is expected") }
      let name = try readString()
      guard names.insert(name).inserted else {
        throw JSONError(byteOffset: start, reason: "the name \"\(name)\" appears twice")
      }
      skipWhiteSpace()
      guard take(UInt8(ascii: ":")) else { throw error("a colon is expected after a member's name") }
      members.append(.init(name, try readValue(depth: depth + 1), byteOffset: start))
      skipWhiteSpace()
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { throw error("a comma or a closing brace is expected") }
    }
  }

  private mutating func readArray(depth: Int) throws(JSONError) -> JSONValue {
    position += 1
    var elements: [JSONValue] = []
    skipWhiteSpace()
    if take(UInt8(ascii: "]")) { return .array([]) }
    while true {
      elements.append(try readValue(depth: depth + 1))
      skipWhiteSpace()
      if take(UInt8(ascii: "]")) { return .array(elements) }
      guard take(UInt8(ascii: ",")) else { throw error("a comma or a closing bracket is expected") }
    }
  }

  private mutating func readNumber() throws(JSONError) -> JSONValue {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try readDigits() }
    if take(UInt8(ascii: ".")) { try readDigits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try readDigits()
    }
    guard let number = Double(String(decoding: bytes[start..<position], as: UTF8.self)), number.isFinite
    else { throw JSONError(byteOffset: start, reason: "the number is too large") }
    return .number(number)
  }

  private mutating func readDigits() throws(JSONError) {
    guard let first = current, (0x30...0x39).contains(first) else {
      throw error(current == nil ? "it ends inside a number" : "no JSON value looks like this")
    }
    while let byte = current, (0x30...0x39).contains(byte) { position += 1 }
  }

  private mutating func readString() throws(JSONError) -> String {
    let start = position
    position += 1
    var text: [UInt8] = []
    while true {
      guard let byte = current else {
        throw JSONError(byteOffset: start, reason: "a string has no closing quote")
      }
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        guard let string = String(validating: text, as: UTF8.self) else {
          throw JSONError(byteOffset: start, reason: "a string is not UTF-8")
        }
        return string
      case UInt8(ascii: "\\"):
        text.append(contentsOf: String(try readEscape()).utf8)
      case ..<0x20:
        throw error("a control character inside a string")
      default:
        text.append(byte)
        position += 1
      }
    }
  }

  private mutating func readEscape() throws(JSONError) -> Unicode.Scalar {
    let start = position
    position += 1
    guard let byte = current else { throw error("it ends inside an escape") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let high = try readCodeUnit()
      if let scalar = Unicode.Scalar(UInt32(high)) { return scalar }
      guard (0xD800..<0xDC00).contains(high), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { break }
      let low = try readCodeUnit()
      guard (0xDC00..<0xE000).contains(low) else { break }
      let value = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
      if let scalar = Unicode.Scalar(value) { return scalar }
    default: break
    }
    throw JSONError(byteOffset: start, reason: "no such escape")
  }

  private mutating func readCodeUnit() throws(JSONError) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("four hexadecimal digits are expected")
      }
      value = value << 4 | UInt16(digit)
      position += 1
    }
    return value
  }
}
