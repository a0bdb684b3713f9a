import ArgumentParser
import CharacterModel
import Glibc
import TuneGenerator

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure a model: its loss on a corpus, or how many of its tunes are clean.",
    discussion: """
      With --corpus: mean nats a character over whole tunes, zero state at each start, each character but the \
      first predicted; <start> and <end> lines count as the characters that they are. With \
      --generate: of so many tunes, how many ended, had no error, no warning, and every bar \
      right, each with its 95 % interval.
      """)

  @Argument(
    help:
      "The model file; 'embedded' is the model that is part of the program. Of several models --corpus measures the mean."
  )
  var model: [String]

  @Option(
    help: ArgumentHelp(
      "The tunes to predict: a text with <start> and <end> lines, or ABC.", valueName: "path"))
  var corpus: String?

  @Flag(help: "Let the model learn from the corpus as it reads it: what adaptive compressors do.")
  var dynamic = false

  @Option(help: ArgumentHelp("The learning rate of --dynamic.", valueName: "rate"))
  var dynamicRate = 3e-4

  @Option(help: "Write this many tunes at each temperature and count the clean ones.")
  var generate: Int?

  @Option(help: "Temperatures, separated by commas.")
  var temperature = "0.5,0.8,1,2"

  @Flag(help: "Plain sampling, without the constraint.")
  var unconstrained = false

  @Option(help: "The seed of the first tune.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "The tunes that the model learnt from: says what the written tunes share with them, and how alike they are.",
      valueName: "path"))
  var training: String?

  @Option(
    help: ArgumentHelp(
      "Tunes by people that the model never saw, looked at in the same way.", valueName: "path"))
  var heldOut: String?

  @Option(help: ArgumentHelp("Write what --generate finds as a page.", valueName: "file.html")) var page:
    String?

  @Flag(help: "Results as JSON.")
  var json = false

  func validate() throws {
    if model.isEmpty { throw ValidationError("name a model file, or 'embedded'.") }
    if model.count > 1, generate != nil || dynamic {
      throw ValidationError("several models are measured together with --corpus alone.")
    }
    if dynamic, corpus == nil { throw ValidationError("--dynamic goes with --corpus.") }
    if !(dynamicRate > 0 && dynamicRate <= 1) {
      throw ValidationError("--dynamic-rate takes a number above 0, at most 1.")
    }
    if corpus == nil, generate == nil { throw ValidationError("give --corpus, --generate, or both.") }
    for (name, value) in [("--training", training), ("--held-out", heldOut), ("--page", page)]
    where value != nil && generate == nil {
      throw ValidationError("\(name) goes with --generate.")
    }
    if heldOut != nil, training == nil { throw ValidationError("--held-out needs --training.") }
    if let generate, generate < 1 { throw ValidationError("--generate takes a number from 1.") }
    if temperatures == nil {
      throw ValidationError("--temperature takes numbers above 0, separated by commas.")
    }
  }

  private var temperatures: [Double]? {
    let values = temperature.split(separator: ",").map { Double($0) ?? 0 }
    return values.isEmpty || values.contains { !($0 > 0 && $0.isFinite) } ? nil : values
  }

  func run() throws {
    try attempt {
      let loaded = try model.map(ModelOption.load)
      if let corpus { try measureLoss(of: loaded, on: corpus) }
      if let generate {
        try GenerationEvaluation(command: self, model: loaded[0], temperatures: temperatures ?? []).run(
          generate)
      }
    }
  }

  private func measureLoss(of models: [RecurrentModel], on path: String) throws {
    let model = models[0]
    guard models.allSatisfy({ $0.vocabulary == model.vocabulary }) else {
      Console.error("the models do not know the same characters, so they have no mean")
      throw ExitCode.impossible
    }
    let encoding = TuneEncoding(model.vocabulary)
    let texts = try TuneFiles.read(path, report: Console.note)
    var tunes: [[Int32]] = []
    for (index, tune) in texts.enumerated() {
      do {
        tunes.append(try encoding.encode(tune))
      } catch {
        Console.error("\(path), tune \(index + 1): \(error)")
        throw ExitCode.impossible
      }
    }
    guard !tunes.isEmpty else {
      Console.error("\(path) holds no tune")
      throw ExitCode.impossible
    }
    let evaluation =
      dynamic
      ? model.evaluateDynamically(tunes, options: .init(learningRate: dynamicRate))
      : RecurrentModel.evaluate(models, on: tunes)
    let result = evaluation.counting(characters: TuneEncoding.predictedCharacters(of: texts))
    if json {
      try Console.writeJSON(Loss(result, predictions: evaluation.characters))
    } else {
      let nats = result.natsPerCharacter.text(decimals: 4)
      let bits = result.bitsPerCharacter.text(decimals: 4)
      let perplexity = exp(result.natsPerCharacter).text(decimals: 4)
      Console.write("\(nats) nats a character, \(bits) bits, perplexity \(perplexity)\n")
      if models.count > 1 { Console.write("mean of \(models.count) models, whole tunes from a zero state\n") }
      if dynamic {
        Console.write("dynamic evaluation: the model learns from each tune after predicting it\n")
      }
      Console.write("\(result.characters) characters predicted in \(result.tunes) tunes\n")
      if evaluation.characters != result.characters {
        Console.write("as \(evaluation.characters) predictions: the model reads <start> and <end> whole\n")
      }
    }
  }
}
