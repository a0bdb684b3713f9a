extension RecurrentModel {
  /// Sixteen hexadecimal digits that tell models apart: FNV-1a, 64 bits, over the characters and the parameters. Not a
  /// protection against somebody who wants two models to look alike.
  public var fingerprint: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func take(_ word: UInt64) { hash = (hash ^ word) &* 0x0000_0100_0000_01b3 }
    for entry in vocabulary.entries {
      for byte in entry.utf8 { take(UInt64(byte)) }
      take(0)
    }
    for tensor in layout.tensors {
      for value in tensor.values(in: parameters) { take(UInt64(value.bitPattern)) }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
