/// Elementary functions from additions, multiplications and divisions only, in a fixed order.
///
/// The C library's versions differ in the last bit between machines, and one such bit can flip the rounding of a
/// 16-bit frame; these give the same bits everywhere. Relative errors are below 1e-12.
enum PortableMath {
  /// sin(2π·`turns`).
  static func sine(turns: Double) -> Double {
    var reduced = turns - turns.rounded()
    if reduced > 0.25 { reduced = 0.5 - reduced } else if reduced < -0.25 { reduced = -0.5 - reduced }
    let angle = reduced * 6.283_185_307_179_586
    let square = angle * angle
    var sum = 1.0
    for index in stride(from: 9.0, through: 1.0, by: -1.0) {
      sum = 1 - sum * square / (2 * index * (2 * index + 1))
    }
    return angle * sum
  }

  /// 2 to the power `exponent`, zero below 2^-1000.
  static func exp2(_ exponent: Double) -> Double {
    let whole = exponent.rounded()
    guard whole > -1000 else { return 0 }
    precondition(whole < 1000, "exponent out of range")
    let part = (exponent - whole) * 0.693_147_180_559_945_3
    var sum = 1.0
    for index in stride(from: 11.0, through: 1.0, by: -1.0) { sum = 1 + sum * part / index }
    return sum * Double(bitPattern: UInt64(1023 + Int(whole)) << 52)
  }

  /// e to the power `exponent`.
  static func exp(_ exponent: Double) -> Double { exp2(exponent * 1.442_695_040_888_963_4) }

  /// `base` to the power `exponent`, for a positive base.
  static func power(_ base: Double, _ exponent: Double) -> Double { exp2(exponent * log2(base)) }

  /// Logarithm to base 2 of a positive number.
  static func log2(_ value: Double) -> Double {
    precondition(value > 0 && value.isFinite, "logarithm of a number that is not positive")
    var whole = Double(value.exponent)
    var mantissa = value.significand
    if mantissa > 1.5 {
      mantissa /= 2
      whole += 1
    }
    // ln m = 2 artanh((m - 1) / (m + 1)), with the argument within ±1/5.
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    var sum = 0.0
    for index in stride(from: 27.0, through: 1.0, by: -2.0) { sum = sum * square + 1 / index }
    return whole + 2 * ratio * sum * 1.442_695_040_888_963_4
  }

  /// The amplitude factor of a level in decibels.
  static func amplitude(decibels: Double) -> Double { exp2(decibels * 0.166_096_404_744_368_1) }

  /// Frequency in hertz of a MIDI key in equal temperament at A4 = 440 Hz.
  static func frequency(key: Int) -> Double { 440 * exp2(Double(key - 69) / 12) }
}
