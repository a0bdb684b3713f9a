/// The notes that the next lyric line is aligned to (ABC 2.1, 5.1): those since the last one, with the bar lines
/// between them.
struct LyricTargets: Sendable {
  /// Notes and bar lines in order, and for each note the index of its event.
  private(set) var kinds: [LyricTarget] = []
  private(set) var events: [Int32] = []
  /// Where the latest line of music begins among them.
  private(set) var lineStart = 0
  /// How many lyric lines, one below the other, these notes have had.
  var verses = 0
  /// How many symbol lines.
  var hasSymbols = false

  mutating func addNote(_ event: Int) {
    restart()
    kinds.append(.note)
    events.append(Int32(event))
  }

  mutating func addBar() {
    guard verses == 0, !hasSymbols else { return }
    kinds.append(.bar)
    events.append(-1)
  }

  /// A line of music begins that does not go on from the one before.
  mutating func beginLine() {
    restart()
    lineStart = events.count
  }

  /// Music behind a lyric line starts the count anew.
  @inline(__always)
  private mutating func restart() {
    if verses > 0 || hasSymbols { removeAll() }
  }

  /// Forgets all notes and lines, and keeps the room for more.
  mutating func removeAll() {
    kinds.removeAll(keepingCapacity: true)
    events.removeAll(keepingCapacity: true)
    lineStart = 0
    verses = 0
    hasSymbols = false
  }
}
