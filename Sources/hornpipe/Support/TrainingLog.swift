import CharacterModel
import Foundation

/// The log of a training run: a JSON object a line, a line an epoch. Each line is written as soon as it is known.
struct TrainingLog {
  private let path: String
  private var lines: [String] = []

  /// A log at a path. With `keepingEpochs` the lines of that many epochs of an earlier run stay.
  init(path: String, keepingEpochs: Int) {
    self.path = path
    guard keepingEpochs > 0, let data = FileManager.default.contents(atPath: path) else { return }
    lines = String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init).filter { line in
      let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return (object?["epoch"] as? Int).map { $0 <= keepingEpochs } ?? false
    }
  }

  /// Adds an epoch.
  mutating func append(_ report: EpochReport) throws {
    var object: [String: Any] = [
      "epoch": report.epoch, "training_loss": report.trainingLoss, "learning_rate": report.learningRate,
      "characters": report.characters, "seconds": report.seconds,
      "characters_per_second": report.charactersPerSecond,
    ]
    if let loss = report.paperLoss { object["paper_training_loss"] = loss }
    if let loss = report.validationLoss { object["validation_loss"] = loss }
    let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
    lines.append(String(decoding: data, as: UTF8.self))
    try OutputFile.write((lines.joined(separator: "\n") + "\n").utf8, to: path)
  }
}
