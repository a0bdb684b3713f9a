/// `ABC505`: the parts that the order of play names are there.
struct PartRule: Sendable {
  /// The labels that stand in the tune.
  private var labels: Set<Character> = []
  /// Whether music stands before the first label.
  private var startsWithoutLabel = false

  mutating func begin(_ label: Character, hasMusicBefore: Bool) {
    if labels.isEmpty, hasMusicBefore { startsWithoutLabel = true }
    labels.insert(label)
  }

  func finish(order: [Character]?, field: Range<Int>, _ diagnostics: inout DiagnosticList) {
    // A single label names the part that follows; it orders nothing.
    guard let order, !(order.count == 1 && labels.isEmpty) else { return }
    guard let missing = order.first(where: { !labels.contains($0) }) else { return }
    let isImplicitFirst = labels.isEmpty || startsWithoutLabel
    if isImplicitFirst, missing == order.first, order.allSatisfy({ $0 == missing || labels.contains($0) }) {
      return
    }
    diagnostics.append(
      Diagnostic(
        .missingPart, field,
        "the order of play names a part \(missing), but no 'P:\(missing)' stands in the tune"))
  }
}
