import XCTest

@testable import CharacterModel

final class TrainerTests: XCTestCase {
  /// Texts with something to learn: the alphabet from a random letter on, over and over.
  private func tunes(count: Int, letters: Int, seed: UInt64) -> [[Int32]] {
    var random = RandomSource(seed: seed)
    return (0..<count).map { _ in
      let start = random.nextIndex(below: letters)
      let length = 30 + random.nextIndex(below: 40)
      return (0..<length).map { Int32((start + $0) % letters) }
    }
  }

  private func configuration(_ recipe: TrainingConfiguration.Recipe) -> TrainingConfiguration {
    var configuration = recipe == .slices ? TrainingConfiguration.paper : .best
    configuration.architecture = ModelArchitecture(
      cell: .lstm, layers: recipe == .slices ? 1 : 2, embeddingSize: 6, hiddenSize: 20, dropout: 0.1)
    configuration.sequenceSize = 16
    configuration.batchSize = recipe == .slices ? 1 : 6
    configuration.epochs = 3
    configuration.learningRate = 0.01
    configuration.warmUpUpdates = 0
    if recipe == .streams {
      configuration.otherFormShare = 0.5
      configuration.recurrentDropout = 0.05
      configuration.lockedDropout = true
      configuration.recurrentDensity = 0.6
    }
    configuration.seed = 5
    return configuration
  }

  /// Each tune has two other forms, the same some letters on; the last has none.
  private var corpus: TrainingCorpus {
    let tunes = tunes(count: 40, letters: 8, seed: 1)
    let forms = tunes.map { tune in [1, 3].map { shift in tune.map { ($0 + shift) % 8 } } }
    return TrainingCorpus(
      tunes: tunes, otherForms: forms.dropLast() + [[]], validation: self.tunes(count: 5, letters: 8, seed: 2)
    )
  }

  private func trainer(_ configuration: TrainingConfiguration) throws -> Trainer {
    try Trainer(
      configuration: configuration, vocabulary: try letters(8),
      corpus: corpus)
  }

  private func values(_ trainer: Trainer) -> [Float] { trainer.parameters.values(0..<trainer.layout.count) }

  func testBothRecipesAndCellsLearnASimpleText() throws {
    for recipe in TrainingConfiguration.Recipe.allCases {
      for cell in CellKind.allCases {
        var configuration = configuration(recipe)
        configuration.architecture.cell = cell
        configuration.architecture.layers = 1
        configuration.epochs = recipe == .slices ? 10 : 30
        configuration.weightAverageDecay = nil
        let trainer = try trainer(configuration)
        let before = trainer.model().evaluate(corpus.validation).natsPerCharacter
        XCTAssertGreaterThan(before, 1.8)
        var reports: [EpochReport] = []
        XCTAssertEqual(try trainer.run(onEpoch: { reports.append($0) }), .finished)
        let after = trainer.model().evaluate(corpus.validation).natsPerCharacter
        XCTAssertLessThan(after, 0.1, "\(recipe) \(cell)")
        XCTAssertEqual(reports.map(\.epoch), Array(1...configuration.epochs))
        XCTAssertEqual(reports.last?.validationLoss, after)
        XCTAssertLessThan(try XCTUnwrap(reports.last).trainingLoss, try XCTUnwrap(reports.first).trainingLoss)
      }
    }
  }

  func testAFinishedModelGoesOnLearningOtherTexts() throws {
    var configuration = configuration(.streams)
    configuration.epochs = 30
    let first = try trainer(configuration)
    try first.run()
    let model = first.model()
    // The same alphabet, backwards.
    let backwards = TrainingCorpus(tunes: corpus.tunes.map { $0.reversed() })
    var further = TrainingConfiguration.further(from: model.architecture)
    (further.batchSize, further.learningRate, further.seed) = (6, 0.01, 3)
    further.architecture.dropout = 0.3
    let second = try Trainer(configuration: further, from: model, corpus: backwards)
    XCTAssertEqual(
      values(second), model.parameters.values(0..<model.layout.count), "it begins where it ended")
    XCTAssertEqual(second.model().architecture.dropout, 0.3)
    let before = model.evaluate(backwards.tunes).natsPerCharacter
    try second.run()
    XCTAssertLessThan(second.model().evaluate(backwards.tunes).natsPerCharacter, before * 0.7)
    XCTAssertEqual(
      first.model().evaluate(backwards.tunes).natsPerCharacter, before, "the model itself is as it was")

    further.architecture.hiddenSize += 1
    assertThrows(try Trainer(configuration: further, from: model, corpus: backwards)) {
      guard case .configuration("hidden_size", _, let expected) = $0 else { return false }
      return expected.contains("2 × 20 lstm")
    }
  }

  /// The largest share of recurrent weights other than zero that a bank of 64 units has for a sum of a layer.
  private func densities(_ model: RecurrentModel) -> [Double] {
    model.layout.layers.indices.map { layer in
      let matrix = model.layout.hiddenMatrix(layer, in: model.parameters)
      var largest = 0.0
      for output in 0..<matrix.outputs {
        for first in stride(from: 0, to: matrix.inputs, by: 64) {
          let bank = first..<min(first + 64, matrix.inputs)
          let left = bank.count {
            model.parameters[matrix.offset + matrix.index(input: $0, output: output)] != 0
          }
          largest = max(largest, Double(left) / Double(bank.count))
        }
      }
      return largest
    }
  }

  func testRecurrentWeightsArePrunedAndStaySo() throws {
    var configuration = configuration(.streams)
    configuration.architecture.hiddenSize = 80
    configuration.recurrentDensity = 0.25
    configuration.epochs = 12
    let first = try trainer(configuration)
    XCTAssertEqual(densities(first.model()), [1, 1])
    var halfway: [Double] = []
    var updates = 0
    try first.run(onProgress: { _ in
      updates += 1
      if updates == 60 { halfway = self.densities(first.model()) }
    })
    XCTAssertTrue(halfway.allSatisfy { $0 > 0.25 && $0 < 1 }, "\(halfway)")
    let model = first.model()
    XCTAssertEqual(densities(model), [0.25, 0.25], "16 of 64, 4 of 16")
    XCTAssertLessThan(model.evaluate(corpus.validation).natsPerCharacter, 0.3, "it has learnt all the same")

    // Who goes on from it keeps the zeros, without saying so.
    var further = TrainingConfiguration.further(from: model.architecture)
    (further.batchSize, further.epochs) = (6, 2)
    let second = try Trainer(configuration: further, from: model, corpus: corpus)
    try second.run()
    XCTAssertNotEqual(values(second), model.parameters.values(0..<model.layout.count))
    XCTAssertEqual(densities(second.model()), [0.25, 0.25])
  }

  func testTheAverageOfTheParametersLearnsToo() throws {
    var configuration = configuration(.streams)
    configuration.epochs = 40
    configuration.weightAverageDecay = 0.95
    let trainer = try trainer(configuration)
    try trainer.run()
    XCTAssertLessThan(trainer.model().evaluate(corpus.validation).natsPerCharacter, 0.2)
    XCTAssertNotEqual(
      trainer.model().parameters.values(0..<trainer.layout.count), values(trainer),
      "the model is the average")
  }

  func testThePapersLossDividesBySliceLength() throws {
    let trainer = try trainer(configuration(.slices))
    var report: EpochReport?
    try trainer.run(onEpoch: { report = $0 })
    let last = try XCTUnwrap(report)
    XCTAssertEqual(try XCTUnwrap(last.paperLoss), last.trainingLoss * 15 / 16, accuracy: 1e-12)
    XCTAssertEqual(last.characters, 40 * 15)
  }

  func testTheFirstLossIsThatOfTheInitialParameters() throws {
    var configuration = configuration(.slices)
    configuration.architecture.dropout = 0
    let tunes = tunes(count: 1, letters: 8, seed: 1)
    let trainer = try Trainer(
      configuration: configuration, vocabulary: try letters(8), corpus: .init(tunes: tunes))
    var source = try TuneSlices(tunes: tunes, configuration: configuration)
    var random = trainer.random
    let window = source.next(from: tunes, using: &random)
    let expected = ReferenceModel(layout: trainer.layout, buffer: trainer.parameters).loss(window) / 15
    var reports: [EpochReport] = []
    var progress: [TrainingProgress] = []
    try trainer.run(onProgress: { progress.append($0) }, onEpoch: { reports.append($0) })
    XCTAssertEqual(try XCTUnwrap(reports.first).trainingLoss, expected, accuracy: 1e-5)
    XCTAssertEqual(try XCTUnwrap(progress.first).loss, expected, accuracy: 1e-5)
    XCTAssertEqual(progress.map(\.epoch), [1, 2, 3])
    XCTAssertEqual(progress.map(\.update), [1, 1, 1])
  }

  func testResultsDoNotDependOnThreads() throws {
    for recipe in TrainingConfiguration.Recipe.allCases {
      var results: [[Float]] = []
      for threads in [1, 2, 3] {
        var configuration = configuration(recipe)
        configuration.threads = threads
        configuration.batchSize = 6
        let trainer = try trainer(configuration)
        try trainer.run()
        results.append(values(trainer))
      }
      XCTAssertEqual(results[0], results[1])
      XCTAssertEqual(results[0], results[2])
    }
  }

  func testTheSeedDecidesTheResult() throws {
    func result(seed: UInt64) throws -> [Float] {
      var configuration = configuration(.slices)
      configuration.seed = seed
      let trainer = try trainer(configuration)
      try trainer.run()
      return values(trainer)
    }
    XCTAssertEqual(try result(seed: 1), try result(seed: 1))
    XCTAssertNotEqual(try result(seed: 1), try result(seed: 2))
  }

  func testAResumedRunIsBitForBitAnUninterruptedOne() throws {
    for recipe in TrainingConfiguration.Recipe.allCases {
      var configuration = configuration(recipe)
      configuration.inputDropout = recipe == .streams ? 0.2 : 0
      let whole = try trainer(configuration)
      var expected: [EpochReport] = []
      try whole.run(onEpoch: { expected.append($0) })

      // Stopped at odd places, within and between epochs, and resumed each time by another trainer.
      let path = try temporaryPath("run.checkpoint", for: self)
      var part = try trainer(configuration)
      var reports: [EpochReport] = []
      for updates in [3, 0, 17, 25, 1] {
        var left = updates
        let outcome = try part.run(
          checkpointPath: path,
          shouldStop: {
            left -= 1
            return left < 0
          }, onEpoch: { reports.append($0) })
        XCTAssertEqual(outcome, .stopped)
        let corpus = corpus
        part = try Trainer.resume(from: path) { vocabulary, asked throws(CharacterModelError) in
          XCTAssertEqual(vocabulary.count, 8)
          XCTAssertEqual(asked, configuration)
          return corpus
        }
        XCTAssertEqual(part.configuration, configuration)
      }
      XCTAssertEqual(try part.run(onEpoch: { reports.append($0) }), .finished)
      XCTAssertEqual(values(part), values(whole), "\(recipe)")
      XCTAssertEqual(part.model().parameters.values(0..<10), whole.model().parameters.values(0..<10))
      XCTAssertEqual(reports.map(\.trainingLoss), expected.map(\.trainingLoss))
      XCTAssertEqual(reports.map(\.validationLoss), expected.map(\.validationLoss))
    }
  }

  func testCheckpointsAreWrittenEverySoManyEpochs() throws {
    var configuration = configuration(.slices)
    configuration.epochs = 4
    configuration.checkpointInterval = 2
    let path = try temporaryPath("run.checkpoint", for: self)
    var found: [Bool] = []
    try trainer(configuration).run(
      checkpointPath: path, onEpoch: { _ in found.append(FileManager.default.fileExists(atPath: path)) })
    XCTAssertEqual(found, [false, true, true, true])
  }

  func testACheckpointOfOtherTunesIsRefused() throws {
    let path = try temporaryPath("run.checkpoint", for: self)
    let trainer = try trainer(configuration(.slices))
    try trainer.writeCheckpoint(to: path)
    var others = [corpus, corpus]
    others[0].tunes[3][7] = (others[0].tunes[3][7] + 1) % 8
    others[1].otherForms[5][1][2] = (others[1].otherForms[5][1][2] + 1) % 8
    for other in others {
      assertThrows(try Trainer.resume(from: path) { _, _ throws(CharacterModelError) in other }) {
        if case .checkpointMismatch = $0 { true } else { false }
      }
    }
  }

  func testADamagedCheckpointIsRefusedWithoutCrashing() throws {
    let path = try temporaryPath("run.checkpoint", for: self)
    let trainer = try trainer(configuration(.streams))
    try trainer.update()
    try trainer.writeCheckpoint(to: path)
    let bytes = try FileAccess.read(path)
    let headerEnd = 8 + Int(bytes[0]) + Int(bytes[1]) << 8
    var random = RandomSource(seed: 3)
    var refused = 0
    for _ in 0..<400 {
      var damaged = bytes
      damaged[random.nextIndex(below: headerEnd)] = UInt8(random.nextIndex(below: 256))
      try FileAccess.write(damaged, to: path)
      do throws(CharacterModelError) {
        _ = try Trainer.resume(from: path, threads: 1) { _, _ throws(CharacterModelError) in corpus }
      } catch {
        refused += 1
      }
    }
    XCTAssertGreaterThan(refused, 200)
  }

  func testRunawayLossStopsWithAnError() throws {
    var configuration = configuration(.slices)
    configuration.learningRate = 1
    configuration.beta1 = 0
    configuration.weightDecay = 0
    let trainer = try trainer(configuration)
    for index in 0..<trainer.layout.count { trainer.parameters[index] *= 1e4 }
    assertThrows(try trainer.run()) { error in
      if case .diverged(1, _, let loss) = error { loss > 10 } else { false }
    }
  }

  func testNotANumberStopsWithAnError() throws {
    for kernels in availableKernels {
      let trainer = try Trainer(
        configuration: configuration(.streams), vocabulary: try letters(8),
        corpus: TrainingCorpus(tunes: tunes(count: 4, letters: 8, seed: 1)), kernels: kernels)
      trainer.parameters[trainer.layout.layers[1].hiddenWeights] = .nan
      assertThrows(try trainer.run(), "\(kernels.instructionSet)") { error in
        if case .diverged(epoch: 1, update: 1, let loss) = error { loss.isNaN } else { false }
      }
    }
  }

  func testTooShortTunesAreAnError() throws {
    var configuration = configuration(.slices)
    configuration.sequenceSize = 30
    let tunes = [[Int32]](repeating: [Int32](repeating: 0, count: 40), count: 3)
    assertThrows(
      try Trainer(configuration: configuration, vocabulary: try letters(8), corpus: .init(tunes: tunes))
    ) { $0 == .noTrainableTunes(minimumLength: 40) }
    XCTAssertNoThrow(
      try Trainer(
        configuration: configuration, vocabulary: try letters(8), corpus: .init(tunes: tunes.map { $0 + [1] })
      ))
  }

  func testTheLearningRateWarmsUpAndFollowsTheCosine() throws {
    var configuration = configuration(.streams)
    configuration.learningRate = 1
    configuration.warmUpUpdates = 10
    configuration.finalLearningRateFraction = 0.1
    configuration.schedule = .cosine
    let optimizer = AdamOptimizer(
      configuration: configuration, totalUpdates: 110, parameters: FloatBuffer(count: 1), kernels: .best)
    XCTAssertEqual(optimizer.learningRate(after: 0), 0.1, accuracy: 1e-12)
    XCTAssertEqual(optimizer.learningRate(after: 9), 1, accuracy: 1e-12)
    XCTAssertEqual(optimizer.learningRate(after: 10), 1, accuracy: 1e-12)
    XCTAssertEqual(optimizer.learningRate(after: 60), 0.55, accuracy: 1e-12)
    XCTAssertEqual(optimizer.learningRate(after: 110), 0.1, accuracy: 1e-12)
    XCTAssertEqual(optimizer.learningRate(after: 500), 0.1, accuracy: 1e-12)
  }

  func testAFinishedModelIsAsSureOfItselfAsTheValidationTunesAllow() throws {
    var configuration = configuration(.streams)
    configuration.epochs = 12
    configuration.calibrates = true
    var corpus = corpus
    // More tunes than are measured together, so that two threads have something to divide.
    // Every tenth letter is anything, so that no model can be sure of what comes.
    var random = RandomSource(seed: 4)
    corpus.validation = self.tunes(count: 40, letters: 8, seed: 2).map { tune in
      tune.enumerated().map { $0 % 10 == 9 ? Int32(random.nextIndex(below: 8)) : $1 }
    }
    let tunes = corpus.validation
    corpus.validationCharacters = 2 * tunes.reduce(0) { $0 + $1.count - 1 }
    func trained() throws -> Trainer {
      let trainer = try Trainer(configuration: configuration, vocabulary: try letters(8), corpus: corpus)
      _ = try trainer.run()
      return trainer
    }
    let trainer = try trained()
    let plain = trainer.model()
    let (finished, loss) = trainer.finishedModel()
    let natsPerCharacter = finished.evaluate(tunes).natsPerCharacter
    XCTAssertEqual(try XCTUnwrap(loss), natsPerCharacter / 2, accuracy: 1e-12, "counted over twice as many")
    XCTAssertEqual(
      try XCTUnwrap(trainer.lastReport?.validationLoss), plain.evaluate(tunes).natsPerCharacter / 2,
      accuracy: 1e-12)
    XCTAssertLessThan(natsPerCharacter, plain.evaluate(tunes).natsPerCharacter)
    let factor = try XCTUnwrap(finished.metadata["hornpipe.calibration"].flatMap(Double.init))
    XCTAssertTrue((0.5...1.9).contains(factor) && factor != 1, "\(factor)")
    XCTAssertEqual(finished.calibrated(on: tunes).factor, 1, accuracy: 0.02, "it is as sure as it may be")
    for (logit, calibrated) in zip(logits(plain), logits(finished)) {
      XCTAssertEqual(calibrated, logit * Float(factor), accuracy: 1e-4)
    }
    XCTAssertEqual(plain.calibrated(on: tunes, threads: 1).evaluation.natsPerCharacter, natsPerCharacter)
    XCTAssertEqual(plain.calibrated(on: []).factor, 1)
    configuration.calibrates = false
    let other = try trained()
    XCTAssertNil(other.finishedModel().model.metadata["hornpipe.calibration"])
    XCTAssertEqual(logits(other.finishedModel().model), logits(plain))
    XCTAssertEqual(other.finishedModel().natsPerCharacter, other.lastReport?.validationLoss)
  }

  /// Where all is predicted for certain, a model could be ever surer; it stays within bounds.
  func testCalibrationGoesBothWaysAndEnds() throws {
    var configuration = configuration(.streams)
    configuration.epochs = 40
    configuration.otherFormShare = 0
    let trainer = try trainer(configuration)
    _ = try trainer.run()
    // The end of a run through the alphabet is all that it learnt: the model is too unsure of it.
    let certain = [Array(corpus.tunes[0].suffix(20))]
    let (model, factor, evaluation) = trainer.model().calibrated(on: certain)
    XCTAssertGreaterThan(factor, 1)
    XCTAssertLessThanOrEqual(factor, 2)
    XCTAssertEqual(model.evaluate(certain), evaluation)
    // Tunes backwards are what it does not expect.
    let strange = corpus.validation.map { Array($0.reversed()) }
    let unsure = trainer.model().calibrated(on: strange)
    XCTAssertEqual(unsure.factor, 0.5)
    XCTAssertLessThan(unsure.evaluation.natsPerCharacter, trainer.model().evaluate(strange).natsPerCharacter)
  }

  private func logits(_ model: RecurrentModel) -> [Float] {
    var state = RecurrentState(of: model)
    return Stepper(model).step(3, &state)
  }
}
