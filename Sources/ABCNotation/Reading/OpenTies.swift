/// The ties that wait for their second note, and `ABC401`: a tie leads to a note of the same pitch (ABC 2.1, 4.11).
struct OpenTies: Sendable {
  private struct Tie: Sendable {
    let note: ScoreNote
    let layer: Int
  }

  private var ties: [Tie] = []
  /// The event that they start at.
  private var range = 0..<0
  /// Whether a repeat or an ending has come between: the tie may lead back or to another ending.
  private var isFree = false

  var isEmpty: Bool { ties.isEmpty }

  /// The alteration that a tie carries to a note of the same name.
  func alteration(step: Step, octave: Int, layer: Int) -> (semitones: Int, cents: Int)? {
    for tie in ties where tie.note.step == step && tie.note.octave == octave && tie.layer == layer {
      return (tie.note.alteration, tie.note.cents)
    }
    return nil
  }

  /// An event follows: what is tied to it is settled.
  mutating func resolve(
    _ notes: ArraySlice<ScoreNote>, layer: Int, _ diagnostics: inout DiagnosticList
  ) {
    var isOpen = false
    var isMatched = false
    for tie in ties where tie.layer == layer {
      isOpen = true
      if notes.contains(where: { $0.pitch == tie.note.pitch && $0.cents == tie.note.cents }) {
        isMatched = true
      }
    }
    guard isOpen else { return }
    if !isMatched, layer == 0, !isFree { report(&diagnostics) }
    ties.removeAll { $0.layer == layer }
    if ties.isEmpty { isFree = false }
  }

  /// Ties start at the notes of an event.
  mutating func start(_ notes: ArraySlice<ScoreNote>, layer: Int, at range: Range<Int>) {
    var isFirst = true
    for note in notes where note.isTied {
      if isFirst { ties.removeAll { $0.layer == layer } }
      isFirst = false
      ties.append(Tie(note: note, layer: layer))
      if layer == 0 { self.range = range }
    }
  }

  /// A bar line: what overlays have tied ends there; behind a repeat sign a tie may lead anywhere.
  mutating func endBar(isRepeat: Bool) {
    ties.removeAll { $0.layer > 0 }
    if isRepeat { isFree = true }
  }

  /// The same ties at the start of another ending.
  func carriedToEnding() -> OpenTies {
    var copy = self
    copy.isFree = true
    return copy
  }

  /// The voice has ended.
  mutating func finish(_ diagnostics: inout DiagnosticList) {
    if !isFree, ties.contains(where: { $0.layer == 0 }) { report(&diagnostics) }
    ties = []
  }

  private func report(_ diagnostics: inout DiagnosticList) {
    diagnostics.append(
      Diagnostic(
        .strayTie, range,
        "this tie leads to no note of the same pitch; for a slur write '(' before and ')' behind the notes"))
  }
}
