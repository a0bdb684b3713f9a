/// How a line of music hangs together with the one before it.
enum LineJoint: Sendable {
  /// The line before ended its music.
  case none
  /// It ended with a backslash, but the beam is broken there anyway.
  case apart
  /// It ended with a backslash straight behind a sign: a blank at the start of the next line breaks the beam.
  case beamed

  /// How the next line hangs together with these pieces.
  func after(_ pieces: [LinePiece]) -> LineJoint {
    let signs = pieces.filter { $0.token.map { $0 != .newline && $0 != .comment } ?? false }
    guard let last = signs.lastIndex(where: { !$0.isBlank }), signs[last].token == .continuation else {
      return signs.allSatisfy(\.isBlank) ? self : .none
    }
    guard last > 0 else { return self }
    let before = signs[last - 1]
    return before.isBlank || before.token == .barLine || before.token == .overlay ? .apart : .beamed
  }
}

/// The blanks of a line of music. Between notes they break beams, so that one of a run must stay.
enum MusicSpacing {
  /// One blank for each run, and none where it says nothing: at bar signs, inside chords and grace notes.
  static func close(_ pieces: [LinePiece], after joint: LineJoint) -> [LinePiece] {
    space(pieces, after: joint) { left, right, group in
      switch group {
      case .chord where Self.mayTouchInChord(left, right): false
      case .graceGroup where left.token == .graceOpen: right.token == .length || right.token == .unknown
      case .graceGroup where right.token == .graceClose: left.token == .unknown
      default: !Self.mayTouchAtBar(left, right)
      }
    }
  }

  /// One blank for each run.
  static func collapse(_ pieces: [LinePiece], after joint: LineJoint) -> [LinePiece] {
    space(pieces, after: joint) { _, _, _ in true }
  }

  private static func space(
    _ pieces: [LinePiece], after joint: LineJoint,
    needsBlank: (_ left: LinePiece, _ right: LinePiece, _ group: SyntaxKind?) -> Bool
  ) -> [LinePiece] {
    let closed = closedGroups(pieces)
    var result: [LinePiece] = []
    result.reserveCapacity(pieces.count)
    var groups: [SyntaxKind?] = []
    var left: LinePiece?
    for (index, piece) in pieces.enumerated() {
      switch piece.kind {
      case .open(let kind): groups.append(closed.contains(index) ? kind : nil)
      case .close: _ = groups.popLast()
      case .token(.space):
        guard let right = pieces[index...].first(where: { $0.token.map { $0 != .space } ?? false }) else {
          continue
        }
        if right.token == .newline || right.token == .comment { continue }
        let group = groups.last ?? nil
        let isKept =
          left.map { needsBlank($0, right, group) } ?? (joint == .beamed && right.token != .barLine)
        if isKept { result.append(.blank) }
        continue
      case .token(.comment):
        if left != nil { result.append(.blank) }
        left = piece
      case .token: left = piece
      }
      result.append(piece)
    }
    return result
  }

  /// Where the chords and grace notes begin that have their closing sign. In others the blanks may be all that
  /// tells where they were meant to end.
  private static func closedGroups(_ pieces: [LinePiece]) -> Set<Int> {
    var closed: Set<Int> = []
    var openings: [Int] = []
    for (index, piece) in pieces.enumerated() {
      switch piece.kind {
      case .open: openings.append(index)
      case .close: _ = openings.popLast()
      case .token(.chordClose), .token(.graceClose): if let opening = openings.last { closed.insert(opening) }
      default: break
      }
    }
    return closed
  }

  /// Whether two signs may stand side by side inside a chord without becoming something else.
  private static func mayTouchInChord(_ left: LinePiece, _ right: LinePiece) -> Bool {
    switch left.token {
    case .chordOpen, .noteLetter, .octave, .length, .tie, .rest, .decoration, .shorthand, .quoted, .slurOpen,
      .slurClose:
      break
    default: return false
    }
    switch right.token {
    case .chordClose, .noteLetter, .accidental, .rest, .decoration, .shorthand, .quoted, .slurOpen,
      .slurClose:
      return true
    default: return false
    }
  }

  /// Whether one of two signs is a bar sign that may stand beside the other without becoming something else.
  private static func mayTouchAtBar(_ left: LinePiece, _ right: LinePiece) -> Bool {
    guard left.token != .continuation, right.token != .continuation, left.token != .unknown,
      right.token != .unknown
    else { return false }
    switch (left.token, right.token) {
    case (.barLine, .barLine), (.chordOpen, .barLine), (.barLine, .chordClose): return false
    case (.tuplet, .barLine): return right.bytes.first != UInt8(ascii: ":")
    case (.barLine, _), (_, .barLine): return true
    default: return false
    }
  }
}
