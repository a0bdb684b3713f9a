import FoundationEssentials

/// Objects as JSON, one a line.
enum JSONLine {
  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()

  /// The same for an object that can always be written.
  static func bytes(_ object: some Encodable) -> [UInt8] { (try? encode(object)) ?? [] }

  /// The object's line, keys in order, with the end of the line.
  static func encode(_ object: some Encodable) throws -> [UInt8] {
    try [UInt8](encoder.encode(object)) + [UInt8(ascii: "\n")]
  }
}
