import ArgumentParser
import CharacterModel
import Dispatch
import Engraving
import Synchronization
import SystemFiles
import TuneGenerator

/// The work of `train --study`: trains every row from every seed, as many at a time as there are threads, and writes a
/// report. What is trained already, as it is asked for, is not trained again.
struct StudyJob {
  private let study: Study
  private let folder: String
  private let threads: Int
  private let isQuiet: Bool
  private let tunes: TrainingTunes
  private let startedAt = ContinuousClock.now

  /// A row and a seed.
  private struct Task: Sendable {
    let row: Study.Row
    let seed: UInt64
    let run: Int
  }

  init(command: Train, path: String) throws {
    do {
      study = try Study(json: try InputFiles.Input.file(path).read())
    } catch let error as StudyError {
      Console.error("\(path): \(error.description)")
      throw ExitCode.impossible
    }
    guard let validation = command.validation else {
      Console.error("a study needs --validation, tunes to measure its models on")
      throw ExitCode.impossible
    }
    folder = command.output
    threads = command.threads ?? 2
    isQuiet = command.quiet
    let isQuiet = isQuiet
    let note = { (text: String) in if !isQuiet { Console.note(text) } }
    tunes = try TrainingTunes(
      training: command.train, validation: validation, test: command.test, report: note)
    for part in ["", "/models", "/logs"] { try OutputFile.makeDirectory(folder + part) }
  }

  func run() throws {
    let runs = try trainAll()
    let results = StudyResults(runs: runs.mapValues { $0.map(\.result) })
    note("writing tunes")
    let models = try firstModels()
    let samples = try writeSamples(models)
    if Interruption.isRequested { throw ExitCode.interrupted }
    let units = try drawUnits(models)
    var curves: [String: String] = [:]
    for row in study.rows {
      var plot = LossPlot()
      for (number, run) in (runs[row.name] ?? []).enumerated() {
        for epoch in run.epochs {
          plot.add(
            epoch: epoch.epoch, trainingLoss: epoch.trainingLoss, validationLoss: epoch.validationLoss,
            run: number)
        }
      }
      curves[row.name] = "loss-\(row.name).svg"
      try OutputFile.write(plot.svg.utf8, to: "\(folder)/loss-\(row.name).svg")
    }
    let report = StudyReport(
      study: study, results: results,
      validationCharacters: validationCharacters, samples: samples,
      units: units,
      curves: curves)
    try OutputFile.write(report.markdown.utf8, to: "\(folder)/report.md")
    let seconds = (ContinuousClock.now - startedAt) / .seconds(1)
    note("wrote \(folder)/report.md after \(seconds.text(decimals: 0)) s")
  }

  private func note(_ text: String) {
    if !isQuiet { Console.note(text) }
  }

  // MARK: - Training

  private struct Trained: Sendable {
    let result: StudyResults.Run
    let epochs: [TrainingLog.Entry]
  }

  /// What the workers share.
  private struct Board {
    var waiting: [Task]
    var done: [String: [Int: Trained]] = [:]
    var failure: (any Error)?
  }

  private func trainAll() throws -> [String: [Trained]] {
    // The longest first, so that no thread is left alone with one at the end.
    var tasks = study.rows.flatMap { row in
      study.seeds.enumerated().map { Task(row: row, seed: $1, run: $0) }
    }
    tasks.sort { Self.work($0.row.configuration) > Self.work($1.row.configuration) }
    let total = tasks.count
    let board = Mutex(Board(waiting: tasks))
    DispatchQueue.concurrentPerform(iterations: min(threads, total)) { _ in
      while let task = board.withLock({
        $0.failure != nil || $0.waiting.isEmpty ? nil : $0.waiting.removeFirst()
      }) {
        do {
          let trained = try train(task)
          let count = board.withLock { board in
            board.done[task.row.name, default: [:]][task.run] = trained
            return board.done.values.reduce(0) { $0 + $1.count }
          }
          let loss = trained.result.validation.natsPerCharacter.text(decimals: 4)
          note("\(count) of \(total): \(task.row.name), seed \(task.seed): validation \(loss)")
        } catch {
          board.withLock { $0.failure = $0.failure ?? error }
        }
      }
    }
    let (done, failure) = board.withLock { ($0.done, $0.failure) }
    if let failure { throw failure }
    return done.mapValues { runs in runs.sorted { $0.key < $1.key }.map(\.value) }
  }

  /// How long a configuration takes, in any unit.
  private static func work(_ configuration: TrainingConfiguration) -> Int {
    let shape = configuration.architecture
    return configuration.epochs * shape.layers * shape.hiddenSize * shape.hiddenSize
      * (shape.cell == .lstm ? 4 : 1)
  }

  private func path(_ task: Task) -> String {
    "\(folder)/models/\(task.row.name)-seed\(task.seed).safetensors"
  }

  /// The characters of each validation tune that its loss is counted over.
  private var validationCharacters: [Int] {
    tunes.validation.map { TuneEncoding.predictedCharacters(of: [$0]) }
  }

  /// Whether a model was trained by a configuration, in whatever words that is written down in it.
  private static func isModel(_ model: RecurrentModel, of configuration: TrainingConfiguration) -> Bool {
    guard let text = model.metadata["hornpipe.training"] else { return false }
    return (try? TrainingConfiguration.read(json: Array(text.utf8)).configuration) == configuration
  }

  private func train(_ task: Task) throws -> Trained {
    var configuration = task.row.configuration
    configuration.seed = task.seed
    configuration.threads = 1
    let vocabulary = try tunes.vocabulary(for: configuration)
    let corpus = try tunes.corpus(vocabulary, configuration)
    let logPath = "\(folder)/logs/\(task.row.name)-seed\(task.seed).jsonl"
    let path = path(task)
    let model: RecurrentModel
    if let earlier = try? RecurrentModel(contentsOf: path),
      Self.isModel(earlier, of: configuration), FileKind(logPath) != .nothing
    {
      model = earlier
    } else {
      model = try train(configuration, vocabulary, corpus, path: path, log: logPath)
    }
    let epochs = TrainingLog.entries(of: logPath)
    guard let last = epochs.last else {
      Console.error("\(logPath) has no epoch; remove \(path) to train it anew")
      throw ExitCode.impossible
    }
    let test = try tunes.encodedTest(vocabulary)
    return Trained(
      result: StudyResults.Run(
        seed: task.seed, training: last.paperLoss ?? last.trainingLoss,
        slices: model.evaluateSlices(
          corpus.validation, sliceSize: configuration.recipe == .slices ? configuration.sequenceSize : 30,
          slicesPerTune: 10,
          seed: 1, threads: 1),
        validation: corpus.counted(model.evaluate(corpus.validation, threads: 1)),
        test: test.isEmpty
          ? nil : model.evaluate(test, threads: 1).counting(characters: tunes.testCharacters),
        seconds: epochs.reduce(0) { $0 + $1.seconds }), epochs: epochs)
  }

  private func train(
    _ configuration: TrainingConfiguration, _ vocabulary: Vocabulary, _ corpus: TrainingCorpus, path: String,
    log: String
  ) throws -> RecurrentModel {
    let checkpoint = path + ".checkpoint"
    let trainer: Trainer
    if FileKind(checkpoint) != .nothing,
      let resumed = try? Trainer.resume(
        from: checkpoint, encode: { _, _ throws(CharacterModelError) in corpus }),
      resumed.configuration == configuration
    {
      trainer = resumed
    } else {
      trainer = try Trainer(configuration: configuration, vocabulary: vocabulary, corpus: corpus)
    }
    var log = TrainingLog(path: log, keepingEpochs: trainer.finishedEpochs)
    var failure: (any Error)?
    let outcome = try trainer.run(
      checkpointPath: checkpoint, checkpointPeriod: .seconds(600),
      shouldStop: { Interruption.isRequested || failure != nil },
      onEpoch: { report in
        do { try log.append(report) } catch { failure = error }
      })
    if let failure { throw failure }
    guard outcome == .finished else { throw ExitCode.interrupted }
    let model = trainer.finishedModel(metadata: ["hornpipe.training": configuration.json]).model
    try model.write(to: path, precision: .float32)
    OutputFile.remove(checkpoint)
    return model
  }

  // MARK: - What the models do

  private func firstModels() throws -> [String: RecurrentModel] {
    var models: [String: RecurrentModel] = [:]
    for row in study.rows {
      models[row.name] = try RecurrentModel(contentsOf: path(Task(row: row, seed: study.seeds[0], run: 0)))
    }
    return models
  }

  private func writeSamples(_ models: [String: RecurrentModel]) throws -> [StudyReport.Sample] {
    let cases = study.rows.flatMap { row in study.temperatures.map { (row: row.name, temperature: $0) } }
    let tunes = study.tunes
    let written = Mutex([Int: (report: CleanlinessReport, first: GeneratedTune)]())
    let writers = models.mapValues { TuneWriter(model: $0) }
    let next = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: min(threads, cases.count)) { _ in
      while true {
        let index = next.withLock { next in
          next += 1
          return next - 1
        }
        guard index < cases.count, let writer = writers[cases[index].row] else { return }
        let options = TuneWriter.Options(
          sampling: SamplingOptions(temperature: cases[index].temperature), isConstrained: false)
        var report = CleanlinessReport()
        var first: GeneratedTune?
        for seed in 1...UInt64(tunes) {
          let stop = { Interruption.isRequested }
          guard let tune = try? writer.write(seed: seed, options: options, shouldStop: stop) else { break }
          first = first ?? tune
          report.add(tune)
          if stop() { return }
        }
        if let first { written.withLock { [report] in $0[index] = (report, first) } }
      }
    }
    // Where there is no engraver, and for what it cannot draw, the report has the ABC.
    let engraver = try? SheetEngraver()
    let all = written.withLock { $0 }
    return try cases.enumerated().compactMap { index, item in
      guard let (report, tune) = all[index] else { return nil }
      let name = "tune-\(item.row)-\(item.temperature).svg"
      let picture = tune.score.flatMap { score in
        try? engraver?.svg(of: .init(score, in: tune.tunebook.source))
      }
      if let picture { try OutputFile.write(picture.utf8, to: "\(folder)/\(name)") }
      return StudyReport.Sample(
        row: item.row, temperature: item.temperature, cleanliness: report, tune: tune,
        sheet: picture == nil ? nil : name)
    }
  }

  private func drawUnits(_ models: [String: RecurrentModel]) throws -> [StudyReport.Unit] {
    let features = TuneFeature.allCases
    var units: [StudyReport.Unit] = []
    // One of a length that fits a page.
    let validation = tunes.validation
    let shown = validation.first { (200...600).contains($0.count) } ?? validation[0]
    for name in study.heatmaps {
      guard let model = models[name] else { continue }
      let encoding = TuneEncoding(model.vocabulary)
      let ranking = try UnitRanking(model: model, tunes: validation)
      let characters = TuneFeatures.characters(of: shown, hasMarkers: encoding.hasMarkers)
      let trace = model.trace(try encoding.encode(shown))
      for (index, feature) in features.enumerated() {
        guard let unit = ranking.correlations.ranking(feature: index, count: 1).first, unit.correlation != 0
        else {
          continue
        }
        let label = "layer \(unit.layer + 1), unit \(unit.unit)"
        let heatmap = Heatmap(
          title: "\(name): \(feature.title)", characters: characters,
          rows: [.init(name: label, values: trace.activations(layer: unit.layer, unit: unit.unit))])
        let file = "heatmap-\(name)-\(feature.rawValue).svg"
        try OutputFile.write(heatmap.svg.utf8, to: "\(folder)/\(file)")
        units.append(.init(row: name, feature: feature, unit: unit, picture: file))
      }
    }
    return units
  }
}
