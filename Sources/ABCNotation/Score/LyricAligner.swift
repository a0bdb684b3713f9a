/// What the items of a lyric line meet in the music: notes and bar lines. A chord is one note; grace notes, rests
/// and spacers are none (ABC 2.1, 5.1).
enum LyricTarget: UInt8, Sendable {
  case note, bar
}

/// Which note each item of a lyric or symbol line falls on.
struct LyricAlignment: Equatable, Sendable {
  /// An item on its note.
  struct Placement: Equatable, Sendable {
    /// The index of the note among the targets.
    let targetIndex: Int
    /// What falls on it; never a ``LyricItem/barAdvance``.
    let item: LyricItem
  }

  /// The items that found notes, in order.
  fileprivate(set) var placements: [Placement] = []
  /// The items for which no notes are left. The standard ignores them, and advises a warning.
  fileprivate(set) var itemsLeftOver: [LyricItem] = []
  /// How many notes follow the last item. They have no syllables, which the standard allows.
  var notesLeftOver: Int { targets[end...].count { $0 == .note } }
  fileprivate var targets: [LyricTarget] = []
  fileprivate var end = 0
}

/// Lays the items of lyric and symbol lines under notes (ABC 2.1, 5.1).
enum LyricAligner {
  /// Gives each item but `|` the next note.
  ///
  /// A `|` leads to the first note behind the next bar line. Where the notes of the bar are used up, that is the
  /// note which is next anyway, so the sign changes nothing.
  ///
  /// - Parameter targets: the notes and bar lines of the voice since the latest line of lyrics, in order.
  /// - Parameter start: the index of the first of them that counts.
  static func align(
    _ items: [LyricItem], to targets: [LyricTarget], from start: Int = 0
  ) -> LyricAlignment {
    var result = LyricAlignment()
    var position = start
    for item in items {
      if item == .barAdvance {
        position = targets[position...].firstIndex(of: .bar).map { $0 + 1 } ?? targets.count
      } else if let note = targets[position...].firstIndex(of: .note) {
        result.placements.append(.init(targetIndex: note, item: item))
        position = note + 1
      } else {
        position = targets.count
        result.itemsLeftOver.append(item)
      }
    }
    result.targets = targets
    result.end = position
    return result
  }
}
