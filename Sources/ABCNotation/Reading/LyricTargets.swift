/// The notes that the next lyric line is aligned to (ABC 2.1, 5.1): those since the last one, with the bar lines
/// between them.
struct LyricTargets: Sendable {
  /// The notes of each bar that has ended, and of the one under way.
  private var bars: [Int32] = []
  private var notes: Int32 = 0
  /// How many notes and bar lines there are in all.
  private var count = 0
  /// The index of the event of each note, where the score is kept.
  private var events: [Int32] = []
  /// Where the latest line of music begins among notes and bar lines.
  private(set) var lineStart = 0
  /// How many lyric lines, one below the other, these notes have had.
  var verses = 0
  /// How many symbol lines.
  var hasSymbols = false

  /// A note, and its event if somebody will ask for it.
  @inline(__always)
  mutating func addNote(_ event: Int?) {
    restart()
    notes += 1
    count += 1
    if let event { events.append(Int32(event)) }
  }

  mutating func addBar() {
    guard verses == 0, !hasSymbols else { return }
    bars.append(notes)
    notes = 0
    count += 1
  }

  /// A line of music begins that does not go on from the one before.
  mutating func beginLine() {
    restart()
    lineStart = count
  }

  /// Notes and bar lines in order.
  var kinds: [LyricTarget] {
    var kinds: [LyricTarget] = []
    kinds.reserveCapacity(count)
    for bar in bars {
      kinds += repeatElement(.note, count: Int(bar))
      kinds.append(.bar)
    }
    return kinds + repeatElement(.note, count: Int(notes))
  }

  /// The index of the event of each note; -1 for bar lines.
  var eventIndices: [Int32] {
    var next = 0
    return kinds.map { kind in
      guard kind == .note else { return -1 }
      next += 1
      return events[next - 1]
    }
  }

  /// Music behind a lyric line starts the count anew.
  @inline(__always)
  private mutating func restart() {
    if verses > 0 || hasSymbols { removeAll() }
  }

  /// Forgets all notes and lines, and keeps the room for more.
  mutating func removeAll() {
    bars.removeAll(keepingCapacity: true)
    events.removeAll(keepingCapacity: true)
    notes = 0
    count = 0
    lineStart = 0
    verses = 0
    hasSymbols = false
  }
}
