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
      if let model { return try RecurrentModel(contentsOf: model) }
      return try EmbeddedModel.load()
    } catch {
      Console.error("\(error)")
      throw ExitCode.impossible
    }
  }

  /// What to call it in a tune's provenance.
  var name: String { model ?? "embedded" }
}
