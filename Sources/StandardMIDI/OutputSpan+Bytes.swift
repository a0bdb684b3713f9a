/// What a MIDI file is written with: numbers with the highest byte first (SMF 1.0, "Chunks"), and runs of bytes.
extension OutputSpan<UInt8> {
  mutating func append(bigEndian value: some FixedWidthInteger) {
    var shift = type(of: value).bitWidth
    while shift > 0 {
      shift -= 8
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  mutating func append(contentsOf bytes: [UInt8]) {
    for byte in bytes { append(byte) }
  }
}
