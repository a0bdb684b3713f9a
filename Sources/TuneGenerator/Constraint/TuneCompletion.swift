import ABCNotation

/// Finds a short way to end a tune that is under way.
enum TuneCompletion {
  /// The shortest text found that makes the tune clean and whole, its last line end included; nil where none is found.
  ///
  /// - Parameters:
  ///   - limit: the most characters that it may have.
  ///   - wishes: what the header must say.
  ///   - isThorough: whether to look far and wide where the obvious ways lead nowhere.
  static func shortest(
    after start: TuneConstraint, atMost limit: Int, isThorough: Bool, wishes: HeaderWishes = HeaderWishes()
  ) -> String? {
    guard let (state, header) = headerCompleted(start, wishes) else { return nil }
    let left = limit - header.unicodeScalars.count
    let body =
      search(state, left, steps: 2000, pieces: obvious)
      ?? (isThorough ? search(state, left, steps: 20_000) { obvious($0) + further } : nil)
    return body.map { header + $0 }
  }

  /// Ends the line under way, then writes the lines that are missing.
  private static func headerCompleted(
    _ start: TuneConstraint, _ wishes: HeaderWishes
  ) -> (TuneConstraint, String)? {
    var (state, text) = (start, "")
    while !state.isInBody {
      let piece = state.isAtHeaderLine ? wishes.missingLine(state.fields) : endOfLine(state)
      guard let piece, let next = state.taking(piece) else { return nil }
      (state, text) = (next, text + piece)
    }
    return (state, text)
  }

  /// What a line of the header under way may still need, and its end.
  private static func endOfLine(_ state: TuneConstraint) -> String? {
    var candidates = [""]
    for _ in 0..<4 {
      for candidate in candidates where state.taking(candidate + "\n") != nil { return candidate + "\n" }
      candidates = candidates.flatMap { candidate in
        [":", "4/4", "1/8", "/4", "/8", "1", "4", "8", "C", "A", "or"].compactMap { piece in
          state.taking(candidate + piece) == nil ? nil : candidate + piece
        }
      }
    }
    return nil
  }

  private static func search(
    _ start: TuneConstraint, _ limit: Int, steps: Int, pieces: (TuneConstraint) -> [String]
  ) -> String? {
    guard limit >= 0 else { return nil }
    // Shortest first; of the same length, the first found, so that the answer is always the same.
    var queues = [[(state: TuneConstraint, text: String)]](repeating: [], count: limit + 1)
    queues[0] = [(start, "")]
    var left = steps
    for length in 0...limit {
      var index = 0
      while index < queues[length].count {
        var (state, text) = queues[length][index]
        index += 1
        if state.mayEnd { return text }
        for piece in pieces(state) {
          let longer = length + piece.unicodeScalars.count
          guard longer <= limit else { continue }
          left -= 1
          if left < 0 { return nil }
          // A copy is worth making only where the first character may come.
          guard let first = piece.unicodeScalars.first, state.canTake(first) else { continue }
          if let next = state.taking(piece) { queues[longer].append((next, text + piece)) }
        }
      }
      queues[length] = []
    }
    return nil
  }

  /// The notes of a triplet that has begun; the note that a tie leads to; a note that fills the bar, then a bar sign and the end of the line.
  private static func obvious(_ state: TuneConstraint) -> [String] {
    if state.needsLineEnd { return ["\n"] }
    if state.isAfterParenthesis { return ["3ccc"] }
    if let needed = state.tupletCompletion { return [needed] }
    if let note = state.tiedNote { return [note, "|"] }
    return (state.isInSign ? ["|", ":", "]", "2 "] : ["|", ":"]) + state.notesThatFillBar
  }

  private static let further =
    ["]", "}", ")", "\"", "!", "-"]
    + ["", "/", "2", "3", "4", "6", "8", "3/", "12", "16"].map { "c" + $0 }
}
