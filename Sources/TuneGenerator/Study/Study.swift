import CharacterModel

/// An experiment with several models, each trained from several seeds, and what is claimed about them.
public struct Study: Sendable {
  /// One line of its table.
  public struct Row: Sendable {
    /// A short name, also of files: letters, digits, points and hyphens.
    public let name: String
    /// What it is, for people.
    public let title: String
    /// How it is trained; the seed comes from the study.
    public let configuration: TrainingConfiguration
    /// The training loss that was published for it, in the paper's counting; nil where none was.
    public let publishedTraining: Double?
    /// The same of the validation loss.
    public let publishedValidation: Double?
  }

  /// That one row predicts better than another.
  public struct Claim: Sendable {
    /// The claim as a sentence.
    public let text: String
    /// The name of the row that is said to predict better.
    public let better: String
    /// The name of the other.
    public let worse: String
  }

  /// What the report is called.
  public let title: String
  /// The rows, in the order of the table.
  public let rows: [Row]
  /// The seeds that each row is trained from.
  public let seeds: [UInt64]
  /// What to check.
  public let claims: [Claim]
  /// Temperatures at which tunes are written.
  public let temperatures: [Double]
  /// Tunes at each temperature.
  public let tunes: Int
  /// Rows whose units are looked at.
  public let heatmaps: [String]
}

/// A study that cannot be read.
public struct StudyError: Error, CustomStringConvertible, Equatable {
  /// What is wrong, in a sentence.
  public let description: String
}

extension Study {
  /// Reads a study in JSON: `title`, `rows` (each with `name`, `title`, `config`, and what was published as
  /// `published_training` and `published_validation`), `seeds`, `claims` (`text`, `better`, `worse`), `temperatures`,
  /// `tunes` and `heatmaps`.
  ///
  /// - Throws: `StudyError`, which names the key; `CharacterModelError.configuration` for a row's configuration.
  public init(json bytes: [UInt8]) throws {
    let value: JSONValue
    do { value = try JSONReader.read(bytes[...]) } catch {
      let line = bytes[..<error.byteOffset].count { $0 == 0x0A } + 1
      throw StudyError(description: "the study is not JSON: line \(line): \(error.reason)")
    }
    let reader = StudyReader(value: value, path: "")
    title = try reader.text("title")
    rows = try reader.objects("rows").map { try Row($0) }
    seeds = try reader.numbers("seeds").map { number in
      guard let seed = UInt64(exactly: number) else {
        throw StudyError(description: "\"seeds\" takes whole numbers from 0")
      }
      return seed
    }
    claims = try reader.objects("claims").map {
      Claim(text: try $0.text("text"), better: try $0.text("better"), worse: try $0.text("worse"))
    }
    temperatures = try reader.numbers("temperatures")
    tunes = Int(try reader.number("tunes") ?? 100)
    heatmaps = try reader.texts("heatmaps")
    try check()
  }

  private func check() throws {
    let names = rows.map(\.name)
    guard !rows.isEmpty, !seeds.isEmpty else {
      throw StudyError(description: "the study needs \"rows\" and \"seeds\"")
    }
    guard Set(names).count == names.count, Set(seeds).count == seeds.count else {
      throw StudyError(description: "two rows of the study have one name, or a seed stands there twice")
    }
    for name in claims.flatMap({ [$0.better, $0.worse] }) + heatmaps where !names.contains(name) {
      throw StudyError(description: "the study speaks of a row \"\(name)\", which it does not have")
    }
    guard temperatures.allSatisfy({ $0 > 0 && $0.isFinite }), (1...1_000_000).contains(tunes) else {
      throw StudyError(description: "\"temperatures\" and \"tunes\" take numbers above 0")
    }
  }
}

extension Study.Row {
  fileprivate init(_ reader: StudyReader) throws {
    name = try reader.text("name")
    let isSafe = name.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (97...122).contains(byte | 0x20) || byte == 0x2D || byte == 0x2E
    }
    guard isSafe, !name.isEmpty, !name.hasPrefix(".") else {
      throw StudyError(
        description: "a row's \"name\" takes letters, digits, points and hyphens; not \"\(name)\"")
    }
    title = try reader.text("title")
    guard let config = reader.value["config"], config.members != nil else {
      throw StudyError(description: "row \"\(name)\" needs a \"config\", an object")
    }
    configuration = try TrainingConfiguration.read(json: Array(config.description.utf8)).configuration
    publishedTraining = try reader.number("published_training")
    publishedValidation = try reader.number("published_validation")
  }
}

/// Looks up the keys of an object.
private struct StudyReader {
  let value: JSONValue
  let path: String

  private func fail(_ key: String, _ expected: String) -> StudyError {
    StudyError(description: "the study's \"\(path)\(key)\" must be \(expected)")
  }

  func text(_ key: String) throws -> String {
    guard let text = value[key]?.text else { throw fail(key, "a string") }
    return text
  }

  func number(_ key: String) throws -> Double? {
    guard let member = value[key], member != .null else { return nil }
    guard let number = member.double else { throw fail(key, "a number") }
    return number
  }

  func texts(_ key: String) throws -> [String] {
    try elements(key).map { element in
      guard let text = element.text else { throw fail(key, "an array of strings") }
      return text
    }
  }

  func numbers(_ key: String) throws -> [Double] {
    try elements(key).map { element in
      guard let number = element.double else { throw fail(key, "an array of numbers") }
      return number
    }
  }

  func objects(_ key: String) throws -> [StudyReader] {
    try elements(key).enumerated().map { index, element in
      guard element.members != nil else { throw fail(key, "an array of objects") }
      return StudyReader(value: element, path: "\(path)\(key)[\(index)].")
    }
  }

  private func elements(_ key: String) throws -> [JSONValue] {
    guard let member = value[key] else { return [] }
    guard let elements = member.elements else { throw fail(key, "an array") }
    return elements
  }
}
