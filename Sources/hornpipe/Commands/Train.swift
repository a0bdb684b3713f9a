import ArgumentParser
import CharacterModel
import TuneGenerator

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model on tunes.",
    discussion: """
      Reads texts with <start> and <end> lines and ABC files. With --config it follows a JSON file, the paper's own \
      included; without, the best recipe known. --from goes on from a finished model, so that the embedded one learns \
      your tunes too. Ctrl-C writes MODEL.checkpoint, which --resume takes up to the same result.
      """)

  enum ModelType: String, ExpressibleByArgument, CaseIterable { case lstm, rnn }
  enum Precision: String, ExpressibleByArgument, CaseIterable { case f32, f16 }

  @Option(help: ArgumentHelp("The training tunes.", valueName: "path"))
  var train: String

  @Option(help: ArgumentHelp("Tunes to measure the loss on.", valueName: "path"))
  var validation: String?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The model file to write; with --study a directory.", valueName: "model"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Train all rows and seeds of a study in JSON, and write a report into the directory of -o.",
      valueName: "file"))
  var study: String?

  @Option(help: ArgumentHelp("Tunes that a study measures its finished models on.", valueName: "path"))
  var test: String?

  @Option(help: ArgumentHelp("A configuration in JSON.", valueName: "file"))
  var config: String?

  @Option(
    help: ArgumentHelp(
      "Go on from this model ('embedded': the one that is part of the program) instead of from nothing.",
      valueName: "model"))
  var from: String?

  @Option(help: "lstm or rnn.") var modelType: ModelType?
  @Option(help: "Recurrent layers.") var layers: Int?
  @Option(help: "Units of a recurrent layer.") var hiddenSize: Int?
  @Option(help: "Numbers that stand for a character.") var embeddingSize: Int?
  @Option(help: "The share of outputs dropped in training.") var dropout: Float?
  @Option(help: "Characters of a slice or window.") var sequenceSize: Int?
  @Option(help: "Tunes side by side.") var batchSize: Int?
  @Option(help: "Passes over the tunes.") var epochs: Int?
  @Option(help: "The learning rate.") var learningRate: Double?
  @Option(help: "The seed of everything random.") var seed: UInt64?
  @Option(help: "Threads; the result does not depend on it.") var threads: Int?
  @Option(help: "How the model file stores numbers: f32, or f16 at half the size.") var precision = Precision
    .f32

  @Option(help: ArgumentHelp("Write MODEL.checkpoint each so many minutes.", valueName: "minutes"))
  var checkpointMinutes = 10.0

  @Flag(help: "Go on from MODEL.checkpoint, if it is there.")
  var resume = false

  @Option(help: ArgumentHelp("Write a JSON object a line for each epoch.", valueName: "file"))
  var log: String?

  @Option(help: ArgumentHelp("Write a plot of the losses as SVG.", valueName: "file"))
  var plot: String?

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  func run() throws {
    Interruption.listen()
    try attempt {
      if let study { return try StudyJob(command: self, path: study).run() }
      var job = try TrainingJob(command: self)
      try job.run()
    }
  }

  /// The configuration of the file, or the best one known, with what the command line changes; of the shape of the model to
  /// go on from.
  func makeConfiguration(from model: RecurrentModel? = nil) throws -> TrainingConfiguration {
    var configuration = model.map { TrainingConfiguration.further(from: $0.architecture) } ?? .best
    if let config {
      let (read, notes) = try TrainingConfiguration.read(json: try InputFiles.Input.file(config).read())
      configuration = read
      if !quiet { for note in notes { Console.note("\(config): \(note)") } }
      if let model {
        configuration.architecture = model.architecture.with(dropout: read.architecture.dropout)
      }
    }
    if let modelType { configuration.architecture.cell = modelType == .lstm ? .lstm : .rnn }
    if let layers { configuration.architecture.layers = layers }
    if let hiddenSize {
      let isPaper = configuration.recipe == .slices
      configuration.architecture.hiddenSize = hiddenSize
      if isPaper { configuration.architecture.embeddingSize = hiddenSize }
    }
    if let embeddingSize { configuration.architecture.embeddingSize = embeddingSize }
    if let dropout { configuration.architecture.dropout = dropout }
    if let sequenceSize { configuration.sequenceSize = sequenceSize }
    if let batchSize { configuration.batchSize = batchSize }
    if let epochs { configuration.epochs = epochs }
    if let learningRate { configuration.learningRate = learningRate }
    if let seed { configuration.seed = seed }
    if let threads { configuration.threads = threads }
    return configuration
  }

  /// Whether the command line says anything about the configuration, apart from epochs and threads.
  var changesConfiguration: Bool {
    let options: [Any?] = [
      config, modelType, layers, hiddenSize, embeddingSize, dropout, sequenceSize, batchSize, learningRate,
      seed,
    ]
    return options.contains { $0 != nil }
  }

  func validate() throws {
    if study != nil, changesConfiguration || epochs != nil || resume || log != nil || plot != nil {
      throw ValidationError(
        "--study says itself how its models are trained and goes on by itself; it goes with --train, "
          + "--validation, --test, --threads and -o.")
    }
    if from != nil {
      if study != nil {
        throw ValidationError("--study begins with fresh models; it does not go with --from.")
      }
      if modelType != nil || layers != nil || hiddenSize != nil || embeddingSize != nil {
        throw ValidationError("--from keeps the model's cell, layers and sizes; they cannot be set.")
      }
    }
    if test != nil, study == nil {
      throw ValidationError("--test goes with --study; see 'hornpipe evaluate'.")
    }
    for (name, value) in [
      ("--layers", layers), ("--hidden-size", hiddenSize), ("--embedding-size", embeddingSize),
      ("--batch-size", batchSize), ("--epochs", epochs), ("--threads", threads),
    ] {
      if let value, !(1...1_000_000).contains(value) {
        throw ValidationError("\(name) takes a number from 1.")
      }
    }
    if let sequenceSize, !(2...65_536).contains(sequenceSize) {
      throw ValidationError("--sequence-size takes a number from 2 to 65536.")
    }
    if !(checkpointMinutes > 0 && checkpointMinutes <= 1e6) {
      throw ValidationError("--checkpoint-minutes takes a number above 0.")
    }
    if let dropout, !(dropout >= 0 && dropout < 1) {
      throw ValidationError("--dropout takes a number from 0, below 1.")
    }
    if let learningRate, !(learningRate > 0 && learningRate <= 1) {
      throw ValidationError("--learning-rate takes a number above 0, at most 1.")
    }
  }
}
