import ABCNotation

/// Where the repeated strains of a melody begin and end, as they are understood: a repeat that nobody opened begins
/// where a player would go back to (ABC 2.1, 4.8).
struct Strains {
  /// The bars before which `|:` is to be written.
  private(set) var openings: Set<Int> = []
  /// The pickups before a `|:` that stay outside the repeat.
  private(set) var outerPickups: Set<Int> = []

  /// - Parameter barLength: the length of a full bar.
  init(_ measures: [Measure], barLength: Fraction) {
    var start = 0
    var hasEndings = false
    for index in measures.indices {
      let measure = measures[index]
      if Self.opensRepeat(measures, index) {
        start = index
        hasEndings = false
      }
      if measure.ending != nil { hasEndings = true }
      guard let closing = measure.closing else { continue }
      let next = index + 1 < measures.count ? measures[index + 1] : nil
      if closing.repeatsBefore > 0 {
        openings.insert(start)
        // The ending behind it belongs to the same strain.
        if next?.ending == nil {
          start = index + 1
          hasEndings = false
        }
      } else if hasEndings, closing.isDouble, next?.ending == nil {
        start = index + 1
        hasEndings = false
      }
    }
    placePickups(measures, barLength)
  }

  private static func opensRepeat(_ measures: [Measure], _ index: Int) -> Bool {
    if let opening = measures[index].opening, opening.repeatsAfter > 0 { return true }
    return index > 0 && (measures[index - 1].closing?.repeatsAfter ?? 0) > 0
  }

  /// A pickup before `|:` moves behind it where the end of the strain leaves room for it, so that the second time
  /// round each bar is full; else it is played once, and stays.
  private mutating func placePickups(_ measures: [Measure], _ barLength: Fraction) {
    for start in openings.sorted() where start > 0 {
      let pickup = measures[start - 1]
      guard pickup.length < barLength, pickup.closing?.repeatsBefore == 0, pickup.ending == nil,
        start == 1 || measures[start - 2].closing?.isSectionEnd == true, !openings.contains(start - 1)
      else { continue }
      let last = measures[start...].first { ($0.closing?.repeatsBefore ?? 0) > 0 }
      if let last, last.length + pickup.length == barLength {
        openings.remove(start)
        openings.insert(start - 1)
      } else {
        outerPickups.insert(start - 1)
      }
    }
  }
}
