import XCTest

@testable import CharacterModel

/// Forward and backward of the whole network against the double-precision reference and its differences.
final class GradientTests: XCTestCase {
  private struct Case {
    var architecture: ModelArchitecture
    var inputDropout: Float
    var lanes: Int
    var recurrentDropout: Float = 0
    var isLocked = false
  }

  private let cases: [Case] = [
    Case(architecture: .init(cell: .lstm, embeddingSize: 5, hiddenSize: 7), inputDropout: 0, lanes: 1),
    Case(
      architecture: .init(cell: .lstm, embeddingSize: 4, hiddenSize: 6, dropout: 0.3), inputDropout: 0.2,
      lanes: 5),
    Case(
      architecture: .init(cell: .lstm, layers: 3, embeddingSize: 5, hiddenSize: 4, dropout: 0.4),
      inputDropout: 0, lanes: 3),
    Case(
      architecture: .init(cell: .rnn, layers: 1, embeddingSize: 3, hiddenSize: 9, dropout: 0.2),
      inputDropout: 0, lanes: 6),
    Case(
      architecture: .init(cell: .rnn, layers: 2, embeddingSize: 6, hiddenSize: 5), inputDropout: 0.5, lanes: 2
    ),
    Case(
      architecture: .init(cell: .lstm, layers: 2, embeddingSize: 5, hiddenSize: 6, dropout: 0.4),
      inputDropout: 0.3,
      lanes: 4, recurrentDropout: 0.3, isLocked: true),
    Case(
      architecture: .init(cell: .lstm, embeddingSize: 5, hiddenSize: 7, dropout: 0.2), inputDropout: 0,
      lanes: 1,
      recurrentDropout: 0.5),
    Case(
      architecture: .init(cell: .rnn, embeddingSize: 4, hiddenSize: 7, dropout: 0.3), inputDropout: 0,
      lanes: 5,
      recurrentDropout: 0.4, isLocked: true),
  ]

  private let vocabularySize = 9
  private let steps = 6

  /// A window in which lanes start texts at different steps and some positions predict nothing.
  private func window(lanes: Int, random: inout RandomSource) -> LaneWindow {
    var window = LaneWindow(steps: steps, lanes: lanes)
    window.inputs = random.characters(steps * lanes, below: vocabularySize)
    window.targets = window.inputs.map { _ in Int32(random.nextIndex(below: vocabularySize + 1)) - 1 }
    window.starts[0] = Array(0..<lanes)
    window.starts[2] = (0..<lanes).filter { $0 % 3 == 1 }
    window.starts[3] = (0..<lanes).filter { $0 % 2 == 0 }
    return window
  }

  /// The factors of a mask at each step, lane and unit; where it is locked, those of the first step at all of them.
  private func factors(
    _ mask: DropoutMask, lanes: Int, size: Int, isLocked: Bool, kernels: Kernels
  ) -> [[[Double]]] {
    let width = paddedWidth(size)
    let ones = MatrixRows(
      buffer: FloatBuffer([Float](repeating: 1, count: steps * lanes * width)), offset: 0,
      rows: steps * lanes, stride: width)
    kernels.dropout(ones, into: ones, firstIndex: 0, mask: mask)
    return (0..<steps).map { step in
      (0..<lanes).map { lane in
        let start = ((isLocked ? 0 : step) * lanes + lane) * width
        return ones.buffer.values(start..<start + size).map(Double.init)
      }
    }
  }

  func testLossAndGradientsAgreeWithDifferencesInDoublePrecision() throws {
    for kernels in availableKernels {
      for (number, test) in cases.enumerated() {
        var random = RandomSource(seed: UInt64(100 + number))
        let layout = ParameterLayout(architecture: test.architecture, vocabularySize: vocabularySize)
        let parameters = layout.initialParameters(using: &random)
        let window = window(lanes: test.lanes, random: &random)
        var configuration = TrainingConfiguration.best
        configuration.architecture = test.architecture
        configuration.sequenceSize = steps
        configuration.batchSize = test.lanes
        configuration.inputDropout = test.inputDropout

        var dropout = WindowPass.Dropout.none
        var masks = ReferenceModel.Masks()
        if test.inputDropout > 0 {
          let mask = DropoutMask(key: 11, probability: test.inputDropout)
          dropout.input = mask
          masks.input = factors(
            mask, lanes: test.lanes, size: test.architecture.embeddingSize, isLocked: test.isLocked,
            kernels: kernels)
        }
        if test.architecture.dropout > 0 {
          dropout.outputs = (0..<test.architecture.layers).map {
            DropoutMask(key: UInt64(20 + $0), probability: test.architecture.dropout)
          }
          masks.outputs = dropout.outputs.map {
            factors(
              $0, lanes: test.lanes, size: test.architecture.hiddenSize, isLocked: test.isLocked,
              kernels: kernels)
          }
        }
        dropout.isLocked = test.isLocked
        configuration.recurrentDropout = test.recurrentDropout
        if test.recurrentDropout > 0 {
          dropout.weights = (0..<test.architecture.layers).map {
            DropoutMask(key: UInt64(40 + $0), probability: test.recurrentDropout)
          }
          masks.recurrentWeights = dropout.weights.enumerated().map { layer, mask in
            let matrix = layout.hiddenMatrix(
              layer, in: FloatBuffer([Float](repeating: 1, count: layout.count)))
            kernels.dropout(matrix, into: matrix, range: 0..<matrix.range.count, mask: mask)
            let factors = matrix.buffer.unpack(
              matrix, gates: test.architecture.cell.gates, size: test.architecture.hiddenSize)
            XCTAssertTrue(factors.contains(0) && factors.contains(mask.scale))
            return factors.map(Double.init)
          }
        }

        let computer = GradientComputer(layout: layout, configuration: configuration, kernels: kernels)
        let nats = computer.run(window, parameters: parameters, dropout: dropout, gradientScale: 0.5)
        var reference = ReferenceModel(layout: layout, buffer: parameters)
        XCTAssertEqual(nats, reference.loss(window, masks: masks), accuracy: 1e-4, "case \(number)")

        for tensor in layout.tensors {
          let gradient = tensor.values(in: computer.gradients)
          // A few places of each tensor, always the first and the last.
          let places =
            [0, tensor.elements - 1] + (0..<6).map { _ in random.nextIndex(below: tensor.elements) }
          for place in places {
            let value = try XCTUnwrap(reference.parameters[tensor.name])[place]
            func loss(_ shift: Double) -> Double {
              reference.parameters[tensor.name]?[place] = value + shift
              return reference.loss(window, masks: masks)
            }
            let expected = 0.5 * (loss(1e-5) - loss(-1e-5)) / 2e-5
            reference.parameters[tensor.name]?[place] = value
            XCTAssertEqual(
              Double(gradient[place]), expected, accuracy: 1e-5 + 2e-5 * abs(expected),
              "\(kernels.instructionSet) case \(number) \(tensor.name)[\(place)]")
          }
        }
      }
    }
  }

  func testPaddingOfGradientsStaysZero() {
    for kernels in availableKernels {
      var random = RandomSource(seed: 3)
      let layout = ParameterLayout(architecture: cases[2].architecture, vocabularySize: vocabularySize)
      var configuration = TrainingConfiguration.best
      configuration.architecture = cases[2].architecture
      configuration.sequenceSize = steps
      configuration.batchSize = 3
      configuration.inputDropout = 0
      let computer = GradientComputer(layout: layout, configuration: configuration, kernels: kernels)
      let window = window(lanes: 3, random: &random)
      _ = computer.run(
        window, parameters: layout.initialParameters(using: &random), dropout: .none, gradientScale: 1)
      // Writing zeros to every named element must leave nothing.
      for tensor in layout.tensors {
        XCTAssertTrue(tensor.values(in: computer.gradients).contains { $0 != 0 }, tensor.name)
        tensor.set([Float](repeating: 0, count: tensor.elements), in: computer.gradients)
      }
      XCTAssertTrue(computer.gradients.values(0..<layout.count).allSatisfy { $0 == 0 })
    }
  }

  func testStateIsCarriedFromWindowToWindow() {
    // Two windows of three steps against one of six.
    let architecture = ModelArchitecture(cell: .lstm, layers: 2, embeddingSize: 5, hiddenSize: 7)
    var random = RandomSource(seed: 9)
    let layout = ParameterLayout(architecture: architecture, vocabularySize: vocabularySize)
    let parameters = layout.initialParameters(using: &random)
    let whole = window(lanes: 4, random: &random)
    let table = CharacterTable(layout: layout, kernels: .best)
    let rows = CharacterTable.Rows(allOf: vocabularySize)
    table.compute(rows, parameters: parameters, parallel: Parallel(threads: 1))
    let pass = WindowPass(
      layout: layout, steps: 3, laneRange: 0..<4, totalLanes: 4, usesTable: true, kernels: .best)
    let weights = WorkingWeights(
      layout: layout, lanes: 4, usesTable: true, dropsWeights: false, kernels: .best)
    weights.prepare(parameters, masks: [], parallel: Parallel(threads: 1))
    var logits: [Float] = []
    for first in [0, 3] {
      var part = LaneWindow(steps: 3, lanes: 4)
      part.inputs = Array(whole.inputs[first * 4..<(first + 3) * 4])
      part.starts = Array(whole.starts[first..<first + 3])
      pass.forward(
        part, parameters: parameters, weights: weights, table: table, rows: rows, dropout: .none)
      logits += pass.logitValues()
      // What a checkpoint saves is all that the next window needs.
      pass.state = pass.state
    }
    let expected = ReferenceModel(layout: layout, buffer: parameters).logits(whole).flatMap { $0 }
    assertClose(logits, expected, relative: 1e-5, absolute: 1e-5)
  }
}
