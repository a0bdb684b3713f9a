/// `ABC504`: variant endings count up from 1.
struct EndingRule: Sendable {
  private var played = PassSet()

  /// An ending begins, behind a sign that starts a repeat or not.
  mutating func begin(
    _ ending: PassSet, _ range: Range<Int>, opensRepeat: Bool, _ diagnostics: inout DiagnosticList
  ) {
    guard let first = ending.min else { return }
    if opensRepeat || first == 1 { played = PassSet() }
    if first > 1, !played.contains(first - 1) {
      diagnostics.append(
        Diagnostic(
          .endingOrder, range, "there is no ending \(first - 1) before this ending \(first)"))
    }
    played.formUnion(ending)
  }

  /// A repeat starts: its endings count from 1 again.
  @inline(__always)
  mutating func beginRepeat() { played = PassSet() }
}
