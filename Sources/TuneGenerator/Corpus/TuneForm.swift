import ABCNotation

/// The strains of a tune, and the order in which their bars are played: what a musician calls its form.
///
/// For melodies as they are in tunebooks: one voice, repeats of two passes or with endings, no jumps, no parts.
public struct TuneForm: Sendable, Equatable {
  /// What stands between two signs that end a section.
  public struct Strain: Sendable, Equatable {
    /// The bars of the voice that belong to it, endings included.
    public let measures: Range<Int>
    /// Whether `:|` repeats it.
    public let isRepeated: Bool
    /// The bars as they are played, repeats unfolded.
    public let played: [Int]
    /// The bars of one pass through it, the first.
    public let firstPass: [Int]
  }

  /// The strains in their order.
  public let strains: [Strain]

  /// The bars in the order in which they are played.
  public var played: [Int] { strains.flatMap(\.played) }

  /// Nil where there is no simple form: several voices, parts, jumps, rests over several bars, more than two colons,
  /// an ending that is missing, a repeat that is opened and not closed or closed and not opened (but for the first).
  public init?(_ score: Score) {
    guard score.voices.count == 1, score.partOrder == nil else { return nil }
    let measures = score.voices[0].measures
    var strains: [Strain] = []
    var start = 0
    for (index, measure) in measures.enumerated() {
      guard measure.count == 1, measure.part == nil, measure.closingDecorations.isEmpty,
        (measure.closing?.repeatsBefore ?? 0) <= 1
      else { return nil }
      let isLast = index + 1 == measures.count
      let endsHere = measure.closing?.isSectionEnd == true && !(!isLast && measures[index + 1].ending != nil)
      guard endsHere || isLast else { continue }
      guard let strain = Strain(measures, start..<index + 1),
        strain.isOpened(measures) == strain.isRepeated || start == 0 && strain.isRepeated
      else { return nil }
      strains.append(strain)
      start = index + 1
    }
    self.strains = strains
  }

  /// Whether every bar is full as it is played: one that is shorter comes first, comes last, or stands where the one
  /// before it lacks just that much, also on the way back to the start of a repeat. An ending begins with a bar.
  public func addsUp(_ measures: [Measure]) -> Bool {
    var missing = Fraction.zero
    for (place, index) in played.enumerated() {
      let measure = measures[index]
      guard let full = measure.expectedLength, measure.length <= full else { return false }
      let leadsToEnding =
        index + 1 < measures.count && measures[index + 1].ending != nil && measure.ending == nil
      if leadsToEnding, measure.closing?.repeatsBefore == 0, measure.length < full { return false }
      if missing > .zero {
        guard measure.length == missing else { return false }
        missing = .zero
      } else if place > 0 {
        missing = full - measure.length
      }
    }
    return true
  }
}

extension TuneForm.Strain {
  fileprivate func isOpened(_ all: [Measure]) -> Bool {
    let first = measures.lowerBound
    return (all[first].opening?.repeatsAfter ?? 0) > 0
      || first > 0 && (all[first - 1].closing?.repeatsAfter ?? 0) > 0
  }

  /// The strain of a range of bars; nil where its endings do not lead through it.
  fileprivate init?(_ measures: [Measure], _ range: Range<Int>) {
    self.measures = range
    isRepeated = range.contains { (measures[$0].closing?.repeatsBefore ?? 0) > 0 }
    let endingStarts = range.filter { measures[$0].ending != nil }
    let body = Array(range.lowerBound..<(endingStarts.first ?? range.upperBound))
    guard !endingStarts.isEmpty else {
      firstPass = body
      played = isRepeated ? body + body : body
      return
    }
    guard isRepeated else { return nil }
    let ends = endingStarts.dropFirst() + [range.upperBound]
    let endings = zip(endingStarts, ends).map {
      (passes: measures[$0].ending ?? PassSet(), bars: Array($0..<$1))
    }
    let last = endings.compactMap(\.passes.max).max() ?? 0
    guard (2...4).contains(last) else { return nil }
    var played: [Int] = []
    var firstPass: [Int] = []
    for pass in 1...last {
      guard let ending = endings.first(where: { $0.passes.contains(pass) }) else { return nil }
      played += body + ending.bars
      if pass == 1 { firstPass = played }
    }
    self.played = played
    self.firstPass = firstPass
  }
}
