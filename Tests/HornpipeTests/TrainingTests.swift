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

  /// A model with markers as entries, as the default recipe makes it, is measured over the same characters as one that spells
  /// them; and its last loss is what `evaluate` says.
  func testLossesAreCountedOverTheCharactersOfTheText() throws {
    let config = try write(
      """
      {"recipe": "streams", "hidden_size": 16, "embedding_size": 8, "dropout": 0, "sequence_size": 20, "batch_size": 4,
       "no_epochs": 25, "learning_rate": 0.01, "calibration": true, "seed": 3}
      """, to: "config.json")
    let trained = try Program.run(
      "train", "--train", try corpus(), "--validation", try corpus(), "--config", config, "-o", path("m"))
    XCTAssertEqual(trained.status, 0, trained.errors)
    let evaluation = try Program.run("evaluate", path("m"), "--corpus", try corpus(), "--json")
    let object = try XCTUnwrap(
      try JSONSerialization.jsonObject(with: Data(evaluation.output.utf8)) as? [String: Any])
    let text = try String(contentsOfFile: try corpus(), encoding: .utf8)
    XCTAssertEqual(
      object["characters"] as? Int, text.unicodeScalars.count - 12, "all but the first of each tune")
    let loss = String(format: "%.4f", try XCTUnwrap(object["nats_per_character"] as? Double))
    let words = trained.errors.split(separator: "\n").first { $0.hasPrefix("logits times ") }
    XCTAssertTrue(words?.hasSuffix(": validation \(loss)") == true, "\(trained.errors) \(loss)")
  }

  /// No corpus or model is lost to a slip of the hand.
  func testNothingIsWrittenOverWhatIsRead() throws {
    let config = try configuration(epochs: 1, type: "LSTM")
    let tunes = try corpus()
    let model = try write("a model", to: "model")
    for (options, input) in [
      (["-o", tunes], tunes), (["-o", path("m"), "--log", tunes], tunes),
      (["-o", path("m"), "--plot", config], config),
      (["--from", model, "-o", path("m"), "--log", model], model),
    ] {
      let before = try String(contentsOfFile: input, encoding: .utf8)
      let result = try Program.run(
        arguments: ["train", "--train", tunes] + (options[0] == "--from" ? [] : ["--config", config])
          + options)
      XCTAssertEqual(result.status, 2, result.errors)
      XCTAssertTrue(result.errors.contains("it is the file that is read"), result.errors)
      XCTAssertEqual(try String(contentsOfFile: input, encoding: .utf8), before)
    }
    for options in [["--log", path("m")], ["--log", path("x"), "--plot", path("x")]] {
      let result = try Program.run(
        arguments: ["train", "--train", tunes, "--config", config, "-o", path("m")] + options)
      XCTAssertEqual(result.status, 2, result.errors)
      XCTAssertTrue(result.errors.contains("something else is to be written there"), result.errors)
    }
  }

  /// A model goes on with tunes of one's own; what its characters cannot spell is left out, and said.
  func testAModelGoesOnWithOtherTunes() throws {
    let begun = try Program.run(
      "train", "--train", try corpus(), "--hidden-size", "24", "--epochs", "20", "--batch-size", "4",
      "--quiet",
      "-o", path("a"))
    XCTAssertEqual(begun.status, 0, begun.errors)
    let music = "M:4/4\nL:1/8\nK:D\n" + String(repeating: "dcBA GFED|", count: 6) + "D8|]\n"
    func marked(_ title: String) -> String { "<start>\nX:1\nT:\(title)\n\(music)<end>\n" }
    let own = try write(marked("Tune") + marked("Tunne") + marked("Zz"), to: "own.txt")
    let further = try Program.run(
      "train", "--from", path("a"), "--train", own, "--epochs", "30", "--learning-rate", "0.005", "-o",
      path("b"))
    XCTAssertEqual(further.status, 0, further.errors)
    XCTAssertTrue(further.errors.contains("left out 1 tune with characters"), further.errors)
    XCTAssertTrue(further.errors.contains("2 tunes, "), further.errors)
    let own2 = try write(marked("Tune"), to: "own2.txt")
    func loss(_ model: String) throws -> Double {
      let result = try Program.run("evaluate", path(model), "--corpus", own2, "--json")
      let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
      return object?["nats_per_character"] as? Double ?? .nan
    }
    XCTAssertLessThan(try loss("b"), try loss("a") * 0.8)
    // Stopped and taken up, without the tunes that are left out.
    let stopped = Process()
    stopped.executableURL = Program.url
    stopped.arguments = [
      "train", "--from", path("a"), "--train", own, "--epochs", "200000", "--quiet", "-o", path("d"),
      "--checkpoint-minutes", "0.0003",
    ]
    try stopped.run()
    let deadline = Date().addingTimeInterval(20)
    while !FileManager.default.fileExists(atPath: path("d.checkpoint")), Date() < deadline { usleep(1000) }
    stopped.interrupt()
    stopped.waitUntilExit()
    XCTAssertEqual(stopped.terminationStatus, 130)
    let resumed = try Program.run(
      "train", "--from", path("a"), "--train", own, "--epochs", "1", "--resume", "-o", path("d"))
    XCTAssertTrue(resumed.errors.contains("resuming after"), resumed.errors)

    for (arguments, status, message) in [
      (["--hidden-size", "30"], 64, "keeps the model's"), (["--study", own], 64, "fresh models"),
    ] as [([String], Int32, String)] {
      let refused = try Program.run(
        arguments: ["train", "--from", path("a"), "--train", own, "-o", path("c")] + arguments)
      XCTAssertEqual(refused.status, status, refused.errors)
      XCTAssertTrue(refused.errors.contains(message), refused.errors)
    }
    let missing = try Program.run("train", "--from", path("none"), "--train", own, "-o", path("c"))
    XCTAssertEqual(missing.status, 2, missing.errors)
    XCTAssertTrue(missing.errors.contains("none"), missing.errors)
  }

  /// Killed at any moment, without warning, a run goes on from its last checkpoint to the same model.
  func testATrainingThatIsKilledTwentyTimesGivesTheSameModel() throws {
    let train = try corpus()
    let config = try write(
      """
      {"recipe": "streams", "hidden_size": 20, "embedding_size": 8, "no_epochs": 1000, "batch_size": 4,
       "sequence_size": 20, "dropout": 0.2, "recurrent_dropout": 0.1, "other_form_share": 0.5, "seed": 3}
      """, to: "streams.json")
    let arguments = ["train", "--train", train, "--config", config, "--quiet"]
    let whole = try Program.run(arguments: arguments + ["-o", path("whole")])
    XCTAssertEqual(whole.status, 0, whole.errors)

    // A step of Knuth's generator; its high bits are even enough for this.
    var state: UInt64 = 1
    var (kills, checkpoints) = (0, 0)
    for round in 0..<20 {
      let process = Process()
      process.executableURL = Program.url
      process.arguments = arguments + ["-o", path("part"), "--resume", "--checkpoint-minutes", "0.0003"]
      let before = checkpointDate()
      try process.run()
      // Each second time it gets as far as a checkpoint of its own, on however slow a machine.
      let deadline = Date().addingTimeInterval(20)
      while round % 2 == 0, checkpointDate() == before, process.isRunning, Date() < deadline { usleep(1000) }
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      usleep(UInt32(state >> 33) % 60_000)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if process.terminationReason == .uncaughtSignal { kills += 1 }
      if checkpointDate() != before { checkpoints += 1 }
    }
    XCTAssertGreaterThan(kills, 10, "the run is long enough to be killed")
    XCTAssertGreaterThan(checkpoints, 5)
    let resumed = try Program.run(arguments: arguments + ["-o", path("part"), "--resume"])
    XCTAssertEqual(resumed.status, 0, resumed.errors)
    XCTAssertEqual(
      try Data(contentsOf: URL(fileURLWithPath: path("part"))),
      try Data(contentsOf: URL(fileURLWithPath: path("whole"))))
  }

  private func checkpointDate() -> Date? {
    try? FileManager.default.attributesOfItem(atPath: path("part.checkpoint"))[.modificationDate] as? Date
  }

  /// A full disk or a folder that may no longer be written to costs no training.
  func testTrainingGoesOnWhereNoCheckpointCanBeWritten() throws {
    try XCTSkipIf(FileManager.default.fileExists(atPath: "/dev/full") == false, "there is no /dev/full here")
    let config = try configuration(epochs: 3)
    // The checkpoint's place is taken by a directory: it cannot be written, the model can.
    try FileManager.default.createDirectory(
      atPath: path("m.checkpoint/inside"), withIntermediateDirectories: true)
    let result = try Program.run(
      "train", "--train", try corpus(), "--config", config, "-o", path("m"), "--checkpoint-minutes",
      "0.00001",
      "--log", "/dev/full")
    XCTAssertEqual(result.status, 0, result.errors)
    XCTAssertTrue(result.errors.contains("training goes on"), result.errors)
    XCTAssertTrue(FileManager.default.fileExists(atPath: path("m")))
  }

  func testAStudyTrainsItsRowsOnceAndWritesAReport() throws {
    let study = try write(
      """
      {"title": "Two & one", "seeds": [1, 2], "temperatures": [0.5, 1], "tunes": 3, "heatmaps": ["small"],
       "rows": [
         {"name": "small", "title": "Small", "config": {"hidden_size": 8, "no_epochs": 4}, "published_validation": 1.5},
         {"name": "large", "title": "Large", "config": {"hidden_size": 12, "no_epochs": 4}}],
       "claims": [{"text": "Large is better.", "better": "large", "worse": "small"}]}
      """, to: "study.json")
    let arguments = [
      "train", "--study", study, "--train", try corpus(), "--validation", try corpus(), "--test",
      try corpus(), "-o",
      path("out"),
    ]
    let first = try Program.run(arguments: arguments)
    XCTAssertEqual(first.status, 0, first.errors)
    XCTAssertTrue(first.errors.contains("4 of 4"), first.errors)
    let report = try String(contentsOfFile: path("out/report.md"), encoding: .utf8)
    for words in [
      "# Two & one", "| Small | – | 1.5 |", "| Large is better. |", "temperature 0.5", "![loss curves]",
    ] {
      XCTAssertTrue(report.contains(words), "\(words) is missing in \(report)")
    }
    for picture in report.components(separatedBy: "](").dropFirst() {
      let file = picture.prefix { $0 != ")" }
      XCTAssertTrue(try String(contentsOfFile: path("out/\(file)"), encoding: .utf8).contains("<svg"))
    }
    // Again: nothing is trained anew, so the models and the report stay as they are.
    let model = try Data(contentsOf: URL(fileURLWithPath: path("out/models/large-seed2.safetensors")))
    let date = try FileManager.default.attributesOfItem(atPath: path("out/models/large-seed2.safetensors"))
    XCTAssertEqual(try Program.run(arguments: arguments).status, 0)
    XCTAssertEqual(try String(contentsOfFile: path("out/report.md"), encoding: .utf8), report)
    XCTAssertEqual(
      try FileManager.default.attributesOfItem(atPath: path("out/models/large-seed2.safetensors"))[
        .modificationDate]
        as? Date, date[.modificationDate] as? Date)
    XCTAssertFalse(model.isEmpty)
  }

  func testWhatAStudyCannotUseIsSaid() throws {
    let study = try write("{\"title\": \"x\"}", to: "study.json")
    let wrong = try Program.run(
      "train", "--study", study, "--train", try corpus(), "--validation", try corpus(), "-o", path("out"))
    XCTAssertEqual(wrong.status, 2)
    XCTAssertTrue(wrong.errors.contains("study.json") && wrong.errors.contains("rows"), wrong.errors)
    let options = try Program.run(
      "train", "--study", study, "--train", try corpus(), "--epochs", "3", "-o", path("out"))
    XCTAssertEqual(options.status, 64)
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
