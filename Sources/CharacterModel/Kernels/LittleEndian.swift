/// Floats as the little-endian bytes of model files.
enum LittleEndian {
  /// The 32-bit words of `bytes`, whose count is a multiple of 4.
  static func floats(from bytes: ArraySlice<UInt8>) -> [Float] {
    unsafe bytes.withUnsafeBytes { source in
      (0..<source.count / 4).map {
        let word = unsafe source.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)
        return Float(bitPattern: UInt32(littleEndian: word))
      }
    }
  }

  /// The 16-bit words of `bytes`, whose count is a multiple of 2.
  static func words(from bytes: ArraySlice<UInt8>) -> [UInt16] {
    unsafe bytes.withUnsafeBytes { source in
      (0..<source.count / 2).map {
        UInt16(littleEndian: unsafe source.loadUnaligned(fromByteOffset: $0 * 2, as: UInt16.self))
      }
    }
  }

  static func append(_ floats: [Float], to bytes: inout [UInt8]) {
    let words = floats.map { $0.bitPattern.littleEndian }
    unsafe words.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }

  static func append(_ words: [UInt16], to bytes: inout [UInt8]) {
    let words = words.map(\.littleEndian)
    unsafe words.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }
}
