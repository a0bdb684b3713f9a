extension Rule {
  static let wideLeap = Rule(
    .wideLeap, section: "4.1",
    summary: "A melody leaps by more than two octaves.",
    reason: "Hardly any instrument plays it; an octave mark may be lost, or one too many.",
    mend: "Look at the octave marks of the two notes.",
    bad: "C4 c''4|]",
    good: "C4 c'4|]",
    check: { tune in
      for voice in tune.score.voices {
        var before: Int?
        for event in voice.events where event.layer == 0 {
          // Two-part writing in chords leaps for nobody.
          guard event.kind == .note else {
            if event.kind == .chord { before = nil }
            continue
          }
          let note = voice.notes[event.notes.lowerBound]
          if let before, abs(note.pitch - before) > 24 {
            tune.report(event.range, "this note is \(abs(note.pitch - before)) semitones from the one before")
          }
          before = note.pitch
        }
      }
    })
}
