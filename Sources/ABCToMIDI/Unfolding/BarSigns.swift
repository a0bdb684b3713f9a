import ABCNotation

/// What of a bar bears on the order of play, in a few bytes: players look at the bars of a tune many times.
struct BarSigns: Sendable {
  /// Whether a sign stands at its right.
  let isClosed: Bool
  /// How often the sign at its right repeats what precedes.
  let repeatsBefore: Int8
  /// Whether the sign at its left opens a repeat.
  let opensRepeat: Bool
  /// Whether a section ends with the sign at its left, and whether the one at its right is a double bar.
  let startsSection: Bool
  let closesWithDoubleBar: Bool
  let startsEnding: Bool
  /// The number of its notes and rests.
  let eventCount: Int32

  init(_ measure: borrowing Measure) {
    isClosed = measure.closing != nil
    repeatsBefore = Int8(clamping: measure.closing?.repeatsBefore ?? 0)
    opensRepeat = (measure.opening?.repeatsAfter ?? 0) > 0
    startsSection = measure.opening?.isSectionEnd ?? false
    closesWithDoubleBar = measure.closing?.isDouble ?? false
    startsEnding = measure.ending != nil
    eventCount = Int32(clamping: measure.events.count)
  }

  /// Whether the player goes on to the next bar whatever it has played so far.
  var isPlain: Bool { repeatsBefore == 0 && !opensRepeat && !startsEnding && !closesWithDoubleBar }
}
