import ABCNotation

/// Goes through the bars of a section as a player does: back at repeat signs, past the endings of other passes,
/// to the signs that D.C. and D.S. name.
///
/// A `:|` goes back to the latest repeat start; without one to the latest `:|`, to the double bar behind a last
/// ending, or to the start (4.8). On the way back from D.C. or D.S. nothing is repeated, and of endings the last
/// is played, as musicians do.
struct MeasurePlayer {
  private(set) var order: [PlayedMeasure] = []
  /// The notes and rests of ``order``.
  private(set) var eventCount = 0
  /// The notes and rests of all bars as written.
  let writtenCount: Int
  private let measures: [Measure]
  private let signs: [BarSigns]
  private let range: Range<Int>
  private let marks: NavigationMarks?

  /// The first bar of what is repeated now.
  private var start: Int
  private var pass = 1
  private var total = 1
  private var inEnding = false
  private var index: Int
  /// Where in the bar to begin, behind a jump.
  private var entry: Fraction?
  private var isReturning = false
  private var taken: Set<NavigationMarks.Place> = []
  /// The pass to which all is held, if only one is to be played.
  private var onlyPass: Int?

  init(_ measures: [Measure], in range: Range<Int>, marks: NavigationMarks?) {
    self.measures = measures
    self.range = range
    self.marks = marks
    start = range.lowerBound
    index = range.lowerBound
    writtenCount = measures.last?.events.upperBound ?? 0
    signs = measures.indices.map { BarSigns(measures[$0]) }
    order.reserveCapacity(2 * range.count)
  }

  /// Plays to the end.
  ///
  /// - Parameter onlyPass: the one pass to play, without any repeats.
  /// - Throws: ``ConversionError/tooLong(bars:)`` past ``Unfolding/limit``.
  mutating func play(onlyPass: Int? = nil) throws(ConversionError) {
    self.onlyPass = onlyPass
    while index < range.upperBound {
      if marks == nil, signs[index].isPlain {
        try append(PlayedMeasure(index))
        index += 1
        continue
      }
      if index != start, signs[index].opensRepeat { beginSection(at: index) }
      if let ending = measures[index].ending, !enter(ending) { continue }
      if try playMeasure() { return }
    }
  }

  private mutating func beginSection(at index: Int) {
    start = index
    pass = 1
    total = 1
    inEnding = false
  }

  /// Comes to a variant ending. False if it is not for this pass: then ``index`` is where to go on.
  private mutating func enter(_ ending: PassSet) -> Bool {
    let endings = endings(from: index)
    total = max(total, endings.passes)
    if let onlyPass {
      pass = onlyPass
    } else if isReturning, !inEnding {
      pass = endings.passes
    }
    if inEnding, !ending.contains(pass), pass < total, onlyPass == nil {
      // The ending before it should have closed with `:|`; another ending says as much.
      pass += 1
      inEnding = false
      index = start
      return false
    }
    inEnding = true
    guard !ending.contains(pass) else { return true }
    if let next = endings.starts.first(where: { measures[$0].ending?.contains(pass) == true && $0 > index }) {
      index = next
    } else {
      // No ending is left for this pass: go on behind the last of them.
      index = endings.end
      beginSection(at: index)
    }
    return false
  }

  /// Plays the bar at ``index`` and finds the next. True if the tune ends with it.
  private mutating func playMeasure() throws(ConversionError) -> Bool {
    let closing = signs[index]
    let repeats = Int(closing.repeatsBefore)
    let sectionPasses = repeats > 0 ? max(inEnding ? total : 1, repeats + 1) : 1
    let goesBack = repeats > 0 && pass < sectionPasses && !isReturning && onlyPass == nil
    if let marks,
      let (place, departure) = marks.departure(
        in: index, from: entry, isReturning: isReturning, taken: taken),
      !goesBack
    {
      try append(PlayedMeasure(index, from: entry, to: place.onset))
      entry = nil
      return depart(departure, from: place, marks)
    }
    try append(PlayedMeasure(index, from: entry, to: nil))
    entry = nil
    index += 1
    guard closing.isClosed else { return false }
    if repeats > 0 {
      if goesBack {
        total = sectionPasses
        pass += 1
        inEnding = false
        index = start
      } else {
        beginSection(at: index)
      }
    } else if inEnding, closing.closesWithDoubleBar, index >= range.upperBound || !signs[index].startsEnding {
      beginSection(at: index)
    }
    return false
  }

  /// Leaves for somewhere else. True if the tune ends here.
  private mutating func depart(
    _ departure: NavigationMarks.Departure, from place: NavigationMarks.Place, _ marks: NavigationMarks
  ) -> Bool {
    taken.insert(place)
    switch departure {
    case .fine: return true
    case .daCapo:
      isReturning = true
      index = range.lowerBound
    case .dalSegno, .toCoda:
      if departure == .dalSegno { isReturning = true }
      guard let target = departure == .dalSegno ? marks.segno : marks.coda else { return false }
      index = target.measure
      entry = target.onset == .zero ? nil : target.onset
    }
    beginSection(at: index)
    return false
  }

  private mutating func append(_ measure: PlayedMeasure) throws(ConversionError) {
    order.append(measure)
    eventCount += Int(signs[measure.index].eventCount)
    if order.count > Unfolding.limit || eventCount > Unfolding.eventLimit + writtenCount {
      throw .tooLong(bars: Unfolding.limit)
    }
  }

  /// The endings that follow each other from the first one of the section under way: where each starts, how many
  /// passes they ask for, and where the music goes on behind them.
  private func endings(from index: Int) -> (starts: [Int], passes: Int, end: Int) {
    var starts: [Int] = []
    var seen = PassSet()
    var end = range.upperBound
    var position = start
    while position < range.upperBound {
      if signs[position].startsEnding, let ending = measures[position].ending {
        if !seen.isDisjoint(with: ending) {
          end = position
          break
        }
        seen.formUnion(ending)
        starts.append(position)
      } else if !starts.isEmpty, signs[position].startsSection {
        // Behind a repeat sign or double bar only another ending goes on with the group.
        end = position
        break
      }
      position += 1
    }
    return (starts, seen.max ?? 1, end)
  }
}
