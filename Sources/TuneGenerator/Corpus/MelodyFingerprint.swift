import ABCNotation

/// What stays of a melody when key, octave, ornaments and note lengths are taken away: the steps between its
/// notes at the start of every beat. Tunes with the same one are the same tune under another name.
public struct MelodyFingerprint: Hashable, Sendable {
  private let intervals: [Int8]

  /// How many intervals count: about the first eight bars.
  private static let length = 24

  /// Nil for a melody that is too short to tell.
  public init?(_ score: Score) {
    guard let voice = score.voices.first else { return nil }
    let beat = score.meter.beat
    var intervals: [Int8] = []
    var previous: Int?
    // A pickup may be there in one printing and not in another.
    for measure in voice.measures where measure.length == measure.expectedLength {
      for event in voice.events(in: measure) where (event.onset / beat).denominator == 1 {
        guard let pitch = voice.notes(of: event).map(\.pitch).max() else { continue }
        if let previous { intervals.append(Int8(clamping: (pitch - previous) % 12)) }
        previous = pitch
        if intervals.count == Self.length {
          self.intervals = intervals
          return
        }
      }
    }
    guard intervals.count >= 8 else { return nil }
    self.intervals = intervals
  }
}

extension Meter {
  /// The time between the notes that tell melodies apart: a beat of a compound meter, else a quarter.
  var beat: Fraction { isCompound ? Fraction(3, noteValue) : Fraction(1, 4) }
}
