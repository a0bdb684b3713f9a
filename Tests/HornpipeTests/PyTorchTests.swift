import Foundation
import XCTest

/// Models go from PyTorch to here and back. Needs a Python with PyTorch: `python3`, or what `HORNPIPE_PYTHON` names.
final class PyTorchTests: FolderTestCase {
  private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("PyTorch/interoperability.py").path

  private func python(_ arguments: String...) throws -> Program.Result {
    let python = ProcessInfo.processInfo.environment["HORNPIPE_PYTHON"] ?? "python3"
    return try Program.run(
      arguments: [python] + arguments, program: URL(fileURLWithPath: "/usr/bin/env"))
  }

  private func requirePyTorch() throws {
    let result = try python("-c", "import torch")
    try XCTSkipIf(
      result.status != 0, "no PyTorch: 'pip install torch', or name a Python that has it in HORNPIPE_PYTHON")
  }

  private func corpus() throws -> String {
    let tunes = (1...6).map { number in
      "<start>\nX:\(number)\nT:Tune \(number)\nM:4/4\nL:1/8\nK:D\n"
        + String(repeating: "DEFG ABcd|", count: 2 + number % 3) + "d8|]\n<end>\n"
    }
    return try write(tunes.joined(), to: "corpus.txt")
  }

  private func loss(_ model: String, on corpus: String) throws -> Double {
    let result = try Program.run("evaluate", model, "--corpus", corpus, "--json")
    XCTAssertEqual(result.status, 0, result.errors)
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    return try XCTUnwrap(object?["nats_per_character"] as? Double)
  }

  private func number(_ result: Program.Result) throws -> Double {
    XCTAssertEqual(result.status, 0, result.errors)
    return try XCTUnwrap(Double(result.output.trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  func testAModelTrainedInPyTorchHasTheSameLossHere() throws {
    try requirePyTorch()
    for type in ["lstm", "rnn"] {
      let expected = try number(try python(Self.script, "train", path(type), try corpus(), type))
      XCTAssertLessThan(expected, 2, "it has learnt something")
      XCTAssertEqual(try loss(path(type), on: try corpus()), expected, accuracy: 1e-5)
    }
  }

  func testAModelTrainedHereHasTheSameLossInPyTorch() throws {
    try requirePyTorch()
    for type in ["lstm", "rnn"] {
      let config = try write(
        """
        {"recipe": "streams", "model_type": "\(type)", "no_layers": 2, "hidden_size": 40, "embedding_size": 11,
         "no_epochs": 60, "batch_size": 3, "sequence_size": 20, "seed": 1}
        """, to: "config.json")
      let trained = try Program.run(
        "train", "--train", try corpus(), "--config", config, "-o", path(type), "--quiet")
      XCTAssertEqual(trained.status, 0, trained.errors)
      let here = try loss(path(type), on: try corpus())
      XCTAssertEqual(
        try number(try python(Self.script, "loss", path(type), try corpus())), here, accuracy: 1e-5)
    }
  }
}
