import ABCNotation

/// The order in which the bars of a voice are played: repeats, variant endings and parts written out.
public enum Unfolding {
  /// The most bars that a voice may come to.
  public static let limit = 20_000

  /// The indices of the measures in the order of play.
  ///
  /// - Parameters:
  ///   - measures: the bars of one voice as written.
  ///   - partOrder: the order that a `P:` field in the header gives, if it does.
  /// - Throws: ``ConversionError/tooLong(bars:)`` past ``limit``.
  public static func order(of measures: [Measure], partOrder: [Character]?) throws(ConversionError) -> [Int] {
    guard let partOrder, measures.contains(where: { $0.part != nil }) else {
      return try unfold(measures, in: measures.indices)
    }
    var order: [Int] = []
    let parts = parts(of: measures, partOrder: partOrder)
    for label in partOrder {
      guard let range = parts[label] else { continue }
      order += try unfold(measures, in: range)
      if order.count > limit { throw .tooLong(bars: limit) }
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

  /// Plays the bars of a range in order, jumping back at repeat signs and past endings of other passes.
  ///
  /// A `:|` goes back to the latest repeat start; without one to the latest `:|`, to the double bar behind a last
  /// ending, or to the start.
  private static func unfold(_ measures: [Measure], in range: Range<Int>) throws(ConversionError) -> [Int] {
    var order: [Int] = []
    var start = range.lowerBound
    var pass = 1
    var total = 1
    var inEnding = false
    var index = range.lowerBound
    while index < range.upperBound {
      let measure = measures[index]
      if index != start, let opening = measure.opening, opening.repeatsAfter > 0 {
        start = index
        pass = 1
        total = 1
        inEnding = false
      }
      if let ending = measure.ending {
        let endings = endings(from: index, start: start, measures, in: range)
        total = max(total, endings.passes)
        if inEnding, !ending.contains(pass), pass < total {
          // The ending before it should have closed with `:|`; another ending says as much.
          pass += 1
          inEnding = false
          index = start
          continue
        }
        inEnding = true
        if !ending.contains(pass) {
          guard
            let next = endings.starts.first(where: {
              measures[$0].ending?.contains(pass) == true && $0 > index
            })
          else {
            // No ending is left for this pass: go on behind the last of them.
            index = endings.end
            (start, pass, total, inEnding) = (index, 1, 1, false)
            continue
          }
          index = next
          continue
        }
      }
      order.append(index)
      if order.count > limit { throw .tooLong(bars: limit) }
      index += 1
      guard let closing = measure.closing else { continue }
      if closing.repeatsBefore > 0 {
        total = max(inEnding ? total : 1, closing.repeatsBefore + 1)
        if pass < total {
          pass += 1
          inEnding = false
          index = start
        } else {
          (start, pass, total, inEnding) = (index, 1, 1, false)
        }
      } else if inEnding, closing.isDouble, index >= range.upperBound || measures[index].ending == nil {
        (start, pass, total, inEnding) = (index, 1, 1, false)
      }
    }
    return order
  }

  /// The endings that follow each other from the first one of the section under way: where each starts, how many
  /// passes they ask for, and where the music goes on behind them.
  private static func endings(
    from index: Int, start: Int, _ measures: [Measure], in range: Range<Int>
  ) -> (starts: [Int], passes: Int, end: Int) {
    var starts: [Int] = []
    var seen = PassSet()
    var end = range.upperBound
    var position = start
    while position < range.upperBound {
      let measure = measures[position]
      if let ending = measure.ending {
        if !seen.isDisjoint(with: ending) {
          end = position
          break
        }
        seen.formUnion(ending)
        starts.append(position)
      } else if !starts.isEmpty, let opening = measure.opening, opening.isSectionEnd {
        // Behind a repeat sign or double bar only another ending goes on with the group.
        end = position
        break
      }
      position += 1
    }
    return (starts, seen.max ?? 1, end)
  }
}
