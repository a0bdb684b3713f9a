import ABCNotation

/// A bar as the ear has it.
struct BarSpan {
  /// When it starts, in whole notes.
  var onset: Fraction
  /// When it ends, in whole notes.
  var end: Fraction
  /// Its meter.
  var meter: Meter
  /// How many bars it stands for: 0 for the pickup of the tune, more than 1 for a rest over several bars.
  var count: Int
}

/// The bars of a plan as the ear has them: a short bar before a repeat sign and the pickup behind it are one bar,
/// so that the accompaniment goes on through the repeat. The lengths tell them: pieces that come to exactly a bar.
/// abc2midi goes by the signs, and starts its pattern anew with a pickup behind `||` and a field.
struct BarSpans: Sequence, IteratorProtocol {
  private let bars: [AccompanimentPlan.Bar]
  private var index = 0
  private var isAtStart = true

  init(_ bars: [AccompanimentPlan.Bar]) {
    self.bars = bars
  }

  mutating func next() -> BarSpan? {
    while index < bars.count, bars[index].length <= .zero { index += 1 }
    guard index < bars.count else { return nil }
    let bar = bars[index]
    var span = BarSpan(onset: bar.onset, end: bar.onset + bar.length, meter: bar.meter, count: 1)
    let wasAtStart = isAtStart
    isAtStart = false
    index += 1
    guard let full = bar.meter.barLength else { return span }
    if bar.length < full {
      if wasAtStart { span.count = 0 } else { complete(&span, to: full) }
    } else {
      let ratio = bar.length / full
      if ratio.denominator == 1 { span.count = ratio.numerator }
    }
    return span
  }

  /// More pieces than this of one bar nobody writes. Bounds the search.
  private static let mostPieces = 4

  /// Adds the pieces that follow to a short bar if they come to exactly a bar.
  private mutating func complete(_ span: inout BarSpan, to full: Fraction) {
    var end = span.end
    for next in bars.indices[index...].prefix(Self.mostPieces - 1) {
      let bar = bars[next]
      guard bar.meter == span.meter, bar.onset == end else { return }
      end += bar.length
      let length = end - span.onset
      guard length <= full else { return }
      if length == full {
        span.end = end
        index = next + 1
        return
      }
    }
  }
}
