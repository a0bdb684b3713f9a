import ABCNotation

/// Which melodies are settings of one tune: those that share much of what sounds, in whatever key and meter.
///
/// A melody is taken apart into runs of intervals modulo the octave: of the notes on its beats, which settings share
/// whatever they put in between, and of all its notes, which they share whatever their meter. Two belong to one
/// family if a good part of the shorter one's runs are in the other as well, or if somebody says that they are one
/// tune; and so does whatever belongs to a family with either of them.
public struct MelodyFamilies: Sendable {
  private var parents: [Int] = []
  private var known: [String: Int] = [:]
  private var beats = RunIndex(share: 0.25, least: 4)
  private var notes = RunIndex(share: 0.1, least: 5)

  /// Intervals in a run of beats, and in a run of notes.
  private static let beatRun = 8
  private static let noteRun = 12

  /// No melody.
  public init() {}

  /// Adds a melody, which gets the next number.
  ///
  /// - Parameter tuneID: what it is a setting of, if that is known.
  public mutating func add(_ score: Score, tuneID: String? = nil) {
    let number = parents.count
    parents.append(number)
    if let tuneID {
      if let other = known[tuneID] { join(number, other) } else { known[tuneID] = number }
    }
    let pitches = Self.pitches(of: score)
    for other in beats.add(Self.runs(of: pitches.beats, Self.beatRun)) { join(number, other) }
    for other in notes.add(Self.runs(of: pitches.notes, Self.noteRun)) { join(number, other) }
  }

  /// The family of a melody, by the number of one of its members.
  public func family(of number: Int) -> Int {
    var root = number
    while parents[root] != root { root = parents[root] }
    return root
  }

  private mutating func join(_ left: Int, _ right: Int) {
    let (left, right) = (family(of: left), family(of: right))
    // The earlier one stands for both.
    parents[max(left, right)] = min(left, right)
  }

  /// What sounds on the beats, and every note that is another one than the note before it.
  private static func pitches(of score: Score) -> (beats: [Int], notes: [Int]) {
    guard let voice = score.voices.first else { return ([], []) }
    let beat = score.meter.beat
    var beats: [Int] = []
    var notes: [Int] = []
    for measure in voice.measures {
      // A pickup's beats are counted from the bar line that follows it.
      let lead =
        measure.fill == .pickup ? (measure.expectedLength ?? measure.length) - measure.length : .zero
      for event in voice.events(in: measure) {
        guard let pitch = voice.notes(of: event).map(\.pitch).max() else { continue }
        if ((event.onset + lead) / beat).denominator == 1 { beats.append(pitch) }
        if notes.last != pitch { notes.append(pitch) }
      }
    }
    return (beats, notes)
  }

  /// The runs of so many intervals, each once.
  private static func runs(of pitches: [Int], _ length: Int) -> Set<UInt64> {
    guard pitches.count > length else { return [] }
    let intervals = zip(pitches, pitches.dropFirst()).map { UInt64((($1 - $0) % 12 + 12) % 12) }
    var runs: Set<UInt64> = []
    for start in 0...(intervals.count - length) {
      let run = intervals[start..<(start + length)]
      // A note that is only repeated, and a figure that only goes to and fro, say nothing.
      if Set(run).count > 2 { runs.insert(run.reduce(0) { $0 << 4 | $1 }) }
    }
    return runs
  }
}

/// Which melodies have which runs.
private struct RunIndex: Sendable {
  private var holders: [UInt64: [Int32]] = [:]
  private var counts: [Int] = []
  /// The share of the shorter melody's runs that must be in common, and the least number of them.
  let share: Double
  let least: Int
  /// A run that so many melodies have is a commonplace.
  private static let commonplace = 40

  init(share: Double, least: Int) {
    self.share = share
    self.least = least
  }

  /// Adds the runs of the next melody, and returns the melodies before it that share enough of them.
  mutating func add(_ runs: Set<UInt64>) -> [Int] {
    let number = Int32(counts.count)
    counts.append(runs.count)
    var shared: [Int32: Int] = [:]
    for run in runs {
      let others = holders[run, default: []]
      guard others.count < Self.commonplace else { continue }
      for other in others { shared[other, default: 0] += 1 }
      holders[run, default: []].append(number)
    }
    return shared.compactMap { other, count in
      let shorter = min(runs.count, counts[Int(other)])
      return count >= least && Double(count) >= share * Double(shorter) ? Int(other) : nil
    }
  }
}
