/// An unsigned integer with an upper bound narrower than its storage, such as MIDI's 7-bit data byte.
///
/// Values out of range cannot exist, so encoding never has to check or mask them. Everything here may be inlined:
/// called across modules as generic code, these few comparisons would cost a thousand instructions.
public protocol BoundedInteger: RawRepresentable, Comparable, Hashable, Sendable,
  ExpressibleByIntegerLiteral, CustomStringConvertible
where RawValue: FixedWidthInteger & UnsignedInteger & Sendable {
  /// The largest value.
  static var maximum: RawValue { get }
}

extension BoundedInteger {
  /// The value, which must lie in `0...maximum`; anything else is the caller's error.
  @inlinable
  public init(_ value: some BinaryInteger) {
    guard let exact = Self(exactly: value) else {
      preconditionFailure("\(value) is outside 0...\(Self.maximum), the range of \(Self.self)")
    }
    self = exact
  }

  /// The value, or nil where it lies outside `0...maximum`.
  @inlinable
  public init?(exactly value: some BinaryInteger) {
    guard let raw = RawValue(exactly: value) else { return nil }
    self.init(rawValue: raw)
  }

  /// The value in `0...maximum` nearest to `value`.
  @inlinable
  public init(clamping value: some BinaryInteger) {
    self.init(min(RawValue(clamping: value), Self.maximum))
  }

  /// A literal in `0...maximum`.
  @inlinable
  public init(integerLiteral value: UInt32) {
    self.init(value)
  }

  /// Orders by value.
  @inlinable
  public static func < (left: Self, right: Self) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The value in decimal.
  @inlinable
  public var description: String {
    String(rawValue)
  }
}
