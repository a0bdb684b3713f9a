enum TextString {
  static func decode(_ bytes: some Collection<UInt8>, encoding: TextEncoding) -> String {
    encoding == .utf8 ? String(decoding: bytes, as: UTF8.self) : TextEncoding.decodeLatin1(bytes)
  }
}
