import ABCNotation

/// How the two halves of a pair of short notes share its time.
public enum Swing: Hashable, Sendable {
  /// Hornpipes by 2 : 1, as they are danced, all else as written.
  case byRhythm
  /// As written.
  case none
  /// All tunes: the share that the first of two notes takes, above 0 and below 1; 2/3 is 2 : 1.
  case share(Fraction)

  /// The share of the first note in a tune of this rhythm (`R:`); nil for as written.
  func share(rhythm: String?) -> Fraction? {
    switch self {
    case .none: nil
    case .share(let share): share == Fraction(1, 2) ? nil : share
    case .byRhythm: rhythm?.lowercased().contains("hornpipe") == true ? Fraction(2, 3) : nil
    }
  }
}

/// Moves notes within the beats of a bar.
///
/// A pair is a beat of two notes of equal length, or of a dotted and a short note, which is the same tune written
/// otherwise. Triplets, and beats with a longer note, stay as they are.
struct SwingGrid: Sendable {
  let share: Fraction

  /// What a pair lasts: a quarter note; in 2/4 that moves in sixteenths an eighth. Nil where nothing swings.
  static func pair(in meter: Meter, hasSixteenths: Bool) -> Fraction? {
    guard !meter.isFree, !meter.isCompound, meter.noteValue <= 4 else { return nil }
    return meter.noteValue == 4 && meter.numerator == 2 && hasSixteenths ? Fraction(1, 8) : Fraction(1, 4)
  }

  /// What becomes of the onsets of a bar.
  ///
  /// - Parameters:
  ///   - onsets: where the events of one layer start, in whole notes from the start of a whole bar, in order.
  ///   - pair: what a pair lasts.
  /// - Returns: a function from times in the bar to times in the bar.
  func warp(onsets: [Fraction], pair: Fraction) -> (Fraction) -> Fraction {
    var swung: [Int: Fraction] = [:]
    var beats: [Int: [Fraction]] = [:]
    for onset in onsets {
      let beat = Int((onset / pair).value.rounded(.down))
      beats[beat, default: []].append((onset - pair * Fraction(beat)) / pair)
    }
    for (beat, places) in beats {
      if places.contains(Fraction(1, 2)) {
        swung[beat] = Fraction(1, 2)
      } else if places == [.zero, Fraction(3, 4)] {
        swung[beat] = Fraction(3, 4)
      } else if places == [.zero, Fraction(1, 4)] {
        // A Scotch snap stays a snap.
        continue
      }
    }
    guard !swung.isEmpty else { return { $0 } }
    let share = share
    return { time in
      let beat = Int((time / pair).value.rounded(.down))
      guard let pivot = swung[beat] else { return time }
      let start = pair * Fraction(beat)
      let place = (time - start) / pair
      let moved =
        place <= pivot
        ? place * share / pivot
        : Fraction(1) - (Fraction(1) - place) * (Fraction(1) - share) / (Fraction(1) - pivot)
      return start + pair * moved
    }
  }
}

extension Voice {
  /// Whether two sixteenths follow each other on an eighth.
  var hasPairsOfSixteenths: Bool {
    let sixteenth = Fraction(1, 16)
    return events.indices.dropFirst().contains { index in
      events[index].duration == sixteenth && events[index - 1].duration == sixteenth
        && events[index].onset.denominator == 16
    }
  }
}
