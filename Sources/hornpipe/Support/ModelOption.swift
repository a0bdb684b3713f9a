import ArgumentParser
import CharacterModel
import TuneGenerator

/// `--model`: a file, or the model that is part of the program.
struct ModelOption: ParsableArguments {
  @Option(help: ArgumentHelp("The model file, instead of the embedded model.", valueName: "file"))
  var model: String?

  /// Reads the model; ends the program with status 2 where there is none.
  func load() throws -> RecurrentModel {
    do {
      return try Self.load(model ?? Self.embedded)
    } catch {
      Console.error("\(error)")
      throw ExitCode.impossible
    }
  }

  /// What to call it in a tune's provenance.
  var name: String { model ?? Self.embedded }

  /// What the model that is part of the program is called.
  static let embedded = "embedded"

  /// The model of a file, or the embedded one by its name.
  static func load(_ name: String) throws(CharacterModelError) -> RecurrentModel {
    name == embedded ? try EmbeddedModel.load() : try RecurrentModel(contentsOf: name)
  }
}
