/// `ABC503`: a repeat that is opened is closed.
struct RepeatRule: Sendable {
  /// Where the repeat that is open begins.
  private(set) var open: Range<Int>?

  /// A bar has ended.
  @inline(__always)
  mutating func end(_ measure: Measure, _ diagnostics: inout DiagnosticList) {
    if let opening = measure.opening, opening.repeatsAfter > 0 {
      report(&diagnostics)
      open = measure.range.lowerBound..<(measure.range.lowerBound + 1)
    }
    if let closing = measure.closing, closing.repeatsBefore > 0 { open = nil }
  }

  /// A sign closes a repeat with nothing between it and the sign before.
  mutating func close() { open = nil }

  /// The voice has ended.
  mutating func finish(_ diagnostics: inout DiagnosticList) { report(&diagnostics) }

  private mutating func report(_ diagnostics: inout DiagnosticList) {
    guard let range = open else { return }
    diagnostics.append(Diagnostic(.unclosedRepeat, range, "this repeat is never closed; end it with ':|'"))
    open = nil
  }
}
