/// How dynamic evaluation learns while it reads.
public struct DynamicEvaluationOptions: Sendable, Equatable {
  /// The learning rate of Adam without momentum.
  public var learningRate: Double
  /// Characters between two updates.
  public var steps: Int

  /// Options.
  public init(learningRate: Double = 3e-4, steps: Int = 20) {
    self.learningRate = learningRate
    self.steps = steps
  }
}

extension RecurrentModel {
  /// The loss of a copy of the model that goes on learning from what it reads, tune after tune in their order (Krause
  /// et al. 2018): each character is predicted before the model learns from it. As adaptive compressors do, it sees all
  /// that came before, so the result is not to be compared with `evaluate(_:threads:)`.
  public func evaluateDynamically(
    _ tunes: [[Int32]], options: DynamicEvaluationOptions = DynamicEvaluationOptions(), threads: Int = 2
  ) -> Evaluation {
    var configuration = TrainingConfiguration.paper
    configuration.architecture = architecture
    configuration.recipe = .streams
    configuration.sequenceSize = options.steps
    configuration.batchSize = 1
    configuration.learningRate = options.learningRate
    configuration.beta1 = 0
    configuration.threads = threads
    let parallel = Parallel(threads: threads)
    let parameters = parameters.duplicate()
    let computer = GradientComputer(
      layout: layout, configuration: configuration, kernels: kernels, parallel: parallel)
    // A pruned model keeps its zeros, as in training: made to learn all at once they would only be noise.
    let pruning = RecurrentPruning(of: parameters, layout: layout)
    var optimizer = AdamOptimizer(
      configuration: configuration, totalUpdates: 1, parameters: parameters, kernels: kernels)
    // The first squares are few: their mean would make the first updates as large as the rest together.
    optimizer.updates = 1_000

    var nats = [Double](repeating: 0, count: tunes.count)
    var places = tunes.indices.flatMap { tune in
      (0..<max(tunes[tune].count - 1, 0)).map { (tune: tune, position: $0) }
    }[...]
    while !places.isEmpty {
      let part = places.prefix(options.steps)
      places = places.dropFirst(options.steps)
      var window = LaneWindow(steps: options.steps, lanes: 1)
      for (step, place) in part.enumerated() {
        window.inputs[step] = tunes[place.tune][place.position]
        window.targets[step] = tunes[place.tune][place.position + 1]
        if place.position == 0 { window.starts[step] = [0] }
      }
      parallel.standBy {
        _ = computer.run(
          window, parameters: parameters, dropout: .none, gradientScale: 1 / Float(part.count))
        if pruning.hasPruned { pruning.clear(in: computer.gradients) }
        optimizer.update(parameters, gradients: computer.gradients, parallel: parallel)
      }
      for (place, loss) in zip(part, computer.losses) { nats[place.tune] += Double(loss) }
    }
    return Evaluation(natsOfTunes: nats, characters: tunes.reduce(0) { $0 + max($1.count - 1, 0) })
  }
}
