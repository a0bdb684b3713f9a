import CharacterModel
import FoundationEssentials
import SystemFiles

/// The log of a training run: a JSON object a line, a line an epoch. Each line is written as soon as it is known.
struct TrainingLog {
  private let path: String
  private var bytes: [UInt8] = []

  /// A log at a path. With `keepingEpochs` the lines of that many epochs of an earlier run stay.
  init(path: String, keepingEpochs: Int) {
    self.path = path
    guard keepingEpochs > 0, FileKind(path) == .file, let bytes = try? [UInt8](contentsOfFile: path) else {
      return
    }
    let newline = UInt8(ascii: "\n")
    for line in bytes.split(separator: newline) {
      let entry = try? JSONDecoder().decode(Entry.self, from: Data(line))
      if let entry, entry.epoch <= keepingEpochs { self.bytes += line + [newline] }
    }
  }

  /// Adds an epoch.
  mutating func append(_ report: EpochReport) throws {
    bytes += try JSONLine.encode(Epoch(report))
    try OutputFile.write(bytes, to: path)
  }

  /// What is looked at in a line of an earlier run.
  struct Entry: Decodable, Sendable {
    let epoch: Int
    let trainingLoss, seconds: Double
    let paperLoss, validationLoss: Double?

    private enum CodingKeys: String, CodingKey {
      case epoch, seconds
      case trainingLoss = "training_loss"
      case paperLoss = "paper_training_loss"
      case validationLoss = "validation_loss"
    }
  }

  /// The lines of a log, in order; what is no line of one is left out.
  static func entries(of path: String) -> [Entry] {
    // A pipe or a device may never end.
    guard FileKind(path) == .file, let bytes = try? [UInt8](contentsOfFile: path) else { return [] }
    return entries(in: bytes)
  }

  /// The epochs in the bytes of a log; lines that are none are passed over.
  static func entries(in bytes: [UInt8]) -> [Entry] {
    bytes.split(separator: UInt8(ascii: "\n")).compactMap {
      try? JSONDecoder().decode(Entry.self, from: Data($0))
    }
  }

  /// A line.
  private struct Epoch: Encodable {
    let epoch, characters: Int
    let trainingLoss, learningRate, seconds, charactersPerSecond: Double
    let paperLoss, validationLoss: Double?

    init(_ report: EpochReport) {
      epoch = report.epoch
      characters = report.characters
      trainingLoss = report.trainingLoss
      learningRate = report.learningRate
      seconds = report.seconds
      charactersPerSecond = report.charactersPerSecond
      paperLoss = report.paperLoss
      validationLoss = report.validationLoss
    }

    private enum CodingKeys: String, CodingKey {
      case epoch, characters, seconds
      case trainingLoss = "training_loss"
      case learningRate = "learning_rate"
      case charactersPerSecond = "characters_per_second"
      case paperLoss = "paper_training_loss"
      case validationLoss = "validation_loss"
    }
  }
}
