/// `ABC501` and `ABC502`: slurs open and close in pairs.
enum SlurRule: ValidationRule {
  static func check(_ context: TuneContext, _ report: (Diagnostic) -> Void) {
    var open: [Range<Int>] = []
    for line in context.node.children where line.kind == .musicLine {
      for element in line.children {
        guard let token = element.token else { continue }
        if token.kind == .slurOpen { open.append(token.range) }
        if token.kind == .slurClose, open.popLast() == nil {
          report(Diagnostic(.unmatchedSlur, token.range, "this ')' closes no slur"))
        }
      }
    }
    for range in open { report(Diagnostic(.unclosedSlur, range, "this '(' opens a slur that no ')' closes")) }
  }
}
