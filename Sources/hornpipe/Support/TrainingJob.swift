import ArgumentParser
import CharacterModel
import SystemFiles
import TuneGenerator

/// The work of `train`: reads tunes, trains, and leaves a model, or a checkpoint to go on from.
struct TrainingJob {
  private let command: Train
  private let trainer: Trainer
  private let checkpoint: String
  private var log: TrainingLog?
  private var plot = LossPlot()
  private var bar: ProgressBar

  init(command: Train) throws {
    self.command = command
    checkpoint = command.output + ".checkpoint"
    try Self.checkOutputs(of: command, checkpoint: checkpoint)
    bar = ProgressBar(quiet: command.quiet)
    let note = { (text: String) in if !command.quiet { Console.note(text) } }
    let model = try command.from.map { try ModelOption.load($0) }
    var tunes = try TrainingTunes(
      training: command.train, validation: command.validation, test: nil, report: note)
    if let model { tunes = tunes.spelled(in: model.vocabulary, report: note) }
    if command.resume, FileKind(checkpoint) != .nothing {
      trainer = try Trainer.resume(from: checkpoint, epochs: command.epochs, threads: command.threads) {
        [tunes] (vocabulary: Vocabulary, configuration: TrainingConfiguration) throws(CharacterModelError)
          -> TrainingCorpus in
        try tunes.corpus(vocabulary, configuration)
      }
      try checkConfiguration(model)
      note("resuming after \(trainer.finishedEpochs) epochs from \(checkpoint)")
    } else {
      let configuration = try command.makeConfiguration(from: model)
      let vocabulary = try model?.vocabulary ?? tunes.vocabulary(for: configuration)
      let corpus = try tunes.corpus(vocabulary, configuration)
      trainer =
        if let model {
          try Trainer(configuration: configuration, from: model, corpus: corpus)
        } else {
          try Trainer(configuration: configuration, vocabulary: vocabulary, corpus: corpus)
        }
      let forms = corpus.otherForms.reduce(0) { $0 + $1.count }
      note(
        "\(tunes.training.count) tunes, \(vocabulary.count) characters"
          + (forms > 0 ? ", \(forms) forms in other keys" : ""))
    }
    guard let path = command.log else { return }
    log = TrainingLog(path: path, keepingEpochs: trainer.finishedEpochs)
    for entry in TrainingLog.entries(of: path) where entry.epoch <= trainer.finishedEpochs {
      plot.add(epoch: entry.epoch, trainingLoss: entry.trainingLoss, validationLoss: entry.validationLoss)
    }
  }

  /// Better now than after hours. A model may be trained further in its place.
  private static func checkOutputs(of command: Train, checkpoint: String) throws(OutputError) {
    let inputs =
      InputFiles.expand(
        [command.train, command.validation].compactMap { $0 }, extensions: CorpusSource.extensions)
      + [command.config].compactMap { $0 }.map { .file($0) }
    let model = [command.from].compactMap { $0 }.map { InputFiles.Input.file($0) }
    var taken = [command.output, checkpoint]
    try OutputFile.check(command.output)
    try OutputFile.check(command.output, isNoneOf: inputs)
    try OutputFile.check(checkpoint, isNoneOf: inputs + model)
    for path in [command.log, command.plot].compactMap({ $0 }) {
      try OutputFile.check(path)
      try OutputFile.check(path, isNoneOf: inputs + model)
      guard !taken.contains(path) else {
        throw OutputError(path: path, reason: "something else is to be written there; give another name")
      }
      taken.append(path)
    }
  }

  /// A checkpoint goes on as it began; where the command asks for something else, that must be said.
  private func checkConfiguration(_ model: RecurrentModel?) throws {
    guard command.changesConfiguration else { return }
    var asked = try command.makeConfiguration(from: model)
    asked.epochs = trainer.configuration.epochs
    asked.threads = trainer.configuration.threads
    guard asked == trainer.configuration else {
      Console.error(
        "\(checkpoint) was begun with another configuration; remove it to begin anew, or give the same one")
      throw ExitCode.impossible
    }
  }

  /// Trains to the end, or until Ctrl-C; then the checkpoint stays.
  mutating func run() throws {
    let outcome: TrainingOutcome
    do throws(CharacterModelError) {
      outcome = try train()
    } catch {
      bar.clear()
      Console.error("\(error)")
      if FileKind(checkpoint) != .nothing { Console.note("the last good state is in \(checkpoint)") }
      throw ExitCode.impossible
    }
    bar.clear()
    guard outcome == .finished else {
      Console.note("stopped; the same command with --resume goes on from \(checkpoint)")
      throw ExitCode.interrupted
    }
    let (model, loss) = trainer.finishedModel(metadata: ["hornpipe.training": trainer.configuration.json])
    var metadata = model.metadata
    metadata["hornpipe.validation_loss"] = loss.map { String($0) }
    if let loss, let factor = metadata["hornpipe.calibration"], !command.quiet {
      Console.note("logits times \(factor): validation \(loss.text(decimals: 4))")
    }
    try model.with(metadata: metadata).write(
      to: command.output, precision: command.precision == .f16 ? .float16 : .float32)
    OutputFile.remove(checkpoint)
    if !command.quiet { Console.note("wrote \(command.output)") }
  }

  private mutating func train() throws(CharacterModelError) -> TrainingOutcome {
    try trainer.run(
      checkpointPath: checkpoint, checkpointPeriod: .seconds(60 * command.checkpointMinutes),
      shouldStop: { Interruption.isRequested },
      onProgress: { progress in
        let done = Double(progress.epoch - 1) + Double(progress.update) / Double(progress.updatesPerEpoch)
        bar.draw(done / Double(progress.epochs), Self.text(progress))
      },
      onEpoch: { report in
        do {
          try finish(report)
        } catch {
          complain(error)
        }
      },
      onCheckpointFailure: { complain($0) })
  }

  /// Hours of training are worth more than a line of a log.
  private func complain(_ error: any Error) {
    bar.clear()
    Console.error("\(error); training goes on")
  }

  private mutating func finish(_ report: EpochReport) throws {
    try log?.append(report)
    plot.add(report)
    if let path = command.plot { try OutputFile.write(plot.svg.utf8, to: path) }
    guard !command.quiet else { return }
    bar.clear()
    var words = "epoch \(report.epoch): training \(report.trainingLoss.text(decimals: 4))"
    if let loss = report.paperLoss { words += " (as the paper counts: \(loss.text(decimals: 4)))" }
    if let loss = report.validationLoss { words += ", validation \(loss.text(decimals: 4))" }
    Console.note(words + ", \(Int(report.charactersPerSecond)) characters/s")
  }

  private static func text(_ progress: TrainingProgress) -> String {
    "epoch \(progress.epoch) of \(progress.epochs), loss \(progress.loss.text(decimals: 4)), "
      + "\(Int(progress.charactersPerSecond)) characters/s, \(Self.time(progress.secondsLeft)) left"
  }

  /// Minutes and seconds, or hours and minutes.
  private static func time(_ seconds: Double) -> String {
    let total = Int(min(seconds, 1e9).rounded())
    let (unit, rest) = total < 3600 ? ("min", total) : ("h", total / 60)
    let small = rest % 60
    return "\(rest / 60):\(small < 10 ? "0" : "")\(small) \(unit)"
  }
}
