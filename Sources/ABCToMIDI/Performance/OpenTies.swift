import ABCNotation

/// The notes that wait for what they are tied to.
struct OpenTies: Sendable {
  private struct Tie {
    let layer: Int
    let pitch: Int
    /// The index of the note that the tie prolongs.
    let note: Int
  }

  private var ties: [Tie] = []

  var isEmpty: Bool { ties.isEmpty }

  /// The note of a layer that waits for one of this pitch.
  func note(layer: Int, pitch: Int) -> Int? {
    ties.last { $0.layer == layer && $0.pitch == pitch }?.note
  }

  /// Forgets what waits in a layer.
  mutating func close(layer: Int) { ties.removeAll { $0.layer == layer } }

  /// Lets a note wait.
  mutating func open(layer: Int, pitch: Int, note: Int) {
    ties.append(Tie(layer: layer, pitch: pitch, note: note))
  }
}
