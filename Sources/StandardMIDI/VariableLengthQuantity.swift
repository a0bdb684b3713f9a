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

extension [UInt8] {
  /// Appends the shortest form.
  mutating func appendQuantity(_ quantity: DeltaTime) {
    let value = quantity.rawValue
    var shift: UInt32 = value < 1 << 7 ? 0 : value < 1 << 14 ? 7 : value < 1 << 21 ? 14 : 21
    while shift > 0 {
      append(UInt8(truncatingIfNeeded: value >> shift) | 0x80)
      shift -= 7
    }
    append(UInt8(truncatingIfNeeded: value) & 0x7F)
  }

  mutating func append(bigEndian value: some FixedWidthInteger) {
    for shift in stride(from: type(of: value).bitWidth - 8, through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}
