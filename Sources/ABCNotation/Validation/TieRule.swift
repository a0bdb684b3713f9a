/// `ABC401`: a tie leads to a note of the same pitch (ABC 2.1, 4.11).
enum TieRule: ValidationRule {
  static func check(_ context: TuneContext, _ report: (Diagnostic) -> Void) {
    for voice in context.score.voices {
      for (index, measure) in voice.measures.enumerated() {
        for (position, event) in measure.events.enumerated() {
          let tied = event.notes.filter(\.isTied)
          guard !tied.isEmpty else { continue }
          var next = measure.events[(position + 1)...].first { $0.layer == event.layer }
          if next == nil {
            // At a repeat the tie may lead back.
            if let closing = measure.closing, closing.repeatsBefore > 0 || event.layer > 0 { continue }
            next = index + 1 < voice.measures.count ? voice.measures[index + 1].events.first : nil
          }
          let pitches = Set((next?.notes ?? []).map(\.pitch))
          if !tied.contains(where: { pitches.contains($0.pitch) }) {
            report(
              Diagnostic(
                .strayTie, event.range,
                "this tie leads to no note of the same pitch; for a slur write '(' before and ')' behind the notes"
              ))
          }
        }
      }
    }
  }
}
