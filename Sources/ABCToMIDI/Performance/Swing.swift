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
    case .byRhythm: rhythm?.names(Self.hornpipe) == true ? Fraction(2, 3) : nil
    }
  }

  private static let hornpipe = Array("hornpipe".utf8)
}

/// Moves the notes of one bar within its beats.
///
/// A pair is a beat of two notes of equal length, or of a dotted and a short note, which is the same tune written
/// otherwise. Triplets, snaps and beats with a longer note stay as they are.
struct SwungBar: Sendable {
  /// Pairs in a whole note.
  private let pairs: Int
  private let share: Fraction
  /// What a pickup lacks of a whole bar.
  private let lead: Fraction
  /// A bit for each beat whose second note stands in its middle, or at its last quarter.
  private var halves: UInt64 = 0
  private var dotted: UInt64 = 0

  /// Pairs in a whole note: quarter notes; in 2/4 that moves in sixteenths, eighths. Nil where nothing swings.
  private static func pairs(in meter: Meter, movesInSixteenths: Bool) -> Int? {
    guard !meter.isFree, !meter.isCompound, meter.noteValue <= 4 else { return nil }
    return meter.noteValue == 4 && meter.numerator == 2 && movesInSixteenths ? 8 : 4
  }

  /// Looks at the events of one layer. Nil where nothing is to be moved.
  ///
  /// - Parameters:
  ///   - share: the share of a pair that its first note takes.
  ///   - lead: what a pickup lacks of a whole bar.
  ///   - movesInSixteenths: whether the tune moves in sixteenths.
  init?(
    _ events: ArraySlice<ScoreEvent>, share: Fraction, meter: Meter, lead: Fraction, movesInSixteenths: Bool
  ) {
    guard let pairs = Self.pairs(in: meter, movesInSixteenths: movesInSixteenths) else { return nil }
    self.pairs = pairs
    self.share = share
    self.lead = lead
    var starts: UInt64 = 0
    var others: UInt64 = 0
    for event in events where event.kind != .spacer {
      let (beat, rest, whole) = place(of: event.onset + lead)
      guard (0..<64).contains(beat) else { continue }
      let bit: UInt64 = 1 << UInt64(beat)
      if rest == 0 {
        starts |= bit
      } else if 2 * rest == whole {
        halves |= bit
      } else if 4 * rest == 3 * whole {
        dotted |= bit
      } else {
        others |= bit
      }
    }
    // Behind a beat that does not start in the bar nothing may come earlier than it is written.
    dotted &= starts & ~(others | halves)
    if halves | dotted == 0 { return nil }
  }

  /// The beat of a time in a whole bar, and where in the beat: `rest` of `whole`.
  @inline(__always)
  private func place(of time: Fraction) -> (beat: Int, rest: Int, whole: Int) {
    let (beat, rest) = (time.numerator * pairs).quotientAndRemainder(dividingBy: time.denominator)
    return (beat, rest, time.denominator)
  }

  /// When something sounds that is written at a time, both in whole notes from the start of the bar.
  func time(_ written: Fraction) -> Fraction {
    let (beat, rest, whole) = place(of: written + lead)
    guard rest != 0, (0..<64).contains(beat) else { return written }
    let bit: UInt64 = 1 << UInt64(beat)
    guard (halves | dotted) & bit != 0 else { return written }
    let pivot = halves & bit != 0 ? Fraction(1, 2) : Fraction(3, 4)
    let place = Fraction(rest, whole)
    let moved: Fraction
    if place == pivot {
      moved = share
    } else if place < pivot {
      moved = place * share / pivot
    } else {
      moved = Fraction(1) - (Fraction(1) - place) * (Fraction(1) - share) / (Fraction(1) - pivot)
    }
    return (Fraction(beat) + moved) * Fraction(1, pairs) - lead
  }
}

extension Voice {
  /// Whether it moves in pairs that share an eighth, even or dotted, rather than in pairs that share a quarter.
  var movesInSixteenths: Bool {
    var eighths = 0
    var quarters = 0
    var index = events.startIndex + 1
    while index < events.endIndex {
      let (first, second) = (events[index - 1], events[index])
      index += 1
      guard second.onset == first.onset + first.duration, first.duration >= second.duration else { continue }
      switch first.duration + second.duration {
      case Fraction(1, 8): eighths += 1
      case Fraction(1, 4): quarters += 1
      default: continue
      }
      index += 1
    }
    return eighths > quarters
  }
}
