/// Seven bits a byte, the highest first, bit 7 set in all but the last (SMF 1.0, "Conventions").
extension ByteReader {
  mutating func readQuantity() throws(MIDIFileError) -> DeltaTime {
    let start = position
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = try readByte()
      value = value << 7 | UInt32(byte & 0x7F)
      if byte < 0x80 { return DeltaTime(value) }
    }
    throw .quantityTooLong(offset: start)
  }
}

extension DeltaTime {
  /// The number of bytes of the shortest form, 1...4.
  var encodedLength: Int {
    rawValue < 1 << 7 ? 1 : rawValue < 1 << 14 ? 2 : rawValue < 1 << 21 ? 3 : 4
  }
}

extension OutputSpan<UInt8> {
  /// Appends the shortest form.
  mutating func append(quantity: DeltaTime) {
    append(quantity: quantity.rawValue)
  }

  /// Appends the shortest form of a number that a delta time can say.
  @inline(__always)
  mutating func append(quantity value: UInt32) {
    if value >= 1 << 7 {
      if value >= 1 << 14 {
        if value >= 1 << 21 { append(UInt8(truncatingIfNeeded: value >> 21) | 0x80) }
        append(UInt8(truncatingIfNeeded: value >> 14) | 0x80)
      }
      append(UInt8(truncatingIfNeeded: value >> 7) | 0x80)
    }
    append(UInt8(truncatingIfNeeded: value) & 0x7F)
  }
}
