extension RecurrentModel {
  /// The same model, as sure of itself as it may be: its logits multiplied by the factor with which it predicts some tunes
  /// best, from 0.5 to 2 (temperature scaling; Guo et al., 2017). The likeliest characters stay the likeliest.
  ///
  /// A model that knows its training tunes nearly by heart expects too much of others; tunes that it did not learn from
  /// show by how much.
  ///
  /// - Parameters:
  ///   - tunes: with characters to predict; where there are none the model comes back as it is.
  ///   - threads: the result does not depend on it.
  /// - Returns: the model, the factor, and how well the model predicts the tunes.
  public func calibrated(
    on tunes: [[Int32]], threads: Int = 2
  ) -> (model: RecurrentModel, factor: Double, evaluation: Evaluation) {
    // Factors are counted in eightieths.
    let one = 80
    var measured: [Int: Evaluation] = [:]
    func loss(_ factor: Int) -> Double {
      guard (one / 2...2 * one).contains(factor) else { return .infinity }
      if let known = measured[factor] { return known.natsPerCharacter }
      let evaluation = scaled(factor).evaluate(tunes, threads: threads)
      measured[factor] = evaluation
      return evaluation.natsPerCharacter
    }
    func scaled(_ factor: Int) -> RecurrentModel {
      factor == one ? self : withLogits(multipliedBy: Float(factor) / Float(one))
    }
    var best = one
    // The loss is convex in the factor: walk while it falls, then on with half the step.
    var step = loss(best).isFinite ? 8 : 0
    while step > 0 {
      if loss(best - step) < loss(best) {
        best -= step
      } else if loss(best + step) < loss(best) {
        best += step
      } else {
        step /= 2
      }
    }
    let evaluation = measured[best] ?? evaluate(tunes, threads: threads)
    return (scaled(best), Double(best) / Double(one), evaluation)
  }

  private func withLogits(multipliedBy factor: Float) -> RecurrentModel {
    let scaled = parameters.duplicate()
    for range in [
      layout.outputMatrix(in: scaled).range, layout.outputBias..<layout.outputBias + layout.outputWidth,
    ] {
      scaled.replace(at: range.lowerBound, with: scaled.values(range).map { $0 * factor }[...])
    }
    return RecurrentModel(
      vocabulary: vocabulary, layout: layout, parameters: scaled, metadata: metadata, kernels: kernels)
  }
}
