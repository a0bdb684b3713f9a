/// `ABC102`: every tune has a title (ABC 2.1, 3.1.2).
enum TitleRule: ValidationRule {
  static func check(_ context: TuneContext, _ report: (Diagnostic) -> Void) {
    guard context.score.title == nil else { return }
    let place = context.score.range.lowerBound..<context.score.range.lowerBound
    report(
      Diagnostic(.missingTitle, place, "this tune has no title; put a line such as 'T:The Name' behind 'X:'"))
  }
}
