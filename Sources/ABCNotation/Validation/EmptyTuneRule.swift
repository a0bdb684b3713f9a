/// `ABC111`: a tune holds music.
enum EmptyTuneRule: ValidationRule {
  static func check(_ context: TuneContext, _ report: (Diagnostic) -> Void) {
    guard context.score.voices.isEmpty else { return }
    let place = context.score.range.lowerBound..<context.score.range.lowerBound
    report(Diagnostic(.emptyTune, place, "this tune has no music"))
  }
}
