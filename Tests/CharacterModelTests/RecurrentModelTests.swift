import XCTest

@testable import CharacterModel

final class RecurrentModelTests: XCTestCase {
  private let architectures = [
    ModelArchitecture(cell: .lstm, embeddingSize: 5, hiddenSize: 33),
    ModelArchitecture(cell: .rnn, layers: 2, embeddingSize: 5, hiddenSize: 8),
    ModelArchitecture(cell: .lstm, layers: 2, embeddingSize: 40, hiddenSize: 8, dropout: 0.5),
  ]

  func testEvaluationIsTheMeanOverWholeTunesFromZeroStates() throws {
    var random = RandomSource(seed: 4)
    // More tunes than lanes of a group, of all lengths, also too short ones.
    let tunes = (0..<40).map { random.characters($0 % 23, below: 9) }
    for architecture in architectures {
      let model = RecurrentModel(vocabulary: try letters(9), architecture: architecture, seed: 1)
      let reference = ReferenceModel(layout: model.layout, buffer: model.parameters)
      let evaluation = model.evaluate(tunes)
      for (tune, nats) in zip(tunes, evaluation.natsOfTunes) {
        guard tune.count >= 2 else {
          XCTAssertEqual(nats, 0)
          continue
        }
        var window = LaneWindow(steps: tune.count - 1, lanes: 1)
        window.inputs = Array(tune.dropLast())
        window.targets = Array(tune.dropFirst())
        XCTAssertEqual(nats, reference.loss(window), accuracy: 1e-4)
      }
      let characters = tunes.reduce(0) { $0 + max($1.count - 1, 0) }
      XCTAssertEqual(evaluation.characters, characters)
      XCTAssertEqual(
        evaluation.natsPerCharacter, evaluation.natsOfTunes.reduce(0, +) / Double(characters), accuracy: 1e-12
      )
      XCTAssertEqual(evaluation.bitsPerCharacter, evaluation.natsPerCharacter / log(2), accuracy: 1e-12)
      XCTAssertEqual(model.evaluate(tunes, threads: 1), evaluation)
      XCTAssertEqual(model.evaluate(tunes, threads: 5), evaluation)
    }
  }

  /// The model with most of its recurrent weights zero.
  private func pruned(_ model: RecurrentModel) -> RecurrentModel {
    let parameters = model.parameters.duplicate()
    var pruning = RecurrentPruning(of: parameters, layout: model.layout)
    XCTAssertFalse(pruning.hasPruned)
    pruning.prune(to: 0.25, in: [parameters])
    XCTAssertTrue(pruning.hasPruned)
    return RecurrentModel(
      vocabulary: model.vocabulary, layout: model.layout, parameters: parameters, metadata: [:])
  }

  func testLanesStepAsTheyWouldAlone() throws {
    var random = RandomSource(seed: 6)
    for architecture in architectures {
      let dense = RecurrentModel(vocabulary: try letters(9), architecture: architecture, seed: 1)
      let sparse = pruned(dense)
      XCTAssertTrue(dense.sparseHidden.allSatisfy { $0 == nil })
      XCTAssertTrue(sparse.sparseHidden.allSatisfy { ($0 != nil) == (architecture.cell == .lstm) })
      for (model, lanes) in [(dense, 5), (sparse, 5), (sparse, 11)] {
        let texts = (0..<lanes).map { _ in random.characters(12, below: 9) }
        let together = Stepper(model, lanes: lanes)
        var state = RecurrentState(of: model, lanes: lanes)
        var rows: [[Float]] = []
        for position in 0..<12 { rows.append(together.step(texts.map { $0[position] }, &state)) }
        for (lane, text) in texts.enumerated() {
          let alone = Stepper(model)
          var single = RecurrentState(of: model)
          for (position, character) in text.enumerated() {
            XCTAssertEqual(
              alone.step(character, &single), Array(rows[position][lane * 9..<(lane + 1) * 9]))
          }
          for layer in 0..<architecture.layers {
            XCTAssertEqual(
              single.activations(layer: layer, of: model),
              state.activations(layer: layer, lane: lane, of: model))
          }
        }
      }
    }
  }

  func testACopyOfAStateGoesItsOwnWay() throws {
    let model = RecurrentModel(vocabulary: try letters(9), architecture: architectures[0], seed: 1)
    let stepper = Stepper(model)
    var state = RecurrentState(of: model)
    _ = stepper.step(3, &state)
    var copy = state
    let before = state.activations(layer: 0, of: model)
    let first = stepper.step(4, &copy)
    XCTAssertEqual(state.activations(layer: 0, of: model), before)
    XCTAssertNotEqual(copy.activations(layer: 0, of: model), before)
    XCTAssertEqual(stepper.step(4, &state), first)
  }

  func testResettingALaneForgetsItAlone() throws {
    let model = RecurrentModel(vocabulary: try letters(9), architecture: architectures[2], seed: 1)
    let stepper = Stepper(model, lanes: 2)
    var state = RecurrentState(of: model, lanes: 2)
    let fresh = stepper.step([1, 1], &state)
    _ = stepper.step([2, 3], &state)
    let kept = state
    state.reset(lane: 0)
    XCTAssertEqual(state.activations(layer: 1, lane: 0, of: model), [Float](repeating: 0, count: 8))
    XCTAssertEqual(
      state.activations(layer: 1, lane: 1, of: model), kept.activations(layer: 1, lane: 1, of: model))
    XCTAssertEqual(Array(stepper.step([1, 1], &state)[..<9]), Array(fresh[..<9]))

    state.copy(lane: 1, to: 0)
    for layer in 0..<model.architecture.layers {
      XCTAssertEqual(
        state.activations(layer: layer, lane: 0, of: model),
        state.activations(layer: layer, lane: 1, of: model))
    }
    let both = stepper.step([4, 4], &state)
    XCTAssertEqual(Array(both[..<9]), Array(both[9...]))
  }

  func testParametersAreDrawnAsPyTorchDrawsThem() throws {
    let model = RecurrentModel(
      vocabulary: try letters(26), architecture: .init(cell: .lstm, embeddingSize: 200, hiddenSize: 64),
      seed: 1)
    for tensor in model.layout.tensors {
      let values = tensor.values(in: model.parameters).map(Double.init)
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      if tensor.name == "embedding.weight" {
        XCTAssertEqual(mean, 0, accuracy: 0.05)
        XCTAssertEqual(variance, 1, accuracy: 0.06)
      } else {
        XCTAssertLessThanOrEqual(values.map(abs).max() ?? 1, 0.125)
        guard values.count > 1_000 else { continue }
        XCTAssertEqual(variance, 0.125 * 0.125 / 3, accuracy: 2e-4, tensor.name)
      }
    }
    XCTAssertEqual(model.parameterCount, 26 * 200 + 256 * (200 + 64 + 2) + 26 * 65)
  }
}

/// What the library's page promises, on a text that everybody may use.
final class LibraryPageTests: XCTestCase {
  func testTheTenLinesOfTheLibrarysPageLearnAText() throws {
    let text = String(
      repeating: "ALFA: To be a fish, or not to be a fish?\nBETA: That is what the river asked.\n\n",
      count: 120)
    let vocabulary = try Vocabulary(charactersOf: [text])
    let corpus = TrainingCorpus(text: try vocabulary.encode(text))
    // Smaller than the best, so that the test is quick; nothing else differs from the page.
    var configuration = TrainingConfiguration.best
    configuration.architecture.hiddenSize = 48
    configuration.architecture.dropout = 0.1
    configuration.epochs = 30
    let trainer = try Trainer(configuration: configuration, vocabulary: vocabulary, corpus: corpus)
    var losses: [Double] = []
    try trainer.run(onEpoch: { losses.append($0.validationLoss ?? .nan) })
    let model = trainer.model()
    XCTAssertLessThan(try XCTUnwrap(losses.last), 0.3)
    var sampler = Sampler(options: SamplingOptions(temperature: 0.5), seed: 1)
    let prime = try vocabulary.encode("ALFA: To be")
    let written = vocabulary.decode(
      model.generate(prime: prime, maximumLength: 60, sampler: &sampler) { _ in false })
    XCTAssertTrue(written.contains("fish"), written)
  }

  func testALongTextIsCutIntoPiecesNoneOfWhichIsLost() {
    let text = (0..<10_500).map { Int32($0) }
    let corpus = TrainingCorpus(text: text, pieceLength: 1000, validationShare: 0.2)
    XCTAssertEqual(corpus.tunes.count, 9)
    XCTAssertEqual(corpus.validation.count, 2)
    XCTAssertEqual((corpus.tunes + corpus.validation).flatMap { $0 }.sorted(), text)
    XCTAssertEqual(TrainingCorpus(text: [1, 2, 3]).tunes, [[1, 2, 3]])
  }

  func testTheMeanOfModelsIsTheMeanOfTheirProbabilities() throws {
    var random = RandomSource(seed: 3)
    let architecture = ModelArchitecture(cell: .lstm, embeddingSize: 5, hiddenSize: 33)
    let models = try [1, 2, 3].map {
      RecurrentModel(vocabulary: try letters(9), architecture: architecture, seed: $0)
    }
    let tunes = (0..<20).map { random.characters(2 + $0, below: 9) }
    let mean = RecurrentModel.evaluate(models, on: tunes)
    XCTAssertEqual(RecurrentModel.evaluate([models[0]], on: tunes), models[0].evaluate(tunes))
    for (index, tune) in tunes.enumerated() {
      var expected = 0.0
      for end in 1..<tune.count {
        // The loss of one character is that of the text up to it less that of the text before.
        let probabilities = models.map { model in
          let upTo = model.evaluate([Array(tune[...end])]).natsOfTunes[0]
          let before = model.evaluate([Array(tune[..<end])]).natsOfTunes[0]
          return exp(before - upTo)
        }
        expected -= log(probabilities.reduce(0, +) / 3)
      }
      XCTAssertEqual(mean.natsOfTunes[index], expected, accuracy: 1e-4)
    }
  }

  func testDynamicEvaluationPredictsBeforeItLearns() throws {
    var random = RandomSource(seed: 4)
    for cell in CellKind.allCases {
      let architecture = ModelArchitecture(cell: cell, layers: 2, embeddingSize: 5, hiddenSize: 20)
      let model = RecurrentModel(vocabulary: try letters(9), architecture: architecture, seed: 1)
      let tunes = (0..<20).map { random.characters($0 % 7 == 0 ? $0 / 7 : 40, below: 9) }
      // Next to nothing is learnt: what is left is the plain loss, whatever windows the tunes fall into.
      let still = model.evaluateDynamically(tunes, options: .init(learningRate: 1e-12, steps: 7))
      for (a, b) in zip(still.natsOfTunes, model.evaluate(tunes).natsOfTunes) {
        XCTAssertEqual(a, b, accuracy: 1e-3)
      }
      // The first window is predicted before anything is learnt, however fast that goes.
      let fast = model.evaluateDynamically(
        [Array(tunes[1].prefix(8))], options: .init(learningRate: 0.01, steps: 7))
      XCTAssertEqual(
        fast.natsPerCharacter, model.evaluate([Array(tunes[1].prefix(8))]).natsPerCharacter, accuracy: 1e-5)
      // A tune again and again is learnt.
      let again = model.evaluateDynamically(
        [[Int32]](repeating: tunes[1], count: 60), options: .init(learningRate: 0.003))
      XCTAssertLessThan(again.natsOfTunes[59], 0.7 * again.natsOfTunes[0], "\(cell)")
      XCTAssertEqual(
        again,
        model.evaluateDynamically(
          [[Int32]](repeating: tunes[1], count: 60), options: .init(learningRate: 0.003), threads: 1))
    }
  }
}
