/// SplitMix64 (Steele, Lea and Flood 2014): the same noise from the same seed on every machine.
struct NoiseSource {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// 64 evenly distributed bits.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number evenly distributed in 0..<1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number evenly distributed in -1..<1.
  mutating func signed() -> Double { 2 * unit() - 1 }
}
