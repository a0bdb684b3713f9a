import Glibc

/// Trains a model. Not for use from two threads at once; what it computes does not depend on the number of
/// threads that the configuration lets it use.
public final class Trainer {
  /// How it trains.
  public let configuration: TrainingConfiguration
  /// The characters of the model.
  public let vocabulary: Vocabulary
  /// Epochs finished.
  public internal(set) var finishedEpochs = 0
  /// The report of the last finished epoch.
  public private(set) var lastReport: EpochReport?

  private let corpus: TrainingCorpus
  /// The texts that are read: the tunes, then their other forms.
  let tunes: [[Int32]]
  let layout: ParameterLayout
  let kernels: Kernels
  let parameters: FloatBuffer
  let gradients: GradientComputer
  private let parallel: Parallel
  var optimizer: AdamOptimizer
  var source: WindowSource
  var random: RandomSource
  /// Nil until an update asks: then what is zero in the parameters stays so.
  private var pruning: RecurrentPruning?
  /// Of the epoch under way.
  var epoch = EpochTally()

  /// Sums over an epoch under way.
  struct EpochTally: Sendable, Equatable {
    var updates = 0
    var nats = 0.0
    var predictions = 0
    /// Time spent, which a checkpoint keeps but no result depends on.
    var seconds = 0.0
  }

  /// A trainer at the start of a run.
  ///
  /// - Parameter corpus: tunes as indices into `vocabulary`, none of them beyond it; texts of other forms have at
  ///   least two.
  /// - Throws: `CharacterModelError.noTrainableTunes` when no tune is long enough, `.configuration` for a value
  ///   out of range.
  public convenience init(
    configuration: TrainingConfiguration, vocabulary: Vocabulary, corpus: TrainingCorpus
  ) throws(CharacterModelError) {
    try self.init(configuration: configuration, vocabulary: vocabulary, corpus: corpus, kernels: .best)
  }

  /// A trainer at the start of a run that goes on from a finished model, for tunes of another kind.
  ///
  /// - Parameters:
  ///   - configuration: its cell, layers and sizes are the model's; dropout may be another.
  ///   - model: where the parameters start.
  ///   - corpus: tunes as indices into the model's vocabulary.
  /// - Throws: `CharacterModelError.configuration` where the shape is not the model's; else as for a fresh run.
  public convenience init(
    configuration: TrainingConfiguration, from model: RecurrentModel, corpus: TrainingCorpus
  ) throws(CharacterModelError) {
    try self.init(
      configuration: configuration, vocabulary: model.vocabulary, corpus: corpus, kernels: .best, from: model)
  }

  package init(
    configuration: TrainingConfiguration, vocabulary: Vocabulary, corpus: TrainingCorpus, kernels: Kernels,
    from model: RecurrentModel? = nil
  ) throws(CharacterModelError) {
    try configuration.validate()
    if let model {
      let asked = configuration.architecture
      let shape = model.architecture.with(dropout: asked.dropout)
      guard shape == asked else {
        throw .configuration(
          key: "hidden_size", found: "\(asked.layers) × \(asked.hiddenSize) \(asked.cell.rawValue)",
          expected:
            "the shape of the model to go on from, \(shape.layers) × \(shape.hiddenSize) \(shape.cell.rawValue)"
        )
      }
    }
    tunes = corpus.texts
    for tune in tunes + corpus.validation {
      precondition(tune.allSatisfy { $0 >= 0 && $0 < vocabulary.count }, "an index outside the vocabulary")
    }
    self.configuration = configuration
    self.vocabulary = vocabulary
    self.corpus = corpus
    self.kernels = kernels
    layout = ParameterLayout(
      architecture: configuration.architecture, vocabularySize: vocabulary.count)
    random = RandomSource(seed: configuration.seed)
    // Drawn in any case, so that a seed gives the same order and dropout.
    let fresh = layout.initialParameters(using: &random)
    parameters = model?.parameters.duplicate() ?? fresh
    parallel = Parallel(threads: configuration.threads)
    gradients = GradientComputer(
      layout: layout, configuration: configuration, kernels: kernels, parallel: parallel)
    source = try WindowSource(
      tunes: corpus.tunes, otherForms: corpus.formRanges, configuration: configuration)
    optimizer = AdamOptimizer(
      configuration: configuration, totalUpdates: configuration.epochs * source.updatesPerEpoch,
      parameters: parameters, kernels: kernels)
  }

  /// The model as it is now: a copy of the parameters, or of their running average.
  public func model(metadata: [String: String] = [:]) -> RecurrentModel {
    RecurrentModel(
      vocabulary: vocabulary, layout: layout, parameters: (optimizer.average ?? parameters).duplicate(),
      metadata: metadata, kernels: kernels)
  }

  /// The finished model: calibrated on the validation tunes where the configuration says so.
  ///
  /// - Returns: the model, with `metadata` and its factor if it is calibrated, and its loss on the validation tunes; nil where
  ///   there are none.
  public func finishedModel(
    metadata: [String: String] = [:]
  ) -> (model: RecurrentModel, natsPerCharacter: Double?) {
    let model = model(metadata: metadata)
    guard corpus.validation.contains(where: { $0.count > 1 }) else { return (model, nil) }
    guard configuration.calibrates else {
      // Validated already, unless it was taken up behind its last epoch.
      return (model, lastReport?.validationLoss ?? validate(model).natsPerCharacter)
    }
    let calibrated = model.calibrated(on: corpus.validation, threads: configuration.threads)
    let metadata = metadata.merging(["hornpipe.calibration": String(calibrated.factor)]) { $1 }
    return (
      calibrated.model.with(metadata: metadata), corpus.counted(calibrated.evaluation).natsPerCharacter
    )
  }

  private func validate(_ model: RecurrentModel) -> Evaluation {
    corpus.counted(model.evaluate(corpus.validation, threads: configuration.threads))
  }

  /// Trains until all epochs are done or `shouldStop` answers true.
  ///
  /// - Parameters:
  ///   - checkpointPath: where to write a checkpoint after each `checkpointInterval` epochs and when stopped;
  ///     nil for none.
  ///   - checkpointPeriod: how long to train at most between two checkpoints, also within an epoch; nil for no limit.
  ///   - onCheckpointFailure: called where a checkpoint cannot be written while the run can go on; the one before stays
  ///     as it is.
  ///   - shouldStop: asked before each update.
  ///   - onProgress: called after each update.
  ///   - onEpoch: called after each epoch.
  /// - Throws: `CharacterModelError.diverged`; `.file` when the checkpoint of a stopped run cannot be written.
  @discardableResult
  public func run(
    checkpointPath: String? = nil, checkpointPeriod: Duration? = nil, shouldStop: () -> Bool = { false },
    onProgress: (TrainingProgress) -> Void = { _ in }, onEpoch: (EpochReport) -> Void = { _ in },
    onCheckpointFailure: (CharacterModelError) -> Void = { _ in }
  ) throws(CharacterModelError) -> TrainingOutcome {
    var lastCheckpoint = ContinuousClock.now
    func saveCheckpoint() {
      guard let checkpointPath, parametersAreFinite else { return }
      do throws(CharacterModelError) {
        try writeCheckpoint(to: checkpointPath)
      } catch {
        onCheckpointFailure(error)
      }
      lastCheckpoint = .now
    }
    while finishedEpochs < configuration.epochs {
      while epoch.updates < source.updatesPerEpoch {
        if shouldStop() {
          if let checkpointPath { try writeCheckpoint(to: checkpointPath) }
          return .stopped
        }
        try update()
        onProgress(progress)
        if let checkpointPeriod, lastCheckpoint.duration(to: .now) >= checkpointPeriod { saveCheckpoint() }
      }
      let report = finishEpoch()
      if let interval = configuration.checkpointInterval, finishedEpochs % interval == 0,
        finishedEpochs < configuration.epochs
      {
        saveCheckpoint()
      }
      onEpoch(report)
    }
    return .finished
  }

  /// One update: a window forward and backward, and a step of the optimiser.
  func update() throws(CharacterModelError) {
    let start = ContinuousClock.now
    let window = source.next(from: tunes, using: &random)
    let predictions = window.predictions
    // Where lanes are divided over threads, or steps are tiny, nothing is gained by standing by.
    let isDivided = configuration.batchSize > 1 || layout.hiddenMatrix(0, in: parameters).range.count < 20_000
    let nats = try (isDivided ? .none : parallel).standBy { () throws(CharacterModelError) -> Double in
      let nats = gradients.run(
        window, parameters: parameters, dropout: nextDropout(),
        gradientScale: Float(1 / source.divisor(of: window)))
      try check(loss: nats / Double(predictions))
      prune()
      optimizer.update(parameters, gradients: gradients.gradients, parallel: parallel)
      return nats
    }
    epoch.updates += 1
    epoch.nats += nats
    epoch.predictions += predictions
    epoch.seconds += (ContinuousClock.now - start) / .seconds(1)
  }

  /// Takes out the recurrent weights that have to go by now, and those that have gone out of the gradient.
  private func prune() {
    var pruning = self.pruning ?? RecurrentPruning(of: parameters, layout: layout)
    if configuration.recurrentDensity < 1, optimizer.updates % Self.updatesBetweenPruning == 0 {
      let left = max(0, 1 - 2 * Double(optimizer.updates) / Double(optimizer.totalUpdates))
      let density = configuration.recurrentDensity
      pruning.prune(
        to: density + (1 - density) * left * left * left,
        in: [parameters, optimizer.firstMoments, optimizer.secondMoments]
          + [optimizer.average].compactMap { $0 })
    }
    if pruning.hasPruned { pruning.clear(in: gradients.gradients) }
    self.pruning = pruning
  }

  private static let updatesBetweenPruning = 20

  /// An untrained model loses ln(vocabulary) nats a character; ten times that is no longer learning.
  private func check(loss: Double) throws(CharacterModelError) {
    let limit = 10 * max(log(Double(vocabulary.count)), 1)
    guard loss.isFinite, loss < limit else {
      throw .diverged(epoch: finishedEpochs + 1, update: epoch.updates + 1, loss: loss)
    }
  }

  /// What has become infinite or not a number must not take the place of the last good checkpoint.
  private var parametersAreFinite: Bool {
    kernels.sumOfSquares(parameters, range: 0..<parameters.count).isFinite
  }

  private func nextDropout() -> WindowPass.Dropout {
    var dropout = WindowPass.Dropout.none
    if configuration.inputDropout > 0 {
      dropout.input = DropoutMask(key: random.next(), probability: configuration.inputDropout)
    }
    func masks(_ probability: Float) -> [DropoutMask] {
      guard probability > 0 else { return [] }
      return layout.layers.map { _ in DropoutMask(key: random.next(), probability: probability) }
    }
    dropout.outputs = masks(configuration.architecture.dropout)
    dropout.weights = masks(configuration.recurrentDropout)
    dropout.isLocked = configuration.lockedDropout
    return dropout
  }

  private var progress: TrainingProgress {
    TrainingProgress(
      epoch: finishedEpochs + 1, epochs: configuration.epochs, update: epoch.updates,
      updatesPerEpoch: source.updatesPerEpoch, loss: epoch.nats / Double(epoch.predictions),
      learningRate: optimizer.learningRate(after: optimizer.updates - 1),
      charactersPerSecond: Double(epoch.predictions) / epoch.seconds,
      secondsLeft: epoch.seconds / Double(epoch.updates)
        * Double(configuration.epochs * source.updatesPerEpoch - optimizer.updates))
  }

  private func finishEpoch() -> EpochReport {
    finishedEpochs += 1
    let trainingLoss = epoch.nats / Double(epoch.predictions)
    let size = Double(configuration.sequenceSize)
    let isDue =
      finishedEpochs % configuration.validationInterval == 0 || finishedEpochs == configuration.epochs
    let report = EpochReport(
      epoch: finishedEpochs, trainingLoss: trainingLoss,
      paperLoss: configuration.recipe == .slices ? trainingLoss * (size - 1) / size : nil,
      validationLoss: isDue && !corpus.validation.isEmpty ? validate(model()).natsPerCharacter : nil,
      learningRate: optimizer.learningRate(after: optimizer.updates - 1), characters: epoch.predictions,
      seconds: epoch.seconds)
    epoch = EpochTally()
    lastReport = report
    return report
  }
}
