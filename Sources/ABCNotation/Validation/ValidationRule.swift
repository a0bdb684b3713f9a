/// One thing that is checked about a tune.
protocol ValidationRule: Sendable {
  /// Says through `report` what is wrong with the tune.
  static func check(_ context: TuneContext, _ report: (Diagnostic) -> Void)
}

/// What a rule may look at.
struct TuneContext {
  let node: SyntaxNode
  let score: Score
}
