/// Something in a tune that cannot be played as it asks, and is passed over.
public struct ConversionProblem: Hashable, Sendable {
  /// The bytes that ask for it.
  public let range: Range<Int>
  /// A sentence for a musician.
  public let message: String
}
