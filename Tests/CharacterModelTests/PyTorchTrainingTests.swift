import XCTest

@testable import CharacterModel

/// Whole training runs against PyTorch's, loss for loss: `Reference/generate_training.py` writes `training.json`.
final class PyTorchTrainingTests: XCTestCase {
  private struct Case {
    let value: JSONValue

    func number(_ name: String) throws -> Double { try XCTUnwrap(value[name]?.double, name) }
    func size(_ name: String) throws -> Int { try XCTUnwrap(value[name]?.integer, name) }
    func isTrue(_ name: String) throws -> Bool { try XCTUnwrap(value[name]?.isTrue, name) }
  }

  private func cases() throws -> [Case] {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference/training.json")
    let file = try JSONReader.read([UInt8](Data(contentsOf: url))[...])
    return try XCTUnwrap(file["cases"]?.elements).map { Case(value: $0) }
  }

  /// The formula of `generate_training.py`.
  private func setWeights(_ layout: ParameterLayout, in parameters: FloatBuffer) {
    for (number, tensor) in layout.tensors.enumerated() {
      tensor.set(
        (0..<tensor.elements).map { Float(0.08 * sin(1 + 0.7 * Double($0) + 1.3 * Double(number))) },
        in: parameters)
    }
  }

  /// The texts of `generate_training.py`.
  private func window(_ update: Int, steps: Int, lanes: Int, vocabulary: Int) -> LaneWindow {
    var window = LaneWindow(steps: steps, lanes: lanes)
    for lane in 0..<lanes {
      let period = 3 + (update + lane) % 5
      let text = (0...steps).map { Int32((7 * lane + 11 * ($0 % period) + update % 3) % vocabulary) }
      for step in 0..<steps {
        window.inputs[step * lanes + lane] = text[step]
        window.targets[step * lanes + lane] = text[step + 1]
      }
    }
    return window
  }

  func testFiftyUpdatesFollowPyTorchLossForLoss() throws {
    for kernels in availableKernels {
      for test in try cases() {
        let (steps, lanes) = (try test.size("steps"), try test.size("lanes"))
        var configuration = TrainingConfiguration.paper
        configuration.architecture = ModelArchitecture(
          cell: try XCTUnwrap(CellKind(rawValue: test.value["model_type"]?.text ?? "")),
          layers: try test.size("layers"), embeddingSize: try test.size("embedding"),
          hiddenSize: try test.size("hidden"))
        configuration.recipe = .streams
        configuration.sequenceSize = steps
        configuration.batchSize = lanes
        configuration.learningRate = try test.number("learning_rate")
        configuration.weightDecay = try test.number("weight_decay")
        configuration.gradientClip = test.value["gradient_clip"]?.double
        let vocabulary = try test.size("vocabulary")
        let layout = ParameterLayout(architecture: configuration.architecture, vocabularySize: vocabulary)
        let parameters = FloatBuffer(count: layout.count)
        setWeights(layout, in: parameters)
        let computer = GradientComputer(layout: layout, configuration: configuration, kernels: kernels)
        var optimizer = AdamOptimizer(
          configuration: configuration, totalUpdates: 50, parameters: parameters, kernels: kernels)
        let divisor = Double(lanes * (try test.isTrue("is_paper") ? steps + 1 : steps))
        for (update, expected) in try XCTUnwrap(test.value["losses"]?.elements).enumerated() {
          var window = window(update, steps: steps, lanes: lanes, vocabulary: vocabulary)
          if try update == 0 || !test.isTrue("carries_state") { window.starts[0] = Array(0..<lanes) }
          let nats = computer.run(
            window, parameters: parameters, dropout: .none, gradientScale: Float(1 / divisor))
          optimizer.update(parameters, gradients: computer.gradients, parallel: Parallel(threads: 2))
          XCTAssertEqual(
            nats / Double(steps * lanes), try XCTUnwrap(expected.double), accuracy: 1e-4,
            "\(kernels.instructionSet) \(test.value["model_type"]?.text ?? ""), update \(update)")
        }
      }
    }
  }
}
