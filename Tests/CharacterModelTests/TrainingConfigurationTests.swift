import XCTest

@testable import CharacterModel

final class TrainingConfigurationTests: XCTestCase {
  private func read(_ json: String) throws -> (configuration: TrainingConfiguration, notes: [String]) {
    try TrainingConfiguration.read(json: Array(json.utf8))
  }

  /// The keys and values of the paper's own baseline file.
  private let papersFile = """
    {
    \t"learning_rate": 1e-3,
    \t"sequence_size": 30,
    \t"no_epochs": 100,
    \t"no_layers": 1,
    \t"hidden_size": 150,
    \t"dropout": 0.1,
    \t"model_type": "LSTM",
    \t"save_epoch": 20,
    \t"temperature": 0.8,
    \t"max_generation_length": 1000,
    \t"generated_song_file_path": "./song_generated.txt",
    \t"show_heatmap": true,
    \t"loss_plot_file_name": "baseline_loss_plot",
    \t"evaluate_model_only": true,
    \t"model_path": "./checkpoint/ckpt_mdl_LSTM_ep_100_hsize_200_dout_0.1.t99"
    }
    """

  func testThePapersFileGivesThePapersRecipe() throws {
    let (configuration, notes) = try read(papersFile)
    var expected = TrainingConfiguration.paper
    expected.checkpointInterval = 20
    expected.temperature = 0.8
    expected.maximumGenerationLength = 1000
    XCTAssertEqual(configuration, expected)
    XCTAssertEqual(configuration.minimumSliceTuneLength, 40)
    XCTAssertEqual(notes.count, 5)
    for key in ["evaluate_model_only", "model_path", "show_heatmap", "loss_plot_file_name"] {
      XCTAssertTrue(notes.contains { $0.contains("\"\(key)\" is ignored") }, key)
    }
  }

  func testTheEmbeddingIsAsWideAsTheHiddenLayerUnlessSaid() throws {
    XCTAssertEqual(try read(#"{"hidden_size": 200}"#).configuration.architecture.embeddingSize, 200)
    XCTAssertEqual(
      try read(#"{"embedding_size": 32, "hidden_size": 200}"#).configuration.architecture.embeddingSize, 32)
    var plain = TrainingConfiguration.best
    plain.calibrates = false
    XCTAssertEqual(try read(#"{"recipe": "streams"}"#).configuration, plain)
  }

  func testTheModelTypeIsReadInAnyCase() throws {
    for name in ["RNN", "rnn", "Rnn"] {
      XCTAssertEqual(try read("{\"model_type\": \"\(name)\"}").configuration.architecture.cell, .rnn)
    }
  }

  func testAnUnknownKeyIsNoted() throws {
    XCTAssertEqual(
      try read(#"{"hiden_size": 5}"#).notes,
      [#""hiden_size" is ignored: it is not a key of a training configuration"#])
  }

  func testOnlyTheKeyTurnsCalibrationOn() throws {
    XCTAssertTrue(TrainingConfiguration.best.calibrates)
    XCTAssertFalse(try read(#"{"recipe": "streams"}"#).configuration.calibrates)
    XCTAssertTrue(try read(#"{"recipe": "streams", "calibration": true}"#).configuration.calibrates)
    XCTAssertTrue(try read(TrainingConfiguration.best.json).configuration.calibrates)
  }

  func testEveryKeyRefusesAWrongValueByName() throws {
    let wrong: [(String, [String])] = [
      ("model_type", ["\"gru\"", "3"]), ("no_layers", ["0", "1.5", "\"1\"", "17", "true"]),
      ("hidden_size", ["0", "-5", "null", "1e9"]), ("embedding_size", ["0"]),
      ("dropout", ["1", "-0.1", "\"0.1\"", "0.99999999999"]), ("input_dropout", ["1"]),
      ("recurrent_dropout", ["1", "true"]), ("locked_dropout", ["1", "\"yes\"", "null"]),
      ("recurrent_density", ["0", "1.1", "null"]), ("recipe", ["\"all\""]),
      ("other_form_share", ["1.5", "-1", "true"]), ("tune_order", ["\"shuffled\""]),
      ("sequence_size", ["1", "65537"]), ("batch_size", ["0"]), ("no_epochs", ["0", "[]"]),
      ("learning_rate", ["0", "-1", "2", "{}"]), ("learning_rate_schedule", ["\"step\""]),
      ("warm_up_updates", ["-1"]), ("final_learning_rate_fraction", ["1.1"]), ("beta1", ["1"]),
      ("beta2", ["1"]), ("epsilon", ["0"]), ("weight_decay", ["-1"]), ("gradient_clip", ["0"]),
      ("weight_average_decay", ["1"]), ("calibration", ["1", "null"]), ("seed", ["-1", "1.5", "\"x\""]),
      ("threads", ["0"]),
      ("validation_interval", ["0"]), ("save_epoch", ["0"]), ("temperature", ["0", "-1"]),
      ("max_generation_length", ["0"]),
    ]
    XCTAssertEqual(wrong.map(\.0), TrainingConfiguration.keys.map(\.name), "every key has a wrong value here")
    for (key, values) in wrong {
      for value in values {
        assertThrows(try read("{\"\(key)\": \(value)}"), "\(key): \(value)") { error in
          guard case .configuration(key, let found, let expected) = error else { return false }
          return !found.isEmpty && !expected.isEmpty
        }
      }
    }
    assertThrows(try read(#"{"hidden_size": "big"}"#)) {
      $0.description
        == #"the configuration's "hidden_size" is "big"; expected a whole number from 1 to 16384"#
    }
  }

  func testSyntaxErrorsNameTheLine() throws {
    assertThrows(try read("{\n  \"hidden_size\": 150,\n  \"dropout\" 0.1\n}")) {
      $0.description.contains("line 3 (byte 36)") && $0.description.contains("colon")
    }
    assertThrows(try read("[1]")) { $0.description.contains("not a JSON object") }
    assertThrows(try read("")) { $0.description.contains("not JSON") }
    assertThrows(try read(#"{"dropout": 0.1, "dropout": 0.2}"#)) { $0.description.contains("twice") }
  }

  func testTheJSONFormReadsBackTheSame() throws {
    var configuration = TrainingConfiguration.best
    configuration.architecture = ModelArchitecture(
      cell: .rnn, layers: 3, embeddingSize: 17, hiddenSize: 19, dropout: 0.3)
    configuration.seed = .max
    configuration.gradientClip = nil
    configuration.weightAverageDecay = 0.123_456_789_012_345
    configuration.learningRate = 1.0 / 3
    configuration.checkpointInterval = 7
    configuration.temperature = 0.1
    for each in [configuration, .paper, .best] {
      let (back, notes) = try read(each.json)
      XCTAssertEqual(back, each)
      XCTAssertEqual(notes, [])
    }
  }

  func testValuesSetByAProgramAreChecked() throws {
    XCTAssertNoThrow(try TrainingConfiguration.best.validate())
    let wrong: [(String, (inout TrainingConfiguration) -> Void)] = [
      ("hidden_size", { $0.architecture.hiddenSize = 0 }), ("no_layers", { $0.architecture.layers = 99 }),
      ("dropout", { $0.architecture.dropout = 1 }), ("learning_rate", { $0.learningRate = .nan }),
      ("input_dropout", { $0.inputDropout = .nan }), ("sequence_size", { $0.sequenceSize = 1 }),
      ("threads", { $0.threads = 0 }), ("gradient_clip", { $0.gradientClip = -1 }),
    ]
    for (key, change) in wrong {
      var configuration = TrainingConfiguration.best
      change(&configuration)
      assertThrows(
        try Trainer(
          configuration: configuration, vocabulary: try letters(3), corpus: .init(tunes: [[0, 1, 2]])), key
      ) { if case .configuration(key, _, _) = $0 { true } else { false } }
    }
  }
}
