/// The pitches of notes.
extension VoiceState {
  /// Puts a single note at the end of the bar under way.
  mutating func append(
    _ note: WrittenNote, _ range: Range<Int>, _ propagation: AccidentalPropagation,
    _ diagnostics: inout DiagnosticList
  ) {
    let first = voice.notes.count
    let written = sound(note, range, propagation, &diagnostics)
    append(.note, range, written: written, firstNote: first, &diagnostics)
  }

  /// Gives a note its pitch and puts it among the notes of the voice: by its own accidental, else by one earlier
  /// in the bar, else by the key (ABC 2.1, 11.3). Returns its length in whole notes.
  @inline(__always)
  mutating func sound(
    _ note: WrittenNote, _ range: Range<Int>, _ propagation: AccidentalPropagation, isGrace: Bool = false,
    _ diagnostics: inout DiagnosticList
  ) -> Fraction {
    let octave = note.octave &+ staff.soundingOctave
    let written = note.length == Fraction(1) ? unitLength : note.length * unitLength
    var semitones: Int
    var cents = 0
    if note.hasAccidental {
      accidentals.set(note.accidental, step: note.step, octave: octave, propagation)
      semitones = Int(note.accidental.semitones)
      cents = Int(note.accidental.cents)
    } else if !ties.isEmpty, let tied = ties.alteration(step: note.step, octave: octave, layer: layer) {
      (semitones, cents) = tied
    } else if let earlier = accidentals.value(of: note.step, octave: octave) {
      semitones = Int(earlier.semitones)
      cents = Int(earlier.cents)
    } else {
      semitones = key.alterations[note.step]
    }
    let result = ScoreNote(
      step: note.step, octave: octave, alteration: semitones, cents: cents,
      transposition: staff.transposition, hasAccidental: note.hasAccidental, duration: written,
      isTied: note.isTied, range: range)
    if !(0...127).contains(result.pitch) {
      diagnostics.append(
        Diagnostic(
          .pitchOutOfRange, range, "this note is out of reach of any instrument (and of MIDI)"))
    }
    voice.notes.append(result)
    if note.isTied, !isGrace { hasTie = true }
    return written
  }
}
