/// A `%%MIDI` command about the accompaniment.
enum AccompanimentDirective: Hashable, Sendable {
  /// `gchord`: the rhythm of bass and chords; nil for that of the meter.
  case chordPattern(StrokePattern<ChordStroke>?)
  /// `gchordbars`: how many bars such a rhythm spans, 1…10.
  case chordPatternBars(Int)
  /// `chordprog`: the program of the chords, 0…127, and how many octaves higher they sound, -2…2, if it says so.
  case chordProgram(Int, octave: Int?)
  /// `bassprog`: the same for the bass.
  case bassProgram(Int, octave: Int?)
  /// `chordvol`: how hard chords are struck, 0…127; 0 is silence.
  case chordVelocity(Int)
  /// `bassvol`: the same for the bass.
  case bassVelocity(Int)
  /// `gchordon` and `gchordoff`.
  case chordsAreOn(Bool)
  /// `chordname`: what a kind of chord consists of, in semitones above the root.
  case chordName(String, intervals: [Int])
  /// `chordattack` and `randomchordattack`: understood, but the notes of a chord start together.
  case chordAttack
  /// `control`, `pitchbend` and the like of the channel of the bass or of the chords.
  case control(ControlCommand.Target, [InstrumentChange])
  /// `drum`: the rhythm of the drums with the instruments and velocities of its strokes.
  case drumPattern(StrokePattern<DrumHit>)
  /// `drumbars`: how many bars such a rhythm spans, 1…10.
  case drumPatternBars(Int)
  /// `drumon` and `drumoff`.
  case drumsAreOn(Bool)
  /// `drone`: what the drone consists of.
  case drone(DroneSettings)
  /// `droneon` and `droneoff`.
  case droneIsOn(Bool)
}
