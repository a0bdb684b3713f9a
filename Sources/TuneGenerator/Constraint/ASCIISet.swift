/// A set of ASCII characters: looking one up takes a shift.
struct ASCIISet: Sendable {
  private let low: UInt64
  private let high: UInt64

  /// The characters of a text; others than ASCII are left out.
  init(_ characters: String) {
    var (low, high) = (UInt64(0), UInt64(0))
    for byte in characters.utf8 {
      if byte < 64 { low |= 1 << UInt64(byte) } else if byte < 128 { high |= 1 << UInt64(byte - 64) }
    }
    (self.low, self.high) = (low, high)
  }

  @inline(__always)
  func contains(_ character: Unicode.Scalar) -> Bool {
    let value = UInt64(character.value)
    return value < 64 ? low >> value & 1 == 1 : value < 128 && high >> (value - 64) & 1 == 1
  }
}
