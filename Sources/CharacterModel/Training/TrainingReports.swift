/// Where a training run is, after an update.
public struct TrainingProgress: Sendable, Equatable {
  /// The epoch, from 1.
  public let epoch: Int
  /// Epochs in all.
  public let epochs: Int
  /// Updates made in this epoch.
  public let update: Int
  /// Updates of an epoch.
  public let updatesPerEpoch: Int
  /// The mean loss of the epoch so far, in nats a character, dropout on.
  public let loss: Double
  /// The learning rate of the update.
  public let learningRate: Double
  /// Characters predicted a second in this epoch so far.
  public let charactersPerSecond: Double
  /// How long the rest of the run takes at this rate, validation aside.
  public let secondsLeft: Double
}

/// What an epoch came to.
public struct EpochReport: Sendable, Equatable {
  /// The epoch, from 1.
  public let epoch: Int
  /// The mean training loss, in nats a character predicted, dropout on.
  public let trainingLoss: Double
  /// The paper's training loss: the mean over slices of their sum divided by 30 instead of 29; nil for streams.
  public let paperLoss: Double?
  /// The mean loss over the whole validation tunes, in nats a character as the corpus counts them; nil where this epoch has
  /// no validation.
  public let validationLoss: Double?
  /// The learning rate of the epoch's last update.
  public let learningRate: Double
  /// Characters predicted in the epoch.
  public let characters: Int
  /// Seconds spent on the epoch's updates, validation aside.
  public let seconds: Double

  /// Characters predicted a second.
  public var charactersPerSecond: Double { Double(characters) / seconds }
}

/// How a call of `Trainer.run` ended.
public enum TrainingOutcome: Sendable, Equatable {
  /// All epochs are done.
  case finished
  /// `shouldStop` asked for it.
  case stopped
}
