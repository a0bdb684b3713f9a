import ArgumentParser
import CharacterModel
import TuneGenerator

/// The tunes that models are trained on and measured on, marked; once read, they can be encoded for any vocabulary.
struct TrainingTunes: Sendable {
  let training: [String]
  let validation: [String]
  let test: [String]

  /// Reads what the paths name; ends the program with status 2 where one of them holds no tune.
  init(training: String, validation: String?, test: String?, report: (String) -> Void) throws {
    self.training = try Self.read(training, report)
    self.validation = try validation.map { try Self.read($0, report) } ?? []
    self.test = try test.map { try Self.read($0, report) } ?? []
  }

  private init(training: [String], validation: [String], test: [String]) {
    (self.training, self.validation, self.test) = (training, validation, test)
  }

  /// The tunes that can be written in the characters of a model that has learnt others.
  func spelled(in vocabulary: Vocabulary, report: (String) -> Void) -> TrainingTunes {
    let encoding = TuneEncoding(vocabulary)
    func known(_ tunes: [String]) -> [String] { tunes.filter { (try? encoding.encode($0)) != nil } }
    let result = TrainingTunes(training: known(training), validation: known(validation), test: known(test))
    let lost = training.count + validation.count - result.training.count - result.validation.count
    if lost > 0 {
      report(
        "left out \(lost == 1 ? "1 tune" : "\(lost) tunes") with characters that the model does not know")
    }
    return result
  }

  private static func read(_ path: String, _ report: (String) -> Void) throws -> [String] {
    let tunes = try TuneFiles.read(path, report: report)
    guard !tunes.isEmpty else {
      Console.error("\(path) holds no tune")
      throw ExitCode.impossible
    }
    return tunes
  }

  /// The vocabulary of all tunes. The paper reads `<start>` and `<end>` as ordinary characters; whole tunes have them
  /// as markers.
  func vocabulary(for configuration: TrainingConfiguration) throws(CharacterModelError) -> Vocabulary {
    try TuneEncoding.vocabulary(
      of: training + validation + test, withMarkers: configuration.recipe == .streams)
  }

  /// The tunes as a trainer takes them, in other keys too if the configuration asks for them.
  func corpus(
    _ vocabulary: Vocabulary, _ configuration: TrainingConfiguration
  ) throws(CharacterModelError) -> TrainingCorpus {
    let encoding = TuneEncoding(vocabulary)
    // A key that needs characters the model does not have is left out.
    let otherForms =
      configuration.otherFormShare > 0
      ? training.map { tune in OtherKeys.forms(of: tune).compactMap { try? encoding.encode($0) } } : []
    return TrainingCorpus(
      tunes: try Self.encode(training, encoding), otherForms: otherForms,
      validation: try Self.encode(validation, encoding),
      validationCharacters: TuneEncoding.predictedCharacters(of: validation))
  }

  /// The characters of the test tunes that losses are counted over.
  var testCharacters: Int { TuneEncoding.predictedCharacters(of: test) }

  /// The test tunes for a vocabulary.
  func encodedTest(_ vocabulary: Vocabulary) throws(CharacterModelError) -> [[Int32]] {
    try Self.encode(test, TuneEncoding(vocabulary))
  }

  private static func encode(
    _ tunes: [String], _ encoding: TuneEncoding
  ) throws(CharacterModelError) -> [[Int32]] {
    var result: [[Int32]] = []
    for tune in tunes { result.append(try encoding.encode(tune)) }
    return result
  }
}
