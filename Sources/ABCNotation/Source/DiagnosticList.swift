/// What is found in one tune. Past a thousand findings it is no tune any more, or none of ABC: from there on they are
/// only counted, so that no text makes the list grow without bound.
struct DiagnosticList: Sendable {
  static let limit = 1000

  private(set) var items: [Diagnostic] = []
  /// How many are not among the items, and where the first of them stands.
  private var omitted = 0
  private var firstOmitted = 0..<0

  var count: Int { items.count }

  mutating func append(_ diagnostic: Diagnostic) {
    if items.count < Self.limit {
      items.append(diagnostic)
    } else {
      if omitted == 0 { firstOmitted = diagnostic.range }
      omitted += 1
    }
  }

  /// Whether one of the latest findings is an error at or behind an offset.
  func hasError(from offset: Int) -> Bool {
    items.suffix(16).contains { $0.range.lowerBound >= offset && $0.severity == .error }
  }

  /// Says of the findings from `index` on that they stand at one place.
  mutating func move(from index: Int, to range: Range<Int>) {
    for index in index..<items.count {
      items[index] = items[index].moved(to: range)
    }
  }

  /// Puts one finding in the place of all of certain kinds from `index` on, if there are at least so many of them.
  mutating func collapse(
    from index: Int, _ codes: Set<DiagnosticCode>, atLeast count: Int,
    into diagnostic: @autoclosure () -> Diagnostic
  ) {
    guard items.count >= index + count, items[index...].count(where: { codes.contains($0.code) }) >= count
    else { return }
    let others = items[index...].filter { !codes.contains($0.code) }
    items.removeSubrange(index...)
    items.append(diagnostic())
    items += others
  }

  /// Forgets the findings of certain kinds.
  mutating func remove(_ codes: Set<DiagnosticCode>) { items.removeAll { codes.contains($0.code) } }

  mutating func removeAll() { self = DiagnosticList() }

  /// All of them in the order of the text; the last one says how many there would have been.
  var ordered: [Diagnostic] {
    var all = items.count > 1 ? items.sorted { $0.range.lowerBound < $1.range.lowerBound } : items
    if omitted > 0 {
      all.append(
        Diagnostic(.moreFindings, firstOmitted, "this tune has \(omitted) more faults, which are not listed"))
    }
    return all
  }
}
