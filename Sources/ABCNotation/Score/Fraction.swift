/// An exact fraction, always in lowest terms with a positive denominator. Lengths and onsets are fractions of a
/// whole note until the very last step, where they become ticks.
public struct Fraction: Hashable, Comparable, Sendable {
  /// The numerator; carries the sign.
  public let numerator: Int
  /// The denominator, at least 1.
  public let denominator: Int

  /// Nothing.
  public static let zero = Fraction(0)

  /// A whole number.
  public init(_ whole: Int) {
    numerator = whole
    denominator = 1
  }

  /// `numerator / denominator`, reduced. The denominator must not be zero.
  @inline(__always)
  public init(_ numerator: Int, _ denominator: Int) {
    // Nearly all of music is halves of halves: there a shift reduces.
    if denominator > 0, denominator & (denominator - 1) == 0 {
      let shift = min(denominator.trailingZeroBitCount, numerator.trailingZeroBitCount)
      self.init(unreduced: numerator >> shift, denominator >> shift)
    } else {
      self.init(reducing: numerator, denominator)
    }
  }

  @inline(__always)
  private init(unreduced numerator: Int, _ denominator: Int) {
    self.numerator = numerator
    self.denominator = denominator
  }

  @inline(never)
  private init(reducing numerator: Int, _ denominator: Int) {
    precondition(denominator != 0, "a fraction needs a denominator")
    let divisor = Fraction.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    let sign = denominator < 0 ? -1 : 1
    self.numerator = sign * (numerator / Int(divisor))
    self.denominator = sign * (denominator / Int(divisor))
  }

  private static func greatestCommonDivisor(_ left: UInt, _ right: UInt) -> UInt {
    var (left, right) = (left, right)
    while right != 0 { (left, right) = (right, left % right) }
    return max(left, 1)
  }

  /// The nearest floating-point number.
  public var value: Double { Double(numerator) / Double(denominator) }

  /// What exact arithmetic on machine integers cannot hold (absurd lengths in broken files) is rounded to a
  /// 5040th of a whole note, and kept within bounds that no music reaches.
  private init(rounding value: Double) {
    let bounded = min(max(value, -1e9), 1e9)
    self.init(Int((bounded * 5040).rounded()), 5040)
  }

  /// Orders by value.
  @inline(__always)
  public static func < (left: Fraction, right: Fraction) -> Bool {
    if left.denominator == right.denominator { return left.numerator < right.numerator }
    return isLess(left, right)
  }

  private static func isLess(_ left: Fraction, _ right: Fraction) -> Bool {
    let (a, overflowA) = left.numerator.multipliedReportingOverflow(by: right.denominator)
    let (b, overflowB) = right.numerator.multipliedReportingOverflow(by: left.denominator)
    return overflowA || overflowB ? left.value < right.value : a < b
  }

  /// The exact sum.
  @inline(__always)
  public static func + (left: Fraction, right: Fraction) -> Fraction {
    // What most music comes to: small numbers over powers of two.
    let small = Int(1) << 20
    if left.denominator & (left.denominator - 1) == 0, right.denominator & (right.denominator - 1) == 0,
      left.denominator < small, right.denominator < small, left.numerator.magnitude < small,
      right.numerator.magnitude < small
    {
      let shift = left.denominator.trailingZeroBitCount &- right.denominator.trailingZeroBitCount
      return shift >= 0
        ? Fraction(left.numerator &+ right.numerator << shift, left.denominator)
        : Fraction(left.numerator << (0 &- shift) &+ right.numerator, right.denominator)
    }
    return sum(left, right)
  }

  @inline(never)
  private static func sum(_ left: Fraction, _ right: Fraction) -> Fraction {
    if left.denominator == right.denominator {
      let (sum, overflow) = left.numerator.addingReportingOverflow(right.numerator)
      return overflow ? Fraction(rounding: left.value + right.value) : Fraction(sum, left.denominator)
    }
    let (a, overflowA) = left.numerator.multipliedReportingOverflow(by: right.denominator)
    let (b, overflowB) = right.numerator.multipliedReportingOverflow(by: left.denominator)
    let (sum, overflowSum) = a.addingReportingOverflow(b)
    let (denominator, overflowD) = left.denominator.multipliedReportingOverflow(by: right.denominator)
    if overflowA || overflowB || overflowSum || overflowD {
      return Fraction(rounding: left.value + right.value)
    }
    return Fraction(sum, denominator)
  }

  /// The exact difference.
  public static func - (left: Fraction, right: Fraction) -> Fraction { left + Fraction(-1) * right }

  /// The exact product.
  public static func * (left: Fraction, right: Fraction) -> Fraction {
    let (numerator, overflowN) = left.numerator.multipliedReportingOverflow(by: right.numerator)
    let (denominator, overflowD) = left.denominator.multipliedReportingOverflow(by: right.denominator)
    return overflowN || overflowD
      ? Fraction(rounding: left.value * right.value) : Fraction(numerator, denominator)
  }

  /// The exact quotient. The divisor must not be zero.
  public static func / (left: Fraction, right: Fraction) -> Fraction {
    precondition(right.numerator != 0, "division by zero")
    return left * Fraction(right.denominator, right.numerator)
  }

  /// Adds in place.
  public static func += (left: inout Fraction, right: Fraction) { left = left + right }
}

extension Fraction: CustomStringConvertible {
  /// `3/8`, or `2` for a whole number.
  public var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }
}
