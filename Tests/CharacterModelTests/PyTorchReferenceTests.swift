import XCTest

@testable import CharacterModel

/// What PyTorch computes for small models: `Reference/generate_reference.py` writes `Reference/reference.json`.
final class PyTorchReferenceTests: XCTestCase {
  private struct Case {
    var layout: ParameterLayout
    var window: LaneWindow
    var value: JSONValue

    func numbers(_ path: String...) throws -> [Double] {
      var value = value
      for name in path { value = try XCTUnwrap(value[name]) }
      return try XCTUnwrap(value.elements).map { try XCTUnwrap($0.double) }
    }
  }

  private func cases() throws -> [Case] {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference/reference.json")
    let file = try JSONReader.read([UInt8](Data(contentsOf: url))[...])
    func size(_ name: String) throws -> Int { try XCTUnwrap(file["sizes"]?[name]?.integer) }
    let (steps, lanes) = (try size("steps"), try size("lanes"))
    return try XCTUnwrap(file["cases"]?.elements).map { value in
      let architecture = ModelArchitecture(
        cell: try XCTUnwrap(CellKind(rawValue: value["model_type"]?.text ?? "")),
        layers: try XCTUnwrap(value["layers"]?.integer), embeddingSize: try size("embedding"),
        hiddenSize: try size("hidden"))
      var window = LaneWindow(steps: steps, lanes: lanes)
      window.inputs = try XCTUnwrap(value["inputs"]?.elements).map { Int32(try XCTUnwrap($0.integer)) }
      window.targets = try XCTUnwrap(value["targets"]?.elements).map { Int32(try XCTUnwrap($0.integer)) }
      window.starts[0] = Array(0..<lanes)
      return Case(
        layout: ParameterLayout(architecture: architecture, vocabularySize: try size("vocabulary")),
        window: window, value: value)
    }
  }

  private func parameters(of test: Case) throws -> FloatBuffer {
    let buffer = FloatBuffer(count: test.layout.count)
    for tensor in test.layout.tensors {
      let shape = try test.numbers("shapes", tensor.name).map { Int($0) }
      XCTAssertEqual(shape, tensor.shape, tensor.name)
      tensor.set(try test.numbers("parameters", tensor.name).map { Float($0) }, in: buffer)
    }
    return buffer
  }

  private func configuration(of test: Case) -> TrainingConfiguration {
    var configuration = TrainingConfiguration.best
    configuration.architecture = test.layout.architecture
    configuration.sequenceSize = test.window.steps
    configuration.batchSize = test.window.lanes
    configuration.inputDropout = 0
    configuration.learningRate = 0.01
    configuration.schedule = .constant
    configuration.warmUpUpdates = 0
    configuration.beta2 = 0.99
    configuration.epsilon = 1e-6
    configuration.weightDecay = 0.1
    configuration.gradientClip = 0.1
    configuration.weightAverageDecay = nil
    return configuration
  }

  func testTheNamesAreThoseOfThePyTorchModel() throws {
    for test in try cases() {
      XCTAssertEqual(
        test.layout.tensors.map(\.name), try XCTUnwrap(test.value["parameters"]?.members).map(\.name))
    }
  }

  func testLossAndEveryGradientAgree() throws {
    for kernels in availableKernels {
      for test in try cases() {
        let parameters = try parameters(of: test)
        let computer = GradientComputer(
          layout: test.layout, configuration: configuration(of: test), kernels: kernels)
        let count = Double(test.window.predictions)
        let nats = computer.run(
          test.window, parameters: parameters, dropout: .none, gradientScale: Float(1 / count))
        XCTAssertEqual(nats / count, try XCTUnwrap(test.value["loss"]?.double), accuracy: 2e-6)
        for tensor in test.layout.tensors {
          assertClose(
            tensor.values(in: computer.gradients), try test.numbers("gradients", tensor.name),
            relative: 1e-5, absolute: 2e-7, "\(kernels.instructionSet) \(tensor.name)")
        }
      }
    }
  }

  func testSteppingGivesPyTorchsLogits() throws {
    for test in try cases() {
      let vocabulary = try letters(test.layout.vocabularySize)
      let model = RecurrentModel(
        vocabulary: vocabulary, layout: test.layout, parameters: try parameters(of: test), metadata: [:])
      let stepper = Stepper(model, lanes: test.window.lanes)
      var state = RecurrentState(of: model, lanes: test.window.lanes)
      var logits: [Float] = []
      for step in 0..<test.window.steps {
        let lanes = test.window.lanes
        logits += stepper.step(Array(test.window.inputs[step * lanes..<(step + 1) * lanes]), &state)
      }
      assertClose(logits, try test.numbers("logits"), relative: 1e-5, absolute: 1e-6)
    }
  }

  func testThreeClippedAdamWStepsAgree() throws {
    for kernels in availableKernels {
      for test in try cases() {
        let parameters = try parameters(of: test)
        let configuration = configuration(of: test)
        let computer = GradientComputer(layout: test.layout, configuration: configuration, kernels: kernels)
        var optimizer = AdamOptimizer(
          configuration: configuration, totalUpdates: 3, parameters: parameters, kernels: kernels)
        for _ in 0..<3 {
          _ = computer.run(
            test.window, parameters: parameters, dropout: .none,
            gradientScale: 1 / Float(test.window.predictions))
          optimizer.update(parameters, gradients: computer.gradients, parallel: Parallel(threads: 2))
        }
        for tensor in test.layout.tensors {
          // A parameter moves by up to 0.03; Adam magnifies rounding where gradients are near 0.
          assertClose(
            tensor.values(in: parameters), try test.numbers("after_three_steps", tensor.name),
            relative: 1e-5, absolute: 2e-5, "\(kernels.instructionSet) \(tensor.name)")
        }
      }
    }
  }
}
