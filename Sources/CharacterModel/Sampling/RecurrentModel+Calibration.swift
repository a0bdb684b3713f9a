extension RecurrentModel {
  /// The same model, as sure of itself as it may be: its logits multiplied by the factor with which it predicts some tunes
  /// best (temperature scaling; Guo et al., 2017). The likeliest characters stay the likeliest.
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
    func measured(_ factor: Double) -> (model: RecurrentModel, factor: Double, evaluation: Evaluation) {
      let model = factor == 1 ? self : withLogits(multipliedBy: Float(factor))
      return (model, factor, model.evaluate(tunes, threads: threads))
    }
    var best = measured(1)
    guard best.evaluation.natsPerCharacter.isFinite else { return best }
    // The loss is convex in the factor: walk while it falls, then on with half the step.
    var step = 0.1
    while step > 0.01 {
      let steps = [best.factor - step, best.factor + step].filter { $0 > 0 }.map(measured)
      let better = steps.min { $0.evaluation.natsPerCharacter < $1.evaluation.natsPerCharacter }
      if let better, better.evaluation.natsPerCharacter < best.evaluation.natsPerCharacter {
        best = better
      } else {
        step /= 2
      }
    }
    return best
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
