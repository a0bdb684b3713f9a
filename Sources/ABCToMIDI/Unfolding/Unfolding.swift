import ABCNotation

/// The order in which the bars of a voice are played: repeats, variant endings, parts, D.C. and D.S. written out.
public enum Unfolding {
  /// The most bars that a voice may come to.
  public static let limit = 20_000
  /// The most notes and rests that repeats and parts may add to what is written.
  static let eventLimit = 1_000_000

  /// The bars of each voice of a score in the order of play.
  ///
  /// A voice without any repeat sign, ending or part of its own, or without D.C., D.S. and the like, follows the
  /// first voice of as many bars that has them: editors often write such signs once.
  ///
  /// - Throws: ``ConversionError/tooLong(bars:)`` past ``limit``, ``ConversionError/tooManyParts``.
  public static func orders(of score: Score) throws(ConversionError) -> [[PlayedMeasure]] {
    if score.hasEndlessPartOrder { throw .tooManyParts }
    var orders: [[PlayedMeasure]] = []
    let marks = score.voices.indices.map { NavigationMarks(score.voices[$0]) }
    for index in score.voices.indices {
      var measures = score.voices[index].measures
      var navigation = marks[index]
      if score.voices.count > 1 {
        let companions = score.voices.indices.filter {
          score.voices[$0].measures.count == measures.count
        }
        if navigation == nil, let donor = companions.first(where: { marks[$0] != nil }) {
          navigation = marks[donor]
        }
        if !measures.contains(where: \.hasStructure),
          let donor = companions.first(where: { score.voices[$0].measures.contains(where: \.hasStructure) })
        {
          measures = score.voices[donor].measures
        }
      }
      orders.append(try order(of: measures, marks: navigation, partOrder: score.partOrder))
    }
    return orders
  }

  /// The bars of one voice in the order of play.
  ///
  /// - Parameters:
  ///   - measures: the bars of one voice as written.
  ///   - marks: its signs of D.C. and the like; they do not count where `P:` gives the order.
  ///   - partOrder: the order that a `P:` field in the header gives, if it does.
  /// - Throws: ``ConversionError/tooLong(bars:)`` past ``limit``.
  static func order(
    of measures: [Measure], marks: NavigationMarks?, partOrder: [Character]?
  ) throws(ConversionError) -> [PlayedMeasure] {
    guard let partOrder, measures.contains(where: { $0.part != nil }) else {
      var player = MeasurePlayer(measures, in: measures.indices, marks: marks)
      try player.play()
      return player.order
    }
    var order: [PlayedMeasure] = []
    var eventCount = 0
    let parts = parts(of: measures, partOrder: partOrder)
    var counts: [Character: Int] = [:]
    for label in partOrder { counts[label, default: 0] += 1 }
    var played: [Character: Int] = [:]
    for label in partOrder {
      guard let range = parts[label] else { continue }
      let number = played[label, default: 0] + 1
      played[label] = number
      var player = MeasurePlayer(measures, in: range, marks: nil)
      // A part played as often as it has endings takes one of them each time (4.10).
      let endings = measures[range].reduce(into: PassSet()) { set, measure in
        if let ending = measure.ending { set.formUnion(ending) }
      }
      if let last = endings.max, last > 1, last == counts[label] {
        try player.play(onlyPass: number)
      } else {
        try player.play()
      }
      order += player.order
      eventCount += player.eventCount
      if order.count > limit || eventCount > eventLimit + player.writtenCount { throw .tooLong(bars: limit) }
    }
    return order
  }

  /// The bars of each part. What stands before the first label belongs to the first part that the order names and
  /// no label does.
  private static func parts(of measures: [Measure], partOrder: [Character]) -> [Character: Range<Int>] {
    var parts: [Character: Range<Int>] = [:]
    let labels = Set(measures.compactMap(\.part))
    var label = partOrder.first { !labels.contains($0) }
    var start = 0
    for index in measures.indices {
      guard let next = measures[index].part else { continue }
      if let label, index > start, parts[label] == nil { parts[label] = start..<index }
      label = next
      start = index
    }
    if let label, parts[label] == nil { parts[label] = start..<measures.count }
    return parts
  }
}

extension Measure {
  /// Whether anything at it bears on the order of play.
  fileprivate var hasStructure: Bool {
    ending != nil || part != nil || (opening?.repeatsAfter ?? 0) > 0 || (closing?.repeatsBefore ?? 0) > 0
  }
}
