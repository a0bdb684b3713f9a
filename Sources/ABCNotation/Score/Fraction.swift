/// An exact fraction, always in lowest terms with a positive denominator. Lengths and onsets are fractions of a
/// whole note until the very last step, where they become ticks.
///
/// Numerator and denominator stay below 2³¹. What does not fit (absurd lengths in broken files) is rounded to a
/// 5040th of a whole note, or further where even that is too much.
public struct Fraction: Hashable, Comparable, Sendable {
  @usableFromInline let top: Int32
  @usableFromInline let bottom: Int32

  /// The numerator; carries the sign.
  @inlinable @inline(__always)
  public var numerator: Int { Int(top) }

  /// The denominator, at least 1.
  @inlinable @inline(__always)
  public var denominator: Int { Int(bottom) }

  /// Nothing.
  @inlinable @inline(__always)
  public static var zero: Fraction { Fraction(0) }

  /// A whole number.
  @inlinable @inline(__always)
  public init(_ whole: Int) {
    top = Int32(clamping: whole)
    bottom = 1
  }

  /// `numerator / denominator`, reduced. The denominator must not be zero.
  @inlinable @inline(__always)
  public init(_ numerator: Int, _ denominator: Int) {
    // Nearly all of music is halves of halves: there a shift reduces.
    if denominator > 0, denominator & (denominator - 1) == 0 {
      let shift = min(denominator.trailingZeroBitCount, numerator.trailingZeroBitCount)
      self.init(reduced: numerator >> shift, denominator >> shift)
    } else {
      self.init(reducing: numerator, denominator)
    }
  }

  @inlinable @inline(__always)
  init(reduced numerator: Int, _ denominator: Int) {
    if Int(Int32(truncatingIfNeeded: numerator)) == numerator,
      Int(Int32(truncatingIfNeeded: denominator)) == denominator
    {
      top = Int32(truncatingIfNeeded: numerator)
      bottom = Int32(truncatingIfNeeded: denominator)
    } else {
      self = Fraction.rounded(Double(numerator) / Double(denominator))
    }
  }

  @usableFromInline @inline(never)
  init(reducing numerator: Int, _ denominator: Int) {
    precondition(denominator != 0, "a fraction needs a denominator")
    // Twos go by a shift. What is left below a triplet is 3, for which no division is needed.
    let shift = min(denominator.trailingZeroBitCount, numerator.trailingZeroBitCount)
    let (top, bottom) = (numerator >> shift, denominator >> shift)
    let odd = bottom >> bottom.trailingZeroBitCount
    if odd == 3 {
      let isThree = top % 3 == 0
      self.init(reduced: isThree ? top / 3 : top, isThree ? bottom / 3 : bottom)
      return
    }
    let divisor = Int(Fraction.greatestCommonDivisor(top.magnitude, bottom.magnitude))
    let sign = denominator < 0 ? -1 : 1
    self.init(reduced: sign * (top / divisor), sign * (bottom / divisor))
  }

  private static func greatestCommonDivisor(_ left: UInt, _ right: UInt) -> UInt {
    var (left, right) = (left, right)
    while right != 0 { (left, right) = (right, left % right) }
    return max(left, 1)
  }

  @usableFromInline @inline(never)
  static func rounded(_ value: Double) -> Fraction {
    for denominator in [5040.0, 16, 1] where abs(value) * denominator < Double(Int32.max) {
      return Fraction(Int((value * denominator).rounded()), Int(denominator))
    }
    return Fraction(value < 0 ? Int(Int32.min) + 1 : Int(Int32.max))
  }

  /// The nearest floating-point number.
  public var value: Double { Double(top) / Double(bottom) }

  // Products of two 32-bit numbers, and sums of two such products, fit into 64 bits.

  /// Orders by value.
  @inlinable @inline(__always)
  public static func < (left: Fraction, right: Fraction) -> Bool {
    left.numerator &* right.denominator < right.numerator &* left.denominator
  }

  /// The exact sum.
  @inlinable @inline(__always)
  public static func + (left: Fraction, right: Fraction) -> Fraction {
    if left.bottom == right.bottom { return Fraction(left.numerator &+ right.numerator, left.denominator) }
    return Fraction(
      left.numerator &* right.denominator &+ right.numerator &* left.denominator,
      left.denominator &* right.denominator)
  }

  /// The exact difference.
  @inlinable @inline(__always)
  public static func - (left: Fraction, right: Fraction) -> Fraction {
    Fraction(
      left.numerator &* right.denominator &- right.numerator &* left.denominator,
      left.denominator &* right.denominator)
  }

  /// The exact product.
  @inlinable @inline(__always)
  public static func * (left: Fraction, right: Fraction) -> Fraction {
    Fraction(left.numerator &* right.numerator, left.denominator &* right.denominator)
  }

  /// The exact quotient. The divisor must not be zero.
  @inlinable
  public static func / (left: Fraction, right: Fraction) -> Fraction {
    precondition(right.top != 0, "division by zero")
    return Fraction(left.numerator &* right.denominator, left.denominator &* right.numerator)
  }

  /// Adds in place.
  @inlinable @inline(__always)
  public static func += (left: inout Fraction, right: Fraction) { left = left + right }
}

extension Fraction: CustomStringConvertible {
  /// `3/8`, or `2` for a whole number.
  public var description: String { bottom == 1 ? "\(top)" : "\(top)/\(bottom)" }
}
