/// `ABC503`: a repeat that is opened is closed.
enum RepeatRule: ValidationRule {
  static func check(_ context: TuneContext, _ report: (Diagnostic) -> Void) {
    for voice in context.score.voices {
      var open: Range<Int>?
      for measure in voice.measures {
        if let opening = measure.opening, opening.repeatsAfter > 0 {
          if let open { report(unclosed(at: open)) }
          open = measure.range.lowerBound..<(measure.range.lowerBound + 1)
        }
        if let closing = measure.closing, closing.repeatsBefore > 0 { open = nil }
      }
      if let open { report(unclosed(at: open)) }
    }
  }

  private static func unclosed(at range: Range<Int>) -> Diagnostic {
    Diagnostic(.unclosedRepeat, range, "this repeat is never closed; end it with ':|'")
  }
}
