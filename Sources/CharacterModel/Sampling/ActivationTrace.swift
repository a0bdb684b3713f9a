/// The activation of every unit of a model after each character of a text.
public struct ActivationTrace: Sendable {
  /// Characters read.
  public let positions: Int
  /// Recurrent layers.
  public let layers: Int
  /// Units of a layer.
  public let units: Int
  /// By layer, then position, then unit.
  let values: [Float]

  fileprivate init(positions: Int, layers: Int, units: Int, values: [Float]) {
    precondition(values.count == positions * layers * units)
    self.positions = positions
    self.layers = layers
    self.units = units
    self.values = values
  }

  /// What a unit says after each character, -1...1.
  public func activations(layer: Int, unit: Int) -> [Float] {
    precondition(layer >= 0 && layer < layers && unit >= 0 && unit < units)
    return (0..<positions).map { values[(layer * positions + $0) * units + unit] }
  }
}

extension RecurrentModel {
  /// Reads a text from a zero state and keeps what every unit says. Each index is below the vocabulary's count.
  public func trace(_ text: [Int32]) -> ActivationTrace { traces([text])[0] }

  /// Reads texts side by side, each from a zero state; see `trace(_:)`.
  public func traces(_ texts: [[Int32]]) -> [ActivationTrace] {
    let (layers, units) = (architecture.layers, architecture.hiddenSize)
    guard !texts.isEmpty else { return [] }
    // The longest first, so that those still being read are always the first lanes.
    let order = texts.indices.sorted { (texts[$0].count, $1) > (texts[$1].count, $0) }
    var values = texts.map { [Float](repeating: 0, count: $0.count * layers * units) }
    let stepper = Stepper(self, lanes: texts.count)
    var state = RecurrentState(of: self, lanes: texts.count)
    for position in 0..<texts[order[0]].count {
      let active = order.prefix { texts[$0].count > position }
      stepper.advance(active.map { texts[$0][position] }[...], &state)
      for (lane, text) in active.enumerated() {
        for layer in 0..<layers {
          let first = (layer * texts[text].count + position) * units
          values[text].replaceSubrange(
            first..<first + units, with: state.activations(layer: layer, lane: lane, of: self))
        }
      }
    }
    return zip(texts, values).map {
      ActivationTrace(positions: $0.count, layers: layers, units: units, values: $1)
    }
  }
}
