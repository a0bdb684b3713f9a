/// `ABC301` and `ABC302`: every bar has the length that the meter asks for.
///
/// A section may start with a pickup; its last bar is then short by as much. A bar that a repeat or double-bar
/// sign splits counts as one. Players also cut the last bar of a section where another one with its own pickup
/// follows, or leave out the rest that would fill it: up to half a bar may be missing there.
///
/// Bars come one by one; what the next bar must say about a bar is asked as soon as that one begins.
struct BarLengthRule: Sendable {
  /// What the rule must know of a bar.
  struct Bar: Sendable {
    var length: Fraction
    /// Nil in free meter.
    var expected: Fraction?
    var range: Range<Int>
    /// Its index among the bars of the voice.
    var index: Int
    var opensWithoutSign: Bool
    var startsPart: Bool
    var startsEnding: Bool
    /// Whether it has no closing sign, or one that ends a section.
    var closesSection: Bool
  }

  /// What came out about a bar.
  struct Verdict {
    let index: Int
    let fill: Measure.Fill
  }

  /// Bars of another length than the meter's so far: how many of each length, and what they should have.
  private var wrong: [(length: Fraction, expected: Fraction, count: Int)] = []

  private var held: Bar?
  private var heldStartsSection = false
  /// The lengths of the pickups so far.
  private var pickups: [Fraction] = []
  /// Bars at the end of a section that only a pickup of a later section can explain.
  private var unexplained: [(missing: Fraction, bar: Bar)] = []

  /// A bar begins, and starts an ending or a part or does not: the bar before it may be too short for good.
  @inline(__always)
  mutating func begin(
    startsEnding: Bool, startsPart: Bool, _ diagnostics: inout DiagnosticList
  ) -> Verdict? {
    guard let bar = held, let expected = bar.expected, bar.length < expected, !heldStartsSection,
      !bar.closesSection, !startsEnding, !startsPart
    else { return nil }
    held?.expected = nil
    return short(bar, by: expected - bar.length, &diagnostics)
  }

  /// Another sign with nothing between: the bar before it ends a section after all.
  mutating func closeSection() { held?.closesSection = true }

  /// A bar has ended. Returns what is now known of the bar before it and of this one.
  mutating func end(_ bar: Bar, _ diagnostics: inout DiagnosticList) -> (Verdict?, Verdict?) {
    if let expected = bar.expected, bar.length != expected { count(bar, expected) }
    var verdict: Verdict?
    var startsSection = true
    if let held {
      let endsSection = held.closesSection || bar.startsEnding || bar.startsPart
      verdict = judge(held, endsSection: endsSection, next: bar.length, &diagnostics)
      startsSection = bar.startsPart || endsSection || bar.opensWithoutSign
    }
    held = bar
    heldStartsSection = startsSection
    guard let expected = bar.expected, bar.length != expected else { return (verdict, nil) }
    if bar.length > expected {
      held?.expected = nil
      let excess = bar.length - expected
      diagnostics.append(
        Diagnostic(
          .longBar, bar.range, "this bar is \(excess) too long: \(bar.length) instead of \(expected)"))
      return (verdict, Verdict(index: bar.index, fill: .long(excess)))
    }
    guard startsSection else { return (verdict, nil) }
    if !pickups.contains(bar.length) { pickups.append(bar.length) }
    return (verdict, Verdict(index: bar.index, fill: .pickup))
  }

  /// The voice has ended.
  mutating func finish(_ diagnostics: inout DiagnosticList) -> [Verdict] {
    var verdicts: [Verdict] = []
    if let held, let verdict = judge(held, endsSection: true, next: nil, &diagnostics) {
      verdicts.append(verdict)
    }
    for (missing, bar) in unexplained {
      verdicts.append(
        pickups.contains(missing)
          ? Verdict(index: bar.index, fill: .cut) : short(bar, by: missing, &diagnostics))
    }
    return verdicts
  }

  private mutating func count(_ bar: Bar, _ expected: Fraction) {
    if let index = wrong.firstIndex(where: { $0.length == bar.length && $0.expected == expected }) {
      wrong[index].count += 1
    } else if wrong.count < 16 {
      wrong.append((bar.length, expected, 1))
    }
  }

  /// `ABC311`: the length that most bars have and that is none of the meter's, with the one that is, and how many
  /// have it; nil if there is no such length.
  func prevailingLength(ofBars total: Int) -> (length: Fraction, expected: Fraction, count: Int)? {
    guard let most = wrong.max(by: { $0.count < $1.count }), most.count >= 4, 3 * most.count >= 2 * total
    else {
      return nil
    }
    return most
  }

  /// Whether a bar waits for an explanation that may never come.
  var hasOpenQuestion: Bool { !unexplained.isEmpty }

  private mutating func judge(
    _ bar: Bar, endsSection: Bool, next: Fraction?, _ diagnostics: inout DiagnosticList
  ) -> Verdict? {
    guard let expected = bar.expected, bar.length < expected, !heldStartsSection else { return nil }
    let missing = expected - bar.length
    guard endsSection else { return short(bar, by: missing, &diagnostics) }
    if missing + missing <= expected || next == missing || pickups.contains(missing) {
      return Verdict(index: bar.index, fill: .cut)
    }
    unexplained.append((missing, bar))
    return nil
  }

  private func short(_ bar: Bar, by missing: Fraction, _ diagnostics: inout DiagnosticList)
    -> Verdict
  {
    diagnostics.append(
      Diagnostic(
        .shortBar, bar.range,
        "this bar is \(missing) too short: \(bar.length) instead of \(bar.length + missing)"))
    return Verdict(index: bar.index, fill: .short(missing))
  }
}
