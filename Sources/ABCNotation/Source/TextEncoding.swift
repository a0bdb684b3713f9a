/// How the bytes of a file stand for characters.
public enum TextEncoding: String, Sendable {
  /// Valid UTF-8 (pure ASCII included).
  case utf8 = "UTF-8"
  /// ISO 8859-1: every byte is the character of the same number.
  case latin1 = "ISO-8859-1"

  /// UTF-8 where the bytes are valid UTF-8, else Latin-1, which takes any bytes.
  public init(detecting bytes: [UInt8]) {
    self = .utf8
    // Block by block, each up to a plain ASCII byte: most hold nothing else, which is quickly seen.
    var start = 0
    while start < bytes.count {
      var end = min(start + 1024, bytes.count)
      while end < bytes.count, bytes[end] >= 0x80 { end += 1 }
      let block = bytes[start..<end]
      if block.reduce(0, |) >= 0x80, String(validating: block, as: UTF8.self) == nil {
        self = .latin1
        return
      }
      start = end
    }
  }

  /// The characters that the bytes stand for, by the encoding that they are in.
  public static func decode(_ bytes: some Collection<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    return decodeLatin1(bytes)
  }

  /// The characters of Latin-1 bytes: any bytes at all are valid.
  public static func decodeLatin1(_ bytes: some Collection<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(Unicode.Scalar(byte)) }
    return String(text)
  }
}
