import ABCNotation

/// The notes of a chord as the accompaniment plays them.
struct Harmony: Hashable, Sendable {
  /// The bass: semitones above a C, 0…11.
  let bass: Int
  /// The chord: semitones above a C, from the lowest up, none twice.
  let notes: [Int]

  /// A chord in the position that its bass asks for: the notes below the bass go up an octave. A bass that is no
  /// note of the chord leaves it as it is.
  ///
  /// - Parameters:
  ///   - root: semitones above C, 0…11.
  ///   - intervals: semitones above the root.
  ///   - bass: the bass note behind a slash, as semitones above C, 0…11.
  init(root: Int, intervals: [Int], bass: Int?) {
    self.bass = bass ?? root
    var notes = intervals.map { root + $0 }
    if let bass, let lowest = notes.lastIndex(where: { ($0 - bass) % 12 == 0 }) {
      for index in notes.indices[..<lowest] { notes[index] += 12 }
    }
    var previous: Int?
    notes.sort()
    notes.removeAll { note in
      defer { previous = note }
      return note == previous
    }
    self.notes = notes
  }

  /// The chord that a symbol stands for. Ninths, elevenths and thirteenths lie above the seventh.
  init(_ symbol: ChordSymbol) {
    var previous = 0
    let intervals = symbol.quality.pitchClasses.map { pitchClass in
      var interval = pitchClass
      while interval < previous { interval += 12 }
      previous = interval
      return interval
    }
    self.init(root: symbol.root.pitchClass, intervals: intervals, bass: symbol.bass?.pitchClass)
  }

  /// A note of the chord, counted from 0 at the lowest; past the highest it goes on an octave higher.
  func note(_ index: Int) -> Int? {
    guard !notes.isEmpty else { return nil }
    return notes[index % notes.count] + 12 * (index / notes.count)
  }
}
