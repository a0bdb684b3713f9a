import Foundation

@testable import CharacterModel

/// The whole network written plainly in double precision, from PyTorch's documented equations: what the
/// kernels are held against.
struct ReferenceModel {
  let architecture: ModelArchitecture
  let vocabularySize: Int
  /// Row-major tensors by their names in the state dictionary.
  var parameters: [String: [Double]]

  init(layout: ParameterLayout, buffer: FloatBuffer) {
    architecture = layout.architecture
    vocabularySize = layout.vocabularySize
    parameters = Dictionary(
      uniqueKeysWithValues: layout.tensors.map { ($0.name, $0.values(in: buffer).map(Double.init)) })
  }

  /// Factors of dropout: for the embedding and for each layer's output, each [step][lane][unit].
  struct Masks {
    var input: [[[Double]]]?
    var outputs: [[[[Double]]]] = []
    /// Factors of W_hh of each layer, row-major.
    var recurrentWeights: [[Double]] = []
  }

  /// Logits at each step and lane of a window that starts from zero states.
  func logits(_ window: LaneWindow, masks: Masks = Masks()) -> [[Double]] {
    guard masks.recurrentWeights.isEmpty else {
      var dropped = self
      for (layer, factors) in masks.recurrentWeights.enumerated() {
        let name = "rnn.weight_hh_l\(layer)"
        dropped.parameters[name] = zip(parameters[name] ?? [], factors).map(*)
      }
      return dropped.logits(window, masks: Masks(input: masks.input, outputs: masks.outputs))
    }
    return (0..<window.lanes).reduce(into: [[Double]](repeating: [], count: window.steps * window.lanes)) {
      result, lane in
      var hidden = [[Double]](
        repeating: [Double](repeating: 0, count: architecture.hiddenSize), count: architecture.layers)
      var cell = hidden
      for step in 0..<window.steps {
        if window.starts[step].contains(lane) {
          for layer in 0..<architecture.layers {
            hidden[layer] = hidden[layer].map { _ in 0 }
            cell[layer] = hidden[layer]
          }
        }
        let position = step * window.lanes + lane
        var input = row(
          Int(window.inputs[position]), of: "embedding.weight", width: architecture.embeddingSize)
        if let mask = masks.input { input = zip(input, mask[step][lane]).map(*) }
        for layer in 0..<architecture.layers {
          advance(layer, input: input, hidden: &hidden[layer], cell: &cell[layer])
          input = hidden[layer]
          if !masks.outputs.isEmpty { input = zip(input, masks.outputs[layer][step][lane]).map(*) }
        }
        result[position] = affine(input, weight: "linear.weight", bias: "linear.bias")
      }
    }
  }

  /// The sum of the losses of a window's predictions.
  func loss(_ window: LaneWindow, masks: Masks = Masks()) -> Double {
    zip(logits(window, masks: masks), window.targets).reduce(0) { sum, pair in
      pair.1 < 0 ? sum : sum + Self.crossEntropy(pair.0, target: Int(pair.1))
    }
  }

  static func crossEntropy(_ logits: [Double], target: Int) -> Double {
    let top = logits.max() ?? 0
    return log(logits.reduce(0) { $0 + exp($1 - top) }) - (logits[target] - top)
  }

  private func row(_ index: Int, of name: String, width: Int) -> [Double] {
    Array((parameters[name] ?? [])[index * width..<(index + 1) * width])
  }

  private func affine(_ input: [Double], weight: String, bias: String) -> [Double] {
    (parameters[bias] ?? []).enumerated().map { index, bias in
      zip(row(index, of: weight, width: input.count), input).reduce(bias) { $0 + $1.0 * $1.1 }
    }
  }

  private func advance(_ layer: Int, input: [Double], hidden: inout [Double], cell: inout [Double]) {
    let fromInput = affine(input, weight: "rnn.weight_ih_l\(layer)", bias: "rnn.bias_ih_l\(layer)")
    let fromHidden = affine(hidden, weight: "rnn.weight_hh_l\(layer)", bias: "rnn.bias_hh_l\(layer)")
    let sums = zip(fromInput, fromHidden).map(+)
    let size = architecture.hiddenSize
    func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    for unit in 0..<size {
      switch architecture.cell {
      case .lstm:
        let input = sigmoid(sums[unit])
        let forget = sigmoid(sums[size + unit])
        let candidate = tanh(sums[2 * size + unit])
        let output = sigmoid(sums[3 * size + unit])
        cell[unit] = forget * cell[unit] + input * candidate
        hidden[unit] = output * tanh(cell[unit])
      case .rnn:
        hidden[unit] = tanh(sums[unit])
      }
    }
  }
}
