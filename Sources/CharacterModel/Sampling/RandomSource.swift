import Glibc

/// A seeded generator of random numbers: xoshiro256** (Blackman and Vigna 2018), seeded by SplitMix64.
/// The same seed gives the same numbers on every machine; its state can be saved.
public struct RandomSource: RandomNumberGenerator, Sendable, Equatable {
  /// The four words of the state, never all 0.
  public private(set) var state: [UInt64]

  /// A generator for `seed`.
  public init(seed: UInt64) {
    var mixed = seed
    state = (0..<4).map { _ in
      mixed &+= 0x9E37_79B9_7F4A_7C15
      var word = mixed
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return word ^ (word >> 31)
    }
  }

  /// A generator in a saved state; nil unless that is four words, not all 0.
  public init?(state: [UInt64]) {
    guard state.count == 4, state.contains(where: { $0 != 0 }) else { return nil }
    self.state = state
  }

  /// 64 random bits.
  public mutating func next() -> UInt64 {
    func rotateLeft(_ word: UInt64, _ bits: UInt64) -> UInt64 { (word << bits) | (word >> (64 - bits)) }
    let result = rotateLeft(state[1] &* 5, 7) &* 9
    let shifted = state[1] << 17
    state[2] ^= state[0]
    state[3] ^= state[1]
    state[1] ^= state[2]
    state[0] ^= state[3]
    state[2] ^= shifted
    state[3] = rotateLeft(state[3], 45)
    return result
  }

  /// Uniform in 0..<1, a multiple of 2^-53.
  public mutating func nextUnit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Uniform in 0..<limit, without bias; `limit` is at least 1.
  public mutating func nextIndex(below limit: Int) -> Int {
    precondition(limit >= 1)
    let range = UInt64(limit)
    // Lemire 2019: the high word of a product, rejecting the few values that would make it uneven.
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// Normal with mean 0 and variance 1 (Box and Muller 1958).
  public mutating func nextNormal() -> Double {
    let radius = (-2 * log(1 - nextUnit())).squareRoot()
    return radius * cos(2 * Double.pi * nextUnit())
  }

  /// The numbers 0..<count in random order (Fisher and Yates).
  public mutating func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for index in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(index, nextIndex(below: index + 1))
    }
    return order
  }
}
