/// The JSON form of a configuration: one place that names every key, for reading and for writing.
extension TrainingConfiguration {
  /// A key of the JSON form: what its value must be, and how it maps to the configuration. `read` answers
  /// false where the value cannot be used; `write` answers nil where the key is left out.
  struct Key: Sendable {
    let name: String
    let expected: String
    let read: @Sendable (JSONValue, inout TrainingConfiguration) -> Bool
    let write: @Sendable (TrainingConfiguration) -> JSONValue?
  }

  /// Keys of the paper's files that mean nothing here, and what to say about them.
  static let ignoredKeys = [
    "evaluate_model_only": "training always trains; use evaluate for a finished model",
    "model_path": "the model file is named on the command line",
    "generated_song_file_path": "training writes no tunes",
    "show_heatmap": "training draws no heat map",
    "loss_plot_file_name": "the plot file is named on the command line",
  ]

  static let keys: [Key] = [
    choice("model_type", CellKind.allCases, \.architecture.cell),
    whole("no_layers", ModelArchitecture.layerLimit, \.architecture.layers),
    whole("hidden_size", ModelArchitecture.sizeLimit, \.architecture.hiddenSize),
    whole("embedding_size", ModelArchitecture.sizeLimit, \.architecture.embeddingSize),
    probability("dropout", \.architecture.dropout),
    probability("input_dropout", \.inputDropout),
    probability("recurrent_dropout", \.recurrentDropout),
    flag("locked_dropout", \.lockedDropout),
    real("recurrent_density", "a number above 0, at most 1", { $0 > 0 && $0 <= 1 }, \.recurrentDensity),
    choice("recipe", Recipe.allCases, \.recipe),
    real("other_form_share", "a number from 0 to 1", { (0...1).contains($0) }, \.otherFormShare),
    choice("tune_order", TuneOrder.allCases, \.tuneOrder),
    whole("sequence_size", 2...65_536, \.sequenceSize),
    whole("batch_size", 1...4_096, \.batchSize),
    whole("no_epochs", 1...1_000_000, \.epochs),
    real("learning_rate", "a number above 0, at most 1", { $0 > 0 && $0 <= 1 }, \.learningRate),
    choice("learning_rate_schedule", Schedule.allCases, \.schedule),
    whole("warm_up_updates", 0...1_000_000_000, \.warmUpUpdates),
    real(
      "final_learning_rate_fraction", "a number from 0 to 1", { (0...1).contains($0) },
      \.finalLearningRateFraction),
    real("beta1", "a number from 0, below 1", { $0 >= 0 && $0 < 1 }, \.beta1),
    real("beta2", "a number from 0, below 1", { $0 >= 0 && $0 < 1 }, \.beta2),
    real("epsilon", "a number above 0", { $0 > 0 }, \.epsilon),
    real("weight_decay", "a number from 0 to 1", { (0...1).contains($0) }, \.weightDecay),
    optionalReal("gradient_clip", "a number above 0, or null", { $0 > 0 }, \.gradientClip),
    optionalReal(
      "weight_average_decay", "a number from 0, below 1, or null", { $0 >= 0 && $0 < 1 },
      \.weightAverageDecay),
    flag("calibration", \.calibrates),
    Key(
      name: "seed", expected: "a whole number from 0, or a string of one",
      read: { value, configuration in
        let number = value.integer.flatMap { UInt64(exactly: $0) } ?? value.text.flatMap { UInt64($0) }
        if let number { configuration.seed = number }
        return number != nil
      },
      // A string holds all 64 bits.
      write: { .string(String($0.seed)) }),
    whole("threads", 1...1_024, \.threads),
    whole("validation_interval", 1...1_000_000, \.validationInterval),
    optionalWhole("save_epoch", 1...1_000_000, \.checkpointInterval),
    optionalReal("temperature", "a number above 0, or null", { $0 > 0 }, \.temperature),
    optionalWhole("max_generation_length", 1...1_000_000_000, \.maximumGenerationLength),
  ]

  private static func whole(
    _ name: String, _ range: ClosedRange<Int>,
    _ path: WritableKeyPath<TrainingConfiguration, Int> & Sendable
  ) -> Key {
    Key(
      name: name, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)",
      read: { value, configuration in
        guard let number = value.integer, range.contains(number) else { return false }
        configuration[keyPath: path] = number
        return true
      },
      write: { .number(Double($0[keyPath: path])) })
  }

  private static func optionalWhole(
    _ name: String, _ range: ClosedRange<Int>,
    _ path: WritableKeyPath<TrainingConfiguration, Int?> & Sendable
  ) -> Key {
    Key(
      name: name, expected: "a whole number from \(range.lowerBound) to \(range.upperBound), or null",
      read: { value, configuration in
        guard value == .null || value.integer.map(range.contains) == true else { return false }
        configuration[keyPath: path] = value.integer
        return true
      },
      write: { $0[keyPath: path].map { .number(Double($0)) } })
  }

  private static func real(
    _ name: String, _ expected: String, _ accepts: @escaping @Sendable (Double) -> Bool,
    _ path: WritableKeyPath<TrainingConfiguration, Double> & Sendable
  ) -> Key {
    Key(
      name: name, expected: expected,
      read: { value, configuration in
        guard let number = value.double, accepts(number) else { return false }
        configuration[keyPath: path] = number
        return true
      },
      write: { .number($0[keyPath: path]) })
  }

  private static func optionalReal(
    _ name: String, _ expected: String, _ accepts: @escaping @Sendable (Double) -> Bool,
    _ path: WritableKeyPath<TrainingConfiguration, Double?> & Sendable
  ) -> Key {
    Key(
      name: name, expected: expected,
      read: { value, configuration in
        guard value == .null || value.double.map(accepts) == true else { return false }
        configuration[keyPath: path] = value.double
        return true
      },
      write: { $0[keyPath: path].map { .number($0) } })
  }

  private static func probability(
    _ name: String, _ path: WritableKeyPath<TrainingConfiguration, Float> & Sendable
  ) -> Key {
    Key(
      name: name, expected: "a number from 0, below 1",
      read: { value, configuration in
        guard let number = value.double, number >= 0, Float(number) < 1 else { return false }
        configuration[keyPath: path] = Float(number)
        return true
      },
      // A float's own digits: 0.1, not 0.10000000149.
      write: { Double($0[keyPath: path].description).map { .number($0) } })
  }

  private static func flag(
    _ name: String, _ path: WritableKeyPath<TrainingConfiguration, Bool> & Sendable
  ) -> Key {
    Key(
      name: name, expected: "true or false",
      read: { value, configuration in
        guard let isTrue = value.isTrue else { return false }
        configuration[keyPath: path] = isTrue
        return true
      },
      write: { .boolean($0[keyPath: path]) })
  }

  private static func choice<Choice: RawRepresentable<String> & Sendable>(
    _ name: String, _ choices: [Choice],
    _ path: WritableKeyPath<TrainingConfiguration, Choice> & Sendable
  ) -> Key {
    Key(
      name: name,
      expected: choices.map { "\"\($0.rawValue)\"" }.joined(separator: " or ") + " (in any case)",
      read: { value, configuration in
        guard let text = value.text, let choice = Choice(rawValue: text.lowercased()) else { return false }
        configuration[keyPath: path] = choice
        return true
      },
      write: { .string($0[keyPath: path].rawValue) })
  }
}
