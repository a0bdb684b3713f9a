import ABCNotation

/// A track of the accompaniment: the chords, the drums or the drone.
struct AccompanimentTrack: Sendable {
  /// What abc2midi calls it: `gchord track`, `drum track` or `drone track`.
  let name: String
  /// What needs a channel each. Every layer has notes.
  let layers: [Layer]

  /// Notes for one channel. No two notes of one pitch overlap.
  struct Layer: Sendable {
    /// Whether it belongs on the percussion channel, where a pitch is an instrument.
    var isPercussion: Bool
    /// The General MIDI programs, 0…127, and from when on they hold, in whole notes. In order of time, the first
    /// one at the start of the tune; none for percussion.
    var programs: [(onset: Fraction, program: Int)]
    /// What else is asked of its instrument, in order of time.
    var controls: [(onset: Fraction, change: InstrumentChange)]
    /// The notes in order of their onsets.
    var notes: [TimedNote]
  }
}
