/// The notes that the next lyric line is aligned to (ABC 2.1, 5.1): those since the last one, with the bar lines
/// between them.
struct LyricTargets: Sendable {
  /// The notes of each bar that has ended, and of the one under way.
  private var bars: [Int32] = []
  private var notes: Int32 = 0
  /// How many notes and bar lines there are in all.
  private var count = 0
  /// The index of the event of the first note; -1 before there is one.
  private var firstEvent = -1
  /// Where the latest line of music begins among notes and bar lines.
  private(set) var lineStart = 0
  /// How many lyric lines, one below the other, these notes have had.
  var verses = 0
  /// How many symbol lines.
  var hasSymbols = false

  /// A note or chord, which will be the next event of its voice.
  @inline(__always)
  mutating func addNote(_ event: Int) {
    restart()
    if firstEvent < 0 { firstEvent = event }
    notes &+= 1
    count &+= 1
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

  /// The index of the event of each note among those of its voice; -1 for bar lines.
  func eventIndices(in events: [ScoreEvent]) -> [Int] {
    var next = firstEvent
    return kinds.map { kind in
      guard kind == .note else { return -1 }
      while events[next].kind != .note, events[next].kind != .chord { next += 1 }
      next += 1
      return next - 1
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
    firstEvent = -1
    notes = 0
    count = 0
    lineStart = 0
    verses = 0
    hasSymbols = false
  }
}
