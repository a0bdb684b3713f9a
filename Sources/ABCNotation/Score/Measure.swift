/// What stands between two bar signs.
public struct Measure: Sendable {
  /// The bytes from its first sign to its last.
  public internal(set) var range: Range<Int>
  /// The bar sign at its left; nil at the start of a tune or where an ending starts without one.
  public internal(set) var opening: BarLine?
  /// The bar sign at its right; nil at the end of a tune or where an ending starts without one.
  public internal(set) var closing: BarLine?
  /// The passes on which it is played, if it starts a variant ending.
  public internal(set) var ending: PassSet?
  /// Where the ending's sign stands.
  public internal(set) var endingRange: Range<Int>?
  /// The label, if a `P:` field stands before it.
  public internal(set) var part: Character?
  /// The meter in force.
  public internal(set) var meter: Meter
  /// The key in force at its start.
  public internal(set) var key: Key
  /// The indices of its notes, chords and rests among the events of its voice.
  public internal(set) var events = 0..<0
  /// The same of overlays (`&`) that were written behind a later bar sign.
  public internal(set) var overlays: [Range<Int>] = []
  /// What changes in it.
  public internal(set) var changes: [ScoreChange] = []
  /// The decorations that stand at its right bar sign, such as `D.C.` and `fine`.
  public internal(set) var closingDecorations: [String] = []
  /// The length of what is written in it, in whole notes; of an overlay, the longest layer.
  public internal(set) var length: Fraction = .zero
  /// How many bars it stands for: more than 1 only for a rest over several bars.
  public internal(set) var count = 1
  /// What its length is to its meter.
  public internal(set) var fill = Fill.complete

  /// Begins a new bar in place of this one.
  mutating func restart(at offset: Int, meter: Meter, key: Key, firstEvent: Int) {
    range = offset..<offset
    opening = nil
    closing = nil
    if ending != nil {
      ending = nil
      endingRange = nil
    }
    if part != nil { part = nil }
    self.meter = meter
    self.key = key
    events = firstEvent..<firstEvent
    if !overlays.isEmpty { overlays = [] }
    if !changes.isEmpty { changes = [] }
    if !closingDecorations.isEmpty { closingDecorations = [] }
    length = .zero
    count = 1
    fill = .complete
  }

  /// What the length of a bar is to its meter.
  public enum Fill: Hashable, Sendable {
    /// As long as the meter asks for, or in free meter.
    case complete
    /// The start of a section, shorter than a bar.
    case pickup
    /// The end of a section, shorter than a bar, as it should be before a pickup or a repeat.
    case cut
    /// Too short by this much.
    case short(Fraction)
    /// Too long by this much.
    case long(Fraction)
  }

  /// The length that the meter asks for, in whole notes; nil for free meter.
  public var expectedLength: Fraction? { meter.barLength.map { $0 * Fraction(count) } }
}
