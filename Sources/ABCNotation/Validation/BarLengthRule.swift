/// `ABC301` and `ABC302`: every bar has the length that the meter asks for.
///
/// A section may start with a pickup; its last bar is then short by as much. A bar that a repeat or double-bar
/// sign splits counts as one. Players also cut the last bar of a section where another one with its own pickup
/// follows, or leave out the rest that would fill it: up to half a bar may be missing there.
enum BarLengthRule: ValidationRule {
  static func check(_ context: TuneContext, _ report: (Diagnostic) -> Void) {
    for voice in context.score.voices { check(voice, report) }
  }

  private static func check(_ voice: Voice, _ report: (Diagnostic) -> Void) {
    let measures = voice.measures
    let pickups = Set(measures.indices.filter { startsSection($0, of: measures) }.map { measures[$0].length })
    for (index, measure) in measures.enumerated() {
      guard let expected = measure.expectedLength, measure.length != expected else { continue }
      if measure.length > expected {
        report(
          Diagnostic(
            .longBar, measure.range,
            "this bar is \(amount(measure.length - expected)) too long: \(amount(measure.length)) instead of \(amount(expected))"
          ))
        continue
      }
      if startsSection(index, of: measures) { continue }
      let missing = expected - measure.length
      if endsSection(index, of: measures) {
        if pickups.contains(missing) || missing + missing <= expected { continue }
        if index + 1 < measures.count, measures[index + 1].length == missing { continue }
      }
      report(
        Diagnostic(
          .shortBar, measure.range,
          "this bar is \(amount(missing)) too short: \(amount(measure.length)) instead of \(amount(expected))"
        ))
    }
  }

  /// Whether a bar may be a pickup.
  private static func startsSection(_ index: Int, of measures: [Measure]) -> Bool {
    index == 0 || measures[index].part != nil || endsSection(index - 1, of: measures)
      || measures[index].opening == nil
  }

  private static func endsSection(_ index: Int, of measures: [Measure]) -> Bool {
    guard index + 1 < measures.count else { return true }
    guard let closing = measures[index].closing else { return true }
    return closing.isSectionEnd || measures[index + 1].ending != nil || measures[index + 1].part != nil
  }

  private static func amount(_ length: Fraction) -> String { length.description }
}
