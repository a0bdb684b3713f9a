import ABCNotation

/// What a performer leaves behind.
struct PlayedVoice {
  let performance: Performance
  /// What the voice says of its accompaniment; nil if there may be none at all.
  let plan: AccompanimentPlan?
  let problems: [ConversionProblem]
}
