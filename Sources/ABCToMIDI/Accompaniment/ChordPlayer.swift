import ABCNotation

/// Plays bass and chords to the chord symbols of a tune.
///
/// A chord holds until the next symbol; a stroke plays the chord that is in force when it starts, and rings on
/// when the chord changes, as in abc2midi. Octaves, programs (0) and velocities (bass 80, chords 75) are
/// abc2midi's.
///
/// It differs from abc2midi, version 4.84, where that goes against its own guide or against the ear:
/// - `g` is the lowest note of the chord in inversions too, and a letter past the highest note goes on an octave
///   higher, where abc2midi plays a note of an earlier chord or pitch 10.
/// - `N.C.` silences the chords; abc2midi takes no notice.
/// - A symbol that is no chord changes nothing: abc2midi takes what starts with `A`–`G` for a major chord, and
///   for `a`–`g` it plays the bass only.
/// - A pattern in the middle of a bar is laid over that bar from its start; abc2midi goes on in it at the
///   letter number where it was in the old one.
/// - A `chordname` holds to the end of its tune, not to that of the file.
/// - Without a pattern of its own, a tune has one of one bar, whatever `gchordbars` says.
/// - A root written C flat or B sharp sounds as B or C.
struct ChordPlayer: PatternPlayer {
  /// The octave that bass notes lie in: its C.
  static let bassOctave = 36
  /// The octave that the roots of chords lie in: its C.
  static let chordOctave = 48

  private(set) var grid: StrokeGrid<ChordStroke>?
  private(set) var bass = LayerRecorder(program: 0)
  private(set) var chords = LayerRecorder(program: 0)

  /// The pattern that a command gives, if one does.
  private var pattern: StrokePattern<ChordStroke>?
  private var patternBars = 1
  private var meter = Meter.free
  private var vocabulary = ChordVocabulary()
  private var harmony: Harmony?
  private var isOn = true
  private var bassVelocity = 80
  private var chordVelocity = 75
  /// What is added to the pitches: octaves as the programs ask for them, and how much higher the tune sounds.
  private var bassShift = 0
  private var chordShift = 0
  private var transposition = 0

  /// A meter change brings the default pattern back.
  mutating func enter(_ meter: Meter) -> Bool {
    self.meter = meter
    pattern = nil
    layGrid()
    return true
  }

  private mutating func layGrid() {
    if let pattern {
      grid = StrokeGrid(pattern, barLength: meter.patternLength, bars: patternBars)
    } else {
      grid = StrokeGrid(DefaultChordPattern.pattern(for: meter), barLength: meter.patternLength, bars: 1)
    }
  }

  mutating func apply(_ instruction: AccompanimentPlan.Instruction, at onset: Fraction) -> Bool {
    switch instruction {
    case .chordSymbol(let text): change(to: vocabulary.meaning(of: text), at: onset)
    case .transposition(let semitones): transposition = semitones
    case .directive(let directive): return apply(directive, at: onset)
    }
    return false
  }

  private mutating func change(to meaning: ChordVocabulary.Meaning, at onset: Fraction) {
    switch meaning {
    case .harmony(let next): harmony = next
    case .nothing: break
    case .silence:
      harmony = nil
      cut(at: onset)
    }
  }

  private mutating func apply(_ directive: AccompanimentDirective, at onset: Fraction) -> Bool {
    switch directive {
    case .chordPattern(let next):
      pattern = next
      layGrid()
      return true
    case .chordPatternBars(let count):
      patternBars = count
      guard pattern != nil else { return false }
      layGrid()
      return true
    case .chordProgram(let program, let octave):
      chords.setProgram(program, at: onset)
      if let octave { chordShift = 12 * octave }
    case .bassProgram(let program, let octave):
      bass.setProgram(program, at: onset)
      if let octave { bassShift = 12 * octave }
    case .chordVelocity(let velocity): chordVelocity = velocity
    case .bassVelocity(let velocity): bassVelocity = velocity
    case .chordsAreOn(let isOn): self.isOn = isOn
    case .control(.bass, let changes): bass.control(changes, at: onset)
    case .control(.chord, let changes): chords.control(changes, at: onset)
    case .chordName(let kind, let intervals): vocabulary.define(kind, intervals: intervals)
    default: break
    }
    return false
  }

  mutating func strike(_ sound: ChordStroke, from onset: Fraction, to end: Fraction) {
    guard isOn, let harmony else { return }
    switch sound {
    case .bass:
      strikeBass(harmony, from: onset, to: end)
    case .chord:
      strikeChord(harmony, from: onset, to: end)
    case .bassAndChord:
      strikeBass(harmony, from: onset, to: end)
      strikeChord(harmony, from: onset, to: end)
    case .single(let index, let octave):
      guard let note = harmony.note(index) else { return }
      chords.beginStroke()
      chords.add(
        pitch: chordBase + note + 12 * octave, velocity: chordVelocity, from: onset, to: end)
    }
  }

  private var chordBase: Int { Self.chordOctave + chordShift + transposition }

  private mutating func strikeBass(_ harmony: Harmony, from onset: Fraction, to end: Fraction) {
    bass.beginStroke()
    bass.add(
      pitch: Self.bassOctave + bassShift + transposition + harmony.bass, velocity: bassVelocity, from: onset,
      to: end)
  }

  private mutating func strikeChord(_ harmony: Harmony, from onset: Fraction, to end: Fraction) {
    chords.beginStroke()
    for note in harmony.notes {
      chords.add(pitch: chordBase + note, velocity: chordVelocity, from: onset, to: end)
    }
  }

  mutating func cut(at moment: Fraction) {
    bass.cut(at: moment)
    chords.cut(at: moment)
  }
}
