extension Rule {
  static let redundantAccidental = Rule(
    .redundantAccidental, section: "4.2",
    summary: "An accidental says what holds anyway.",
    reason: """
      The key, or an accidental earlier in the bar, has said the same, and the bar
      before has nothing else that it could warn of. Often the key is not what the
      transcriber thought.
      """,
    mend: "Take it away, or mend the key.",
    bad: """
      X:1
      T:The Tune
      M:4/4
      L:1/8
      K:D
      D4 ^F4|]

      """,
    good: """
      X:1
      T:The Tune
      M:4/4
      L:1/8
      K:D
      D4 F4|]

      """,
    fix: .safe("The accidental is taken away.", Fix.remove),
    check: { tune in
      let text = tune.text
      guard
        !tune.score.directives.contains(where: { $0.name == "propagate-accidentals" || $0.name == "MIDI" })
      else { return }
      for voice in tune.score.voices {
        var before: Set<Int> = []
        for measure in voice.measures {
          // What the bar has said of a letter, and whether it was ever something else.
          var said: [Step: Int] = [:]
          var altered: Set<Int> = []
          // A key that changes within the bar makes it too hard to tell.
          let isSimple = measure.overlays.isEmpty && !measure.changes.contains { $0.isKey }
          for event in voice.events(in: measure) {
            for note in voice.notes[event.graceNotes.lowerBound..<event.notes.upperBound] {
              let holds = said[note.step] ?? measure.key.alterations[note.step]
              if note.alteration != measure.key.alterations[note.step] { altered.insert(note.step.rawValue) }
              guard note.hasAccidental else { continue }
              let isNews = note.alteration != holds || note.cents != 0
              said[note.step] = note.alteration
              guard isSimple, !isNews, !before.contains(note.step.rawValue),
                !altered.contains(note.step.rawValue) || note.alteration != measure.key.alterations[note.step]
              else { continue }
              var end = note.range.lowerBound
              while end < note.range.upperBound, "^_=".utf8.contains(text[end]) { end += 1 }
              // Of a fraction of a semitone we say nothing.
              guard end > note.range.lowerBound, text[end].isNoteLetter, event.kind == .note,
                event.graceNotes.isEmpty
              else {
                continue
              }
              tune.report(note.range.lowerBound..<end, "this accidental holds already")
            }
          }
          before = altered
        }
      }
    })
}

extension ScoreChange {
  /// Whether the key changes.
  fileprivate var isKey: Bool { if case .key = kind { true } else { false } }
}
