import ABCNotation

/// A bar in the order of play.
public struct PlayedMeasure: Hashable, Sendable {
  /// Which bar of the voice.
  public let index: Int
  /// Where in the bar it begins; nil for its start. A jump to a sign may lead into the middle of a bar.
  public var start: Fraction?
  /// Where in the bar it ends; nil for its end. A jump may leave a bar before its end, and so may `fine`.
  public var end: Fraction?

  /// A bar from its start to its end.
  public init(_ index: Int) {
    self.index = index
  }

  /// A bar from somewhere to somewhere.
  init(_ index: Int, from start: Fraction?, to end: Fraction?) {
    self.index = index
    self.start = start
    self.end = end
  }
}
