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

  func testLanesStepAsTheyWouldAlone() throws {
    var random = RandomSource(seed: 6)
    for architecture in architectures {
      let model = RecurrentModel(vocabulary: try letters(9), architecture: architecture, seed: 1)
      let texts = (0..<5).map { _ in random.characters(12, below: 9) }
      let together = Stepper(model, lanes: 5)
      var state = RecurrentState(of: model, lanes: 5)
      var rows: [[Float]] = []
      for position in 0..<12 { rows.append(together.step(texts.map { $0[position] }, &state)) }
      for (lane, text) in texts.enumerated() {
        let alone = Stepper(model)
        var single = RecurrentState(of: model)
        for (position, character) in text.enumerated() {
          XCTAssertEqual(alone.step(character, &single), Array(rows[position][lane * 9..<(lane + 1) * 9]))
        }
        for layer in 0..<architecture.layers {
          XCTAssertEqual(
            single.activations(layer: layer, of: model),
            state.activations(layer: layer, lane: lane, of: model))
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
