/// `ABC504` and `ABC507`: variant endings count up from 1, and no first one is left alone.
struct EndingRule: Sendable {
  private var played = PassSet()
  /// A first ending behind which no second one has come.
  private var lone: Range<Int>?
  /// Whether that ending has been closed by a repeat sign.
  private var isRepeated = false

  /// An ending begins, behind a sign that starts a repeat or not.
  mutating func begin(
    _ ending: PassSet, _ range: Range<Int>, opensRepeat: Bool, _ diagnostics: inout DiagnosticList
  ) {
    guard let first = ending.min else { return }
    if opensRepeat || first == 1 {
      finish(&diagnostics)
      played = PassSet()
    }
    if first > 1, !played.contains(first - 1) {
      diagnostics.append(
        Diagnostic(
          .endingOrder, range, "there is no ending \(first - 1) before this ending \(first)"))
    }
    played.formUnion(ending)
    lone = first == 1 && ending.max == 1 ? range : nil
    isRepeated = false
  }

  /// A repeat sign ends what is played once more.
  @inline(__always)
  mutating func endRepeat() { if lone != nil { isRepeated = true } }

  /// A repeat starts: its endings count from 1 again.
  @inline(__always)
  mutating func beginRepeat(_ diagnostics: inout DiagnosticList) {
    if lone != nil { finish(&diagnostics) }
    played = PassSet()
  }

  /// The voice has ended.
  mutating func finish(_ diagnostics: inout DiagnosticList) {
    if let lone, isRepeated {
      diagnostics.append(
        Diagnostic(
          .missingEnding, lone, "no second ending stands behind this first one; write '[2' behind ':|'"))
    }
    lone = nil
  }
}
