/// `ABC501` and `ABC502`: slurs open and close in pairs.
struct SlurRule: Sendable {
  /// Where the slurs that are open begin.
  private var open: [UInt32] = []

  mutating func begin(_ range: Range<Int>) { open.append(UInt32(truncatingIfNeeded: range.lowerBound)) }

  mutating func end(_ range: Range<Int>, _ diagnostics: inout DiagnosticList) {
    guard open.popLast() == nil else { return }
    diagnostics.append(Diagnostic(.unmatchedSlur, range, "this ')' closes no slur"))
  }

  func finish(_ diagnostics: inout DiagnosticList) {
    for start in open {
      diagnostics.append(
        Diagnostic(.unclosedSlur, Int(start)..<(Int(start) + 1), "this '(' opens a slur that no ')' closes"))
    }
  }
}
