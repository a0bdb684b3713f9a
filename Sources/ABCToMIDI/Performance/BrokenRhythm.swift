import ABCNotation

/// When an event sounds, in whole notes from the start of its bar.
struct EventTime: Hashable, Sendable {
  var start: Fraction
  var end: Fraction
}

/// The events of a bar in one layer, where `>` and `<` share the time of their notes otherwise than is standard.
struct BrokenRhythm {
  private let events: ArraySlice<ScoreEvent>

  init(_ events: ArraySlice<ScoreEvent>) {
    self.events = events
  }

  /// The time of an event.
  ///
  /// - Parameter brokenShare: the share of the longer note; nil for that of the standard.
  func time(of index: Int, _ written: EventTime, brokenShare: Fraction?) -> EventTime {
    guard let brokenShare else { return written }
    var time = written
    if abs(events[index].brokenRhythm) == 1, let before = previous(index) {
      time.start = pivot(before, index, brokenShare)
    }
    if let next = next(index), abs(events[next].brokenRhythm) == 1 {
      time.end = pivot(index, next, brokenShare)
    }
    return time
  }

  /// Where the second note of a pair starts.
  private func pivot(_ first: Int, _ second: Int, _ share: Fraction) -> Fraction {
    let start = events[first].onset
    let whole = events[second].onset + events[second].duration - start
    let isLongFirst = events[second].brokenRhythm > 0
    return start + whole * (isLongFirst ? share : Fraction(1) - share)
  }

  private func previous(_ index: Int) -> Int? {
    events.indices.prefix(while: { $0 < index }).last { events[$0].kind != .spacer }
  }

  private func next(_ index: Int) -> Int? {
    events.indices.drop { $0 <= index }.first { events[$0].kind != .spacer }
  }
}
