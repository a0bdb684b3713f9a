import ABCNotation

/// The tempo all along a tune: what `Q:` says, slowed down where something is held.
///
/// A fermata is a matter of tempo, so that all voices hold it together and no bar changes its length.
struct TempoMap {
  private let start: Fraction
  private var changes: [(onset: Fraction, rate: Fraction)] = []
  /// The fermatas of all voices.
  var holds: [Hold] = []

  /// - Parameter start: quarter notes a minute at the start.
  init(start: Fraction) {
    self.start = start
  }

  /// A tempo from a time on, in whole notes; times must not go back.
  mutating func add(_ tempo: ABCNotation.Tempo, at onset: Fraction) {
    guard let rate = tempo.quartersPerMinute ?? tempo.text.flatMap(DefaultTempo.rate(ofWord:)) else { return }
    changes.append((onset, rate))
  }

  /// Quarter notes a minute, from each onset on.
  var rates: [(onset: Fraction, rate: Fraction)] {
    let written = changes.first?.onset == .zero ? changes : [(.zero, start)] + changes
    guard !holds.isEmpty else { return written }
    let times = Set(
      written.map(\.onset) + holds.map(\.onset) + holds.map { $0.onset + $0.duration }
    ).sorted()
    var rates: [(onset: Fraction, rate: Fraction)] = []
    var index = 0
    var waiting = holds.sorted { $0.onset < $1.onset }[...]
    var active: [Hold] = []
    for time in times {
      while index + 1 < written.count, written[index + 1].onset <= time { index += 1 }
      while let hold = waiting.first, hold.onset <= time { active.append(waiting.removeFirst()); _ = hold }
      active.removeAll { $0.onset + $0.duration <= time }
      let rate = written[index].rate / (active.map(\.factor).max() ?? Fraction(1))
      if rates.last?.rate != rate { rates.append((time, rate)) }
    }
    return rates
  }
}
