/// `ABC504`: variant endings count up from 1.
enum EndingRule: ValidationRule {
  static func check(_ context: TuneContext, _ report: (Diagnostic) -> Void) {
    for voice in context.score.voices {
      var played: Set<Int> = []
      for measure in voice.measures {
        if let opening = measure.opening, opening.repeatsAfter > 0 { played = [] }
        guard let ending = measure.ending, let first = ending.min() else { continue }
        if first == 1 { played = [] }
        if first > 1, !played.contains(first - 1) {
          report(
            Diagnostic(
              .endingOrder, measure.endingRange ?? measure.range,
              "there is no ending \(first - 1) before this ending \(first)"))
        }
        played.formUnion(ending)
      }
    }
  }
}
