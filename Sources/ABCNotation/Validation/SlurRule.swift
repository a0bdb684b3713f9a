/// `ABC501` and `ABC502`: slurs open and close in pairs.
struct SlurRule: Sendable {
  /// Where the slurs that are open begin.
  private(set) var open: [Range<Int>] = []

  mutating func begin(_ range: Range<Int>) { open.append(range) }

  mutating func end(_ range: Range<Int>, _ diagnostics: inout [Diagnostic]) {
    guard open.popLast() == nil else { return }
    diagnostics.append(Diagnostic(.unmatchedSlur, range, "this ')' closes no slur"))
  }

  func finish(_ diagnostics: inout [Diagnostic]) {
    for range in open {
      diagnostics.append(
        Diagnostic(.unclosedSlur, range, "this '(' opens a slur that no ')' closes"))
    }
  }
}
