import ABCNotation

/// The melodies that a model learnt from, to find in them what another melody shares.
public struct NoveltyIndex: Sendable {
  /// What a melody shares with those that were learnt.
  public struct Finding: Sendable {
    /// The most notes in a row that some melody has as well, in whatever key.
    public let longestRun: Int
    /// The title of that melody.
    public let longestRunTitle: String
    /// The most bars in a row that some melody has as well, notes and lengths, in whatever key.
    public let copiedBars: Int
    /// The title of the melody that is nearest.
    public let nearestTitle: String
    /// The part of the notes that must be changed to make it the nearest melody: 0 for the same, 1 for nothing in common.
    public let nearestDistance: Double
  }

  private struct Entry: Sendable {
    let title: String
    let intervals: [Int8]
    /// The shapes of its bars, and how far each begins from the one before.
    let shapes: [[Int]?]
    let steps: [Int]
  }

  /// As many notes as many melodies share: shorter runs are not looked for.
  private static let seedLength = 6

  private var entries: [Entry] = []
  /// Where runs of intervals begin.
  private var runs: [UInt64: [(entry: Int32, place: Int32)]] = [:]
  private var barPlaces: [[Int]: [(entry: Int32, bar: Int32)]] = [:]

  /// The melodies of scores; those without notes are left out.
  public init(_ scores: some Sequence<Score>) {
    for score in scores {
      guard let entry = Self.entry(score) else { continue }
      let number = Int32(entries.count)
      for (place, key) in Self.keys(entry.intervals).enumerated() {
        runs[key, default: []].append((number, Int32(place)))
      }
      for (bar, shape) in entry.shapes.enumerated() {
        if let shape { barPlaces[shape, default: []].append((number, Int32(bar))) }
      }
      entries.append(entry)
    }
  }

  /// How many melodies there are.
  public var count: Int { entries.count }

  private static func entry(_ score: Score) -> Entry? {
    guard let melody = Melody(score) else { return nil }
    let firsts = melody.bars.map { $0.first.map { melody.pitches[$0] } }
    let steps = firsts.indices.map { bar in
      bar > 0 ? (firsts[bar] ?? 0) - (firsts[bar - 1] ?? 0) : 0
    }
    return Entry(
      title: score.title ?? "", intervals: melody.intervals,
      shapes: melody.bars.indices.map(melody.shape(ofBar:)), steps: steps)
  }

  /// A number for each run of ``seedLength`` intervals.
  private static func keys(_ intervals: [Int8]) -> [UInt64] {
    guard intervals.count >= seedLength else { return [] }
    return (0...intervals.count - seedLength).map { start in
      intervals[start..<start + seedLength].reduce(0) { $0 << 8 | UInt64(UInt8(bitPattern: $1)) }
    }
  }

  /// What a melody shares; nil where it has no notes or there is nothing to share.
  public func finding(on score: Score) -> Finding? {
    guard let entry = Self.entry(score), !entries.isEmpty else { return nil }
    let run = longestRun(entry.intervals)
    let nearest = nearest(entry.intervals)
    return Finding(
      // A run of intervals has one note more.
      longestRun: run.length == 0 ? 0 : run.length + 1, longestRunTitle: run.title,
      copiedBars: copiedBars(entry), nearestTitle: nearest.title, nearestDistance: nearest.distance)
  }

  /// The most bars in a row that some melody has as well.
  public func copiedBars(in score: Score) -> Int { Self.entry(score).map(copiedBars) ?? 0 }

  private func longestRun(_ intervals: [Int8]) -> (length: Int, title: String) {
    var best = (length: 0, title: "")
    for (start, key) in Self.keys(intervals).enumerated() {
      for (number, place) in runs[key] ?? [] {
        let other = entries[Int(number)].intervals
        var length = Self.seedLength
        while start + length < intervals.count, Int(place) + length < other.count,
          intervals[start + length] == other[Int(place) + length]
        {
          length += 1
        }
        if length > best.length { best = (length, entries[Int(number)].title) }
      }
    }
    return best
  }

  private func copiedBars(_ entry: Entry) -> Int {
    var best = 0
    for (start, shape) in entry.shapes.enumerated() {
      guard let shape else { continue }
      for (number, bar) in barPlaces[shape] ?? [] {
        let other = entries[Int(number)]
        var length = 1
        while start + length < entry.shapes.count, Int(bar) + length < other.shapes.count,
          let next = entry.shapes[start + length], next == other.shapes[Int(bar) + length],
          entry.steps[start + length] == other.steps[Int(bar) + length]
        {
          length += 1
        }
        best = max(best, length)
      }
    }
    return best
  }

  private func nearest(_ intervals: [Int8]) -> (title: String, distance: Double) {
    let pattern = EditDistance(intervals)
    var best = (title: "", share: 2.0)
    for entry in entries {
      let longest = max(intervals.count, entry.intervals.count, 1)
      let limit = min(Int((best.share * Double(longest)).rounded(.up)), longest + 1)
      let distance = pattern.distance(to: entry.intervals, below: limit)
      let share = Double(distance) / Double(longest)
      if distance < limit, share < best.share { best = (entry.title, share) }
    }
    return (best.title, min(best.share, 1))
  }
}
