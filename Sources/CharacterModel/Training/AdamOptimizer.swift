import Glibc

/// Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019), clipping of the
/// gradient's global norm, and a running average of the parameters; updates as `torch.optim.AdamW`.
struct AdamOptimizer: Sendable {
  let configuration: TrainingConfiguration
  let totalUpdates: Int
  let kernels: Kernels
  let firstMoments: FloatBuffer
  let secondMoments: FloatBuffer
  /// Nil where the configuration asks for no average.
  let average: FloatBuffer?
  /// Updates made.
  var updates = 0

  private static let blockSize = 65_536

  init(configuration: TrainingConfiguration, totalUpdates: Int, parameters: FloatBuffer, kernels: Kernels) {
    self.configuration = configuration
    self.totalUpdates = totalUpdates
    self.kernels = kernels
    firstMoments = FloatBuffer(count: parameters.count)
    secondMoments = FloatBuffer(count: parameters.count)
    average = configuration.weightAverageDecay == nil ? nil : parameters.duplicate()
  }

  /// The learning rate of the update after `updates` others.
  func learningRate(after updates: Int) -> Double {
    let warmUp = configuration.warmUpUpdates
    if updates < warmUp { return configuration.learningRate * Double(updates + 1) / Double(warmUp) }
    guard configuration.schedule == .cosine else { return configuration.learningRate }
    let progress = min(1, Double(updates - warmUp) / Double(max(totalUpdates - warmUp, 1)))
    let final = configuration.finalLearningRateFraction
    return configuration.learningRate * (final + (1 - final) * (1 + cos(Double.pi * progress)) / 2)
  }

  /// Moves `parameters` against `gradients`, which become 0.
  mutating func update(_ parameters: FloatBuffer, gradients: FloatBuffer, parallel: Parallel) {
    let rate = learningRate(after: updates)
    updates += 1
    let time = Double(updates)
    let step = AdamStep(
      beta1: Float(configuration.beta1), beta2: Float(configuration.beta2),
      epsilon: Float(configuration.epsilon),
      stepSize: Float(rate / (1 - pow(configuration.beta1, time))),
      secondMomentScale: Float(1 / (1 - pow(configuration.beta2, time)).squareRoot()),
      parameterScale: Float(1 - rate * configuration.weightDecay),
      gradientScale: gradientScale(gradients, parallel: parallel),
      // The average starts short and lengthens, so that it forgets the initial parameters.
      averageRate: Float(1 - min(configuration.weightAverageDecay ?? 0, (1 + time) / (10 + time))))
    parallel.forEachBlock(of: 0..<parameters.count, blockSize: Self.blockSize) { [self] block in
      kernels.adam(
        parameters: parameters, gradients: gradients, firstMoments: firstMoments,
        secondMoments: secondMoments, average: average, range: block, step: step)
    }
  }

  private func gradientScale(_ gradients: FloatBuffer, parallel: Parallel) -> Float {
    guard let clip = configuration.gradientClip else { return 1 }
    let blocks = (gradients.count + Self.blockSize - 1) / Self.blockSize
    let sum = (0..<blocks).reduce(0.0) { sum, block in
      let start = block * Self.blockSize
      return sum
        + kernels.sumOfSquares(gradients, range: start..<min(start + Self.blockSize, gradients.count))
    }
    // The guard against division by 0 is that of torch.nn.utils.clip_grad_norm_.
    return Float(min(1, clip / (sum.squareRoot() + 1e-6)))
  }
}
