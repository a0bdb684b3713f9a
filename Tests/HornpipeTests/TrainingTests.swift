import Foundation
import XCTest

final class TrainingTests: FolderTestCase {
  /// Twelve short tunes between markers.
  private func corpus() throws -> String {
    let tunes = (1...12).map { number in
      "<start>\nX:\(number)\nT:Tune\nM:4/4\nL:1/8\nK:D\n"
        + String(repeating: "DEFG ABcd|", count: 3 + number % 3)
        + "d8|]\n<end>\n"
    }
    return try write(tunes.joined(), to: "train.txt")
  }

  /// The paper's configuration, with fewer epochs and units; the keys are the paper's.
  private func configuration(epochs: Int, type: String = "LSTM") throws -> String {
    try write(
      """
      {"learning_rate": 1e-3, "sequence_size": 30, "no_epochs": \(epochs), "no_layers": 1, "hidden_size": 24,
       "dropout": 0.1, "model_type": "\(type)", "save_epoch": 20, "temperature": 0.8, "max_generation_length": 1000,
       "generated_song_file_path": "./song.txt", "show_heatmap": true, "loss_plot_file_name": "plot",
       "evaluate_model_only": true, "model_path": "./none"}
      """, to: "config-\(type)-\(epochs).json")
  }

  func testTrainingLowersTheLossAndLeavesALogAPlotAndAModel() throws {
    for type in ["LSTM", "RNN"] {
      let result = try Program.run(
        "train", "--train", try corpus(), "--validation", try corpus(), "--config",
        try configuration(epochs: 30, type: type), "-o", path("m.safetensors"), "--log", path("log.jsonl"),
        "--plot",
        path("plot.svg"))
      XCTAssertEqual(result.status, 0, result.errors)
      XCTAssertTrue(
        result.errors.contains("evaluate_model_only"), "ignored keys are to be reported: \(result.errors)")
      let log = try String(contentsOfFile: path("log.jsonl"), encoding: .utf8).split(separator: "\n")
      let losses = try log.map {
        (try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])?["training_loss"] as? Double
          ?? .nan
      }
      XCTAssertEqual(losses.count, 30)
      XCTAssertLessThan(losses[29], losses[0] * 0.8)
      XCTAssertTrue(try String(contentsOfFile: path("plot.svg"), encoding: .utf8).hasPrefix("<svg"))
      let evaluation = try Program.run("evaluate", path("m.safetensors"), "--corpus", try corpus(), "--json")
      let object = try JSONSerialization.jsonObject(with: Data(evaluation.output.utf8)) as? [String: Any]
      XCTAssertEqual(object?["tunes"] as? Int, 12)
      XCTAssertLessThan(object?["nats_per_character"] as? Double ?? .nan, losses[0])
      XCTAssertFalse(FileManager.default.fileExists(atPath: path("m.safetensors.checkpoint")))
    }
  }

  /// Ctrl-C in the middle of training leaves a checkpoint; with `--resume` the model comes out the same.
  func testAnInterruptedTrainingResumesToTheSameModel() throws {
    let train = try corpus()
    let config = try configuration(epochs: 400)
    let whole = try Program.run("train", "--train", train, "--config", config, "-o", path("whole"), "--quiet")
    XCTAssertEqual(whole.status, 0, whole.errors)

    let process = Process()
    process.executableURL = Program.url
    process.arguments = [
      "train", "--train", train, "--config", config, "-o", path("part"), "--log", path("log.jsonl"),
    ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    // The first line of the log says that training is under way.
    let deadline = Date().addingTimeInterval(60)
    while !FileManager.default.fileExists(atPath: path("log.jsonl")), Date() < deadline { usleep(1000) }
    process.interrupt()
    process.waitUntilExit()
    if process.terminationStatus == 130 {
      XCTAssertTrue(FileManager.default.fileExists(atPath: path("part.checkpoint")))
      XCTAssertFalse(FileManager.default.fileExists(atPath: path("part")))
      let resumed = try Program.run(
        "train", "--train", train, "--config", config, "-o", path("part"), "--resume", "--log",
        path("log.jsonl"))
      XCTAssertEqual(resumed.status, 0, resumed.errors)
      XCTAssertTrue(resumed.errors.contains("resuming"), resumed.errors)
      XCTAssertFalse(FileManager.default.fileExists(atPath: path("part.checkpoint")))
    } else {
      throw XCTSkip("training was over before the signal came")
    }
    XCTAssertEqual(
      try Data(contentsOf: folder.appendingPathComponent("part")),
      try Data(contentsOf: folder.appendingPathComponent("whole")))
    let log = try String(contentsOfFile: path("log.jsonl"), encoding: .utf8).split(separator: "\n")
    XCTAssertEqual(log.count, 400)
  }

  func testAConfigurationThatIsWrongNamesItsKey() throws {
    let config = try write("{\"hidden_size\": \"many\"}", to: "config.json")
    let result = try Program.run("train", "--train", try corpus(), "--config", config, "-o", path("m"))
    XCTAssertEqual(result.status, 2)
    XCTAssertTrue(result.errors.contains("hidden_size"), result.errors)
    XCTAssertFalse(FileManager.default.fileExists(atPath: path("m")))
  }
}
