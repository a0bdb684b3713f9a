import ABCNotation

/// Which melodies are settings of one tune: those that share much of what sounds on their beats, in whatever key.
///
/// A melody is taken apart into runs of ten beats, as intervals modulo the octave. Two belong to one family if the
/// shorter one has a good part of its runs in common with the other, or if somebody says that they are one tune;
/// and so does whatever belongs to a family with either of them.
public struct MelodyFamilies: Sendable {
  private var parents: [Int] = []
  private var holders: [UInt64: [Int32]] = [:]
  private var runCounts: [Int] = []
  private var known: [String: Int] = [:]

  /// Intervals in a run.
  private static let length = 9
  /// The share of the shorter melody's runs that must be shared, and the least number of them.
  private static let share = 0.3
  private static let least = 4
  /// A run that so many melodies have is a commonplace.
  private static let commonplace = 60

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
    let runs = Self.runs(of: score)
    runCounts.append(runs.count)
    var shared: [Int32: Int] = [:]
    for run in runs {
      let others = holders[run, default: []]
      if others.count < Self.commonplace {
        for other in others { shared[other, default: 0] += 1 }
        holders[run, default: []].append(Int32(number))
      }
    }
    for (other, count) in shared {
      let shorter = min(runs.count, runCounts[Int(other)])
      if count >= Self.least, Double(count) >= Self.share * Double(shorter) { join(number, Int(other)) }
    }
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

  /// The runs of a melody, each once.
  private static func runs(of score: Score) -> Set<UInt64> {
    guard let voice = score.voices.first else { return [] }
    let beat = score.meter.isCompound ? Fraction(3, score.meter.noteValue) : Fraction(1, 4)
    var pitches: [Int] = []
    for measure in voice.measures {
      // A pickup's beats are counted from the bar line that follows it.
      let lead =
        measure.fill == .pickup ? (measure.expectedLength ?? measure.length) - measure.length : .zero
      for event in voice.events(in: measure) where ((event.onset + lead) / beat).denominator == 1 {
        if let pitch = voice.notes(of: event).map(\.pitch).max() { pitches.append(pitch) }
      }
    }
    guard pitches.count > length else { return [] }
    let intervals = zip(pitches, pitches.dropFirst()).map { UInt64((($1 - $0) % 12 + 12) % 12) }
    var runs: Set<UInt64> = []
    for start in 0...(intervals.count - length) {
      let run = intervals[start..<(start + length)].reduce(0) { $0 << 4 | $1 }
      // A note that is only repeated says nothing.
      if run != 0 { runs.insert(run) }
    }
    return runs
  }
}
