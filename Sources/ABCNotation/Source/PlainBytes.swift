extension [UInt8] {
  /// The first byte beyond ASCII at or behind an index.
  func firstBeyondASCII(from start: Int = 0) -> Int? {
    unsafe withUnsafeBytes { buffer in
      var index = start
      // Eight at a time as long as all of them are plain.
      while index + 8 <= buffer.count {
        let bytes = unsafe buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        let high = UInt64(littleEndian: bytes) & 0x8080_8080_8080_8080
        if high != 0 { return index + high.trailingZeroBitCount / 8 }
        index += 8
      }
      while index < buffer.count {
        if unsafe buffer[index] >= 0x80 { return index }
        index += 1
      }
      return nil
    }
  }
}
