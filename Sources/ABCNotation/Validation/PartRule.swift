/// `ABC505`: the parts that the order of play names are there.
enum PartRule: ValidationRule {
  static func check(_ context: TuneContext, _ report: (Diagnostic) -> Void) {
    guard let order = context.score.partOrder,
      let field = context.score.header.last(where: { $0.letter == "P" })
    else { return }
    let labels = Set(context.score.voices.flatMap { $0.measures.compactMap(\.part) })
    // A single label names the part that follows; it orders nothing.
    guard !(order.count == 1 && labels.isEmpty) else { return }
    if let missing = order.first(where: { !labels.contains($0) }), order.count > 1 || !labels.isEmpty {
      let isImplicitFirst = !context.score.voices.allSatisfy { $0.measures.first?.part != nil }
      if isImplicitFirst, missing == order.first, order.allSatisfy({ $0 == missing || labels.contains($0) }) {
        return
      }
      report(
        Diagnostic(
          .missingPart, field.range,
          "the order of play names a part \(missing), but no 'P:\(missing)' stands in the tune"))
    }
  }
}
