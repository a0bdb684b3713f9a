/// How to train a model: its shape, what an update sees, the optimiser, and when to stop.
public struct TrainingConfiguration: Sendable, Equatable {
  /// What the lanes of a batch read.
  public enum Recipe: String, Sendable, CaseIterable {
    /// The paper's: each epoch one random slice of each tune, from a zero state.
    case slices
    /// Each lane reads whole tunes, one after another, its state carried from window to window and zero at a
    /// tune's start.
    case streams
  }

  /// In which order the slices of an epoch come.
  public enum TuneOrder: String, Sendable, CaseIterable {
    /// As the tunes stand in the file, which is the paper's: a collection's last tunes have the last word, which
    /// costs the vanilla RNN a fifth of a nat.
    case file
    /// In a new random order each epoch.
    case random
  }

  /// The course of the learning rate after the warm-up.
  public enum Schedule: String, Sendable, CaseIterable {
    case constant
    /// Half a cosine, from the learning rate down to `finalLearningRateFraction` of it.
    case cosine
  }

  /// The model's cell, layers, sizes and output dropout.
  public var architecture: ModelArchitecture
  /// What the lanes of a batch read.
  public var recipe: Recipe
  /// The order of the slices of an epoch; streams are always in random order.
  public var tuneOrder: TuneOrder = .file
  /// Characters of a window (`streams`), or of a slice, of which all but the first are predicted (`slices`).
  public var sequenceSize: Int
  /// How often, 0...1, streams read a tune in another of its forms, where the corpus has any.
  public var otherFormShare: Double = 0
  /// Lanes of a batch.
  public var batchSize: Int
  /// Passes over the corpus.
  public var epochs: Int
  /// The probability, 0..<1, of dropping a number of an embedded character.
  public var inputDropout: Float = 0
  /// The probability, 0..<1, of dropping a recurrent weight for a whole update (Wan et al. 2013; Merity, Keskar and
  /// Socher 2018).
  public var recurrentDropout: Float = 0
  /// Whether dropout of inputs and outputs takes the same numbers at all steps of a window (Gal and Ghahramani 2016).
  public var lockedDropout = false
  /// The share, above 0 and at most 1, of recurrent weights that stay at the end: the others become zero little by
  /// little during the first half of the updates, the smallest first (Zhu and Gupta 2018). Where a model is sparse, generation
  /// is faster. A model to go on from keeps its zeros.
  public var recurrentDensity: Double = 1
  /// The highest learning rate.
  public var learningRate: Double
  /// The course of the learning rate.
  public var schedule: Schedule
  /// Updates at the start during which the learning rate rises from 0.
  public var warmUpUpdates: Int = 0
  /// What the cosine schedule ends at, as a part of the learning rate.
  public var finalLearningRateFraction: Double = 0
  /// Adam's decay of the first moment.
  public var beta1: Double = 0.9
  /// Adam's decay of the second moment.
  public var beta2: Double = 0.999
  /// Adam's guard against division by 0.
  public var epsilon: Double = 1e-8
  /// Decoupled weight decay, as in AdamW.
  public var weightDecay: Double = 0
  /// The largest global norm of the gradient; nil for no limit.
  public var gradientClip: Double?
  /// The decay, 0..<1, of a running average of the parameters, which then is the model; nil for none.
  public var weightAverageDecay: Double?
  /// Whether the finished model's logits are multiplied by the factor with which it predicts the validation tunes best, if
  /// there are any: see `RecurrentModel.calibrated(on:threads:)`.
  public var calibrates = false
  /// The seed of initial parameters, order, slices and dropout.
  public var seed: UInt64
  /// Epochs between validations, at least 1.
  public var validationInterval: Int = 1
  /// Epochs between checkpoints; nil for none but at the end.
  public var checkpointInterval: Int?
  /// Threads to use; results do not depend on it.
  public var threads: Int = 2
  /// The sampling temperature to suggest with the model.
  public var temperature: Double?
  /// The length of generated tunes to suggest with the model.
  public var maximumGenerationLength: Int?

  /// The paper's recipe for its baseline: LSTM of 150 units, dropout 0.1, slices of 30 characters, batch of 1,
  /// Adam at 1e-3, 100 epochs.
  public static let paper = TrainingConfiguration(
    architecture: ModelArchitecture(cell: .lstm, embeddingSize: 150, hiddenSize: 150, dropout: 0.1),
    recipe: .slices, sequenceSize: 30, batchSize: 1, epochs: 100, learningRate: 1e-3, schedule: .constant,
    seed: 1, validationInterval: 10)

  /// The best recipe known for one small collection: LSTM of 512 units on whole tunes, a quarter of them in another
  /// of their forms where there are any. `CharacterModel.docc/Recipes.md` has what was tried.
  public static let best = TrainingConfiguration(
    architecture: ModelArchitecture(cell: .lstm, embeddingSize: 64, hiddenSize: 512, dropout: 0.5),
    recipe: .streams, sequenceSize: 100, otherFormShare: 0.25, batchSize: 16, epochs: 20, inputDropout: 0.2,
    learningRate: 2e-3,
    schedule: .cosine, warmUpUpdates: 100, finalLearningRateFraction: 0.01, weightDecay: 0.01,
    gradientClip: 1, weightAverageDecay: 0.999, calibrates: true, seed: 1)

  /// To go on from a finished model with a few tunes of another kind: a few gentle passes in the manner of ``best``.
  public static func further(from architecture: ModelArchitecture) -> TrainingConfiguration {
    var configuration = best
    configuration.architecture = architecture
    (configuration.learningRate, configuration.epochs) = (5e-4, 5)
    (configuration.warmUpUpdates, configuration.weightAverageDecay) = (20, 0.99)
    // So few tunes change little; what the model was sure of before it may stay sure of.
    configuration.calibrates = false
    return configuration
  }

  /// Slices are taken from tunes of more than this many characters: the paper's 40 for slices of 30.
  public var minimumSliceTuneLength: Int { sequenceSize + 10 }

  /// The steps of a window: a slice's last character is only predicted.
  var windowSteps: Int { recipe == .slices ? sequenceSize - 1 : sequenceSize }
}
