import ABCNotation

/// The notes of a melody as written, repeats not unfolded: what two melodies are compared by.
struct Melody: Sendable {
  /// The pitches, MIDI numbers; of a chord the highest.
  let pitches: [Int]
  /// The lengths in whole notes.
  let durations: [Fraction]
  /// For each bar the notes that begin in it.
  let bars: [Range<Int>]

  /// Of the first voice; nil without notes.
  init?(_ score: Score) {
    guard let voice = score.voices.first else { return nil }
    var pitches: [Int] = []
    var durations: [Fraction] = []
    var bars: [Range<Int>] = []
    for measure in voice.measures {
      let start = pitches.count
      for event in voice.events(in: measure) {
        guard let pitch = voice.notes(of: event).map(\.pitch).max() else { continue }
        pitches.append(pitch)
        durations.append(event.duration)
      }
      bars.append(start..<pitches.count)
    }
    guard !pitches.isEmpty else { return nil }
    (self.pitches, self.durations, self.bars) = (pitches, durations, bars)
  }

  /// From each note to the next, in semitones: the same in every key.
  var intervals: [Int8] { zip(pitches, pitches.dropFirst()).map { Int8(clamping: $1 - $0) } }

  /// The notes and lengths of a bar, to compare it with another: pitches above `base`.
  func content(ofBar bar: Int, above base: Int = 0) -> [Int] {
    bars[bar].flatMap { [pitches[$0] - base, durations[$0].numerator, durations[$0].denominator] }
  }

  /// A bar in whatever key: its content seen from its first note; nil without notes.
  func shape(ofBar bar: Int) -> [Int]? { bars[bar].first.map { content(ofBar: bar, above: pitches[$0]) } }
}
