/// What decides the pitch of a note that has no accidental of its own: ties, earlier accidentals of the bar, the key.
struct PitchContext: Sendable {
  let key: Key
  /// The name of the voice; empty for a tune without voices.
  let voice: String
  /// Octaves between what is written and what sounds.
  let octaveShift: Int
  private var accidentals = AccidentalMemory()
  private var ties = OpenTies()
  private let layer: Int
  private let propagation: AccidentalPropagation

  /// What holds where an interpreter has come to.
  init(_ interpreter: Interpreter) {
    let tune = interpreter.tune
    propagation = tune.propagation
    guard !tune.inHeader, tune.voices.indices.contains(tune.voice) else {
      // The music starts without a `K:`, and this is its first note.
      key = tune.score.key
      voice = ""
      octaveShift = tune.staff.soundingOctave
      layer = 0
      return
    }
    let state = tune.voices[tune.voice]
    key = state.key
    voice = state.voice.identifier
    octaveShift = state.staff.soundingOctave
    accidentals = state.accidentals
    ties = state.ties
    layer = state.layer
  }

  /// What a note without an accidental would be altered by, in hundredths of a semitone.
  func hundredths(of step: Step, octave: Int) -> Int {
    if let tied = ties.alteration(step: step, octave: octave, layer: layer) {
      return 100 * tied.semitones + tied.cents
    }
    if let earlier = accidentals.value(of: step, octave: octave) {
      return 100 * Int(earlier.semitones) + Int(earlier.cents)
    }
    return 100 * key.alterations[step]
  }

  /// A note with an accidental follows.
  mutating func set(_ pitch: SpelledPitch) {
    let value = AccidentalMemory.Value(
      semitones: Int8(clamping: pitch.hundredths / 100), cents: Int8(clamping: pitch.hundredths % 100))
    accidentals.set(value, step: pitch.step, octave: pitch.octave, propagation)
  }
}

/// A note as it is written, and what it comes to.
struct SourceNote: Sendable {
  var pitch: SpelledPitch
  /// Its accidental, letter and octave marks; no bytes where there are none.
  var accidental: [UInt8]
  var letter: UInt8
  var marks: [UInt8]
  /// Whether the accidental only says what holds anyway.
  var isCourtesy = false

  /// Writes the note at its new place, with an accidental where one is needed or the writer gave one of his own
  /// accord.
  func moved(
    by shift: TonalShift, in key: Key?, _ context: PitchContext, isExplicit: Bool = false
  ) -> SourceNote {
    let new = shift.moved(pitch, to: key)
    let isNeeded = context.hundredths(of: new.step, octave: new.octave) != new.hundredths
    var result = SourceNote(pitch: new, accidental: [], letter: letter, marks: marks)
    if isNeeded || isCourtesy || isExplicit { result.setAccidental(from: self) }
    result.setLetters(from: self, octaveShift: context.octaveShift)
    return result
  }

  /// Writes the note at its new place with an accidental exactly where the old one has one. Right where no note is
  /// spelled anew on the way.
  func moved(by shift: TonalShift, in key: Key?, octaveShift: Int) -> SourceNote {
    var result = SourceNote(pitch: shift.moved(pitch, to: key), accidental: [], letter: letter, marks: marks)
    if !accidental.isEmpty { result.setAccidental(from: self) }
    result.setLetters(from: self, octaveShift: octaveShift)
    return result
  }

  /// The bytes of accidental, letter and octave marks.
  var bytes: [UInt8] { accidental + [letter] + marks }

  /// The writer may spell a fraction in his own way: `^/` or `^1/2`.
  private mutating func setAccidental(from old: SourceNote) {
    let isSame = !old.accidental.isEmpty && old.pitch.hundredths == pitch.hundredths
    accidental = isSame ? old.accidental : pitch.accidental
  }

  private mutating func setLetters(from old: SourceNote, octaveShift: Int) {
    if old.pitch.step == pitch.step, old.pitch.octave == pitch.octave { return }
    (letter, marks) = pitch.letters(octaveShift: octaveShift)
  }
}
