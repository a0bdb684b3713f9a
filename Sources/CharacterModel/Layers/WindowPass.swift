/// Forward and backward through the whole network for some of a batch's lanes, with the memory both need.
///
/// Lanes never meet: a batch is divided over several passes, each with its own gradient.
final class WindowPass: Sendable {
  /// The dropout of one window; keys differ from window to window.
  struct Dropout: Sendable {
    /// On the embedded characters; nil for none.
    var input: DropoutMask?
    /// On the output of each layer; empty for none.
    var outputs: [DropoutMask]
    /// On the recurrent weights of each layer; empty for none.
    var weights: [DropoutMask]
    /// Whether all steps of a window drop the same numbers of a lane.
    var isLocked = false

    static let none = Dropout(input: nil, outputs: [], weights: [])
  }

  let laneRange: Range<Int>
  /// Sums of gradients since they were last taken away, in the layout of the parameters.
  let gradients: FloatBuffer
  /// The gradient of the character table.
  let tableGradients: FloatBuffer

  private let layout: ParameterLayout
  private let kernels: Kernels
  private let steps: Int
  private let totalLanes: Int
  private let layers: [RecurrentLayer]
  private let embedded: MatrixRows
  private let outputs: [MatrixRows]
  private let outputGradient: MatrixRows
  private let logits: MatrixRows
  private let losses: FloatBuffer
  private let parallel: Parallel

  /// - Parameters:
  ///   - usesTable: whether the first layer's input comes from a table; with dropout on the embedded
  ///     characters it cannot.
  ///   - parallel: threads that this pass has for itself.
  init(
    layout: ParameterLayout, steps: Int, laneRange: Range<Int>, totalLanes: Int, usesTable: Bool,
    kernels: Kernels, parallel: Parallel = .none
  ) {
    self.layout = layout
    self.kernels = kernels
    self.parallel = parallel
    self.steps = steps
    self.laneRange = laneRange
    self.totalLanes = totalLanes
    let positions = steps * laneRange.count
    func rows(_ stride: Int, count: Int? = nil) -> MatrixRows {
      let count = count ?? positions
      return MatrixRows(buffer: FloatBuffer(count: count * stride), offset: 0, rows: count, stride: stride)
    }
    layers = (0..<layout.layers.count).map {
      RecurrentLayer(layout: layout, index: $0, steps: steps, lanes: laneRange.count, kernels: kernels)
    }
    embedded = rows(layout.embeddingWidth, count: usesTable ? 0 : positions)
    outputs = layout.layers.map { _ in rows(layout.width) }
    outputGradient = rows(layout.width)
    logits = rows(layout.outputWidth)
    losses = FloatBuffer(count: positions)
    gradients = FloatBuffer(count: layout.count)
    tableGradients = FloatBuffer(count: usesTable ? layout.vocabularySize * layout.sums : 0)
  }

  /// The recurrent state of the lanes after the last window: for each layer the hidden rows, then for an LSTM
  /// the cell rows, without padding.
  var state: [Float] {
    get {
      blocks(at: steps).flatMap {
        $0.buffer.unpadded(
          at: $0.offset, rows: $0.rows, columns: layout.architecture.hiddenSize, stride: $0.stride)
      }
    }
    set {
      var rest = newValue[...]
      for block in blocks(at: steps) {
        let size = block.rows * layout.architecture.hiddenSize
        block.buffer.replacePadded(
          at: block.offset, rows: block.rows, columns: layout.architecture.hiddenSize, stride: block.stride,
          with: Array(rest.prefix(size)))
        rest = rest.dropFirst(size)
      }
    }
  }

  private func blocks(at step: Int) -> [MatrixRows] {
    let lanes = laneRange.count
    return layers.flatMap { layer in
      [layer.hidden, layer.cell].filter { $0.rows > 0 }.map { $0.dropFirst(step * lanes, taking: lanes) }
    }
  }

  private func dropoutIndex(_ step: Int, width: Int, _ dropout: Dropout) -> Int {
    ((dropout.isLocked ? 0 : step * totalLanes) + laneRange.lowerBound) * width
  }

  /// Runs `window` forward and backward. The loss behind the gradient is `gradientScale` times the sum of the
  /// predictions' losses; a scale of 0 runs forward only.
  func run(
    _ window: LaneWindow, parameters: FloatBuffer, weights: WorkingWeights, table: CharacterTable,
    rows: CharacterTable.Rows, dropout: Dropout, gradientScale: Float
  ) {
    forward(window, parameters: parameters, weights: weights, table: table, rows: rows, dropout: dropout)
    kernels.crossEntropy(
      logits: logits, classes: layout.vocabularySize, targets: window.targets[...], losses: losses,
      gradientScale: gradientScale)
    if gradientScale != 0 {
      backward(window, parameters: parameters, weights: weights, table: table, rows: rows, dropout: dropout)
    }
  }

  /// The loss of each position of the last window, in nats.
  var positionLosses: [Float] { losses.values(0..<losses.count) }

  /// The sum of the last window's losses, in nats.
  var lossSum: Double { positionLosses.reduce(0) { $0 + Double($1) } }

  /// The logits of the last window run forward only, a row of the vocabulary's size for each position.
  func logitValues() -> [Float] {
    logits.buffer.unpadded(
      at: 0, rows: logits.rows, columns: layout.vocabularySize, stride: logits.stride)
  }

  func forward(
    _ window: LaneWindow, parameters: FloatBuffer, weights: WorkingWeights, table: CharacterTable,
    rows: CharacterTable.Rows, dropout: Dropout
  ) {
    precondition(window.steps == steps && window.lanes == laneRange.count)
    for (index, layer) in layers.enumerated() {
      layer.carryState()
      if index == 0, embedded.rows == 0 {
        table.look(up: window.inputs[...], in: rows, into: layer.gates)
      } else {
        if index == 0 { embed(window, parameters: parameters, dropout: dropout) }
        layout.fillWithBias(layer.gates, layer: index, parameters: parameters, kernels: kernels)
        kernels.multiply(
          index == 0 ? embedded : outputs[index - 1], by: layout.inputMatrix(index, in: parameters),
          addingTo: layer.gates, parallel: parallel)
      }
      layer.forward(
        parameters: parameters, weights: weights, window: window, output: outputs[index],
        dropout: dropout.outputs.isEmpty ? nil : dropout.outputs[index], parallel: parallel,
        dropoutIndex: { dropoutIndex($0, width: layout.width, dropout) })
    }
    logits.buffer.copy(from: parameters, at: layout.outputBias, to: 0, count: layout.outputWidth)
    logits.repeatFirstRow()
    kernels.multiply(
      outputs[layers.count - 1], by: layout.outputMatrix(in: parameters), addingTo: logits,
      parallel: parallel)
  }

  private func backward(
    _ window: LaneWindow, parameters: FloatBuffer, weights: WorkingWeights, table: CharacterTable,
    rows: CharacterTable.Rows, dropout: Dropout
  ) {
    let top = layers.count - 1
    kernels.accumulateProduct(
      ofTransposed: outputs[top], and: logits, into: layout.outputMatrix(in: gradients), parallel: parallel)
    kernels.addRows(of: logits, to: gradients, at: layout.outputBias)
    outputGradient.fillWithZeros()
    weights.multiplyByOutput(logits, parameters, addingTo: outputGradient, parallel: parallel)
    for index in (0...top).reversed() {
      let layer = layers[index]
      if !dropout.outputs.isEmpty { applyDropout(dropout.outputs[index], of: dropout, to: outputGradient) }
      layer.backward(
        parameters: parameters, weights: weights, gradients: gradients, window: window,
        outputGradient: outputGradient, parallel: parallel)
      if index == 0, embedded.rows == 0 {
        table.scatter(gradientsOf: layer.gates, for: window.inputs, in: rows, to: tableGradients)
        continue
      }
      kernels.addRows(of: layer.gates, to: gradients, at: layout.layers[index].inputBias)
      kernels.addRows(of: layer.gates, to: gradients, at: layout.layers[index].hiddenBias)
      let input = index == 0 ? embedded : outputs[index - 1]
      kernels.accumulateProduct(
        ofTransposed: input, and: layer.gates, into: layout.inputMatrix(index, in: gradients),
        parallel: parallel)
      // The embedded rows are no longer needed: their gradient takes their place.
      let inputGradient = index == 0 ? embedded : outputGradient
      inputGradient.fillWithZeros()
      weights.multiply(layer.gates, byInput: index, parameters, addingTo: inputGradient, parallel: parallel)
      if index == 0 {
        if let mask = dropout.input { applyDropout(mask, of: dropout, to: embedded) }
        addEmbeddingGradients(window)
      }
    }
  }

  private func applyDropout(_ mask: DropoutMask, of dropout: Dropout, to rows: MatrixRows) {
    for step in 0..<steps {
      let block = rows.dropFirst(step * laneRange.count, taking: laneRange.count)
      kernels.dropout(
        block, into: block, firstIndex: dropoutIndex(step, width: rows.stride, dropout), mask: mask)
    }
  }

  private func embed(_ window: LaneWindow, parameters: FloatBuffer, dropout: Dropout) {
    let width = layout.embeddingWidth
    for (position, character) in window.inputs.enumerated() {
      embedded.buffer.copy(
        from: parameters, at: layout.embedding + Int(character) * width, to: position * width, count: width)
    }
    if let mask = dropout.input { applyDropout(mask, of: dropout, to: embedded) }
  }

  private func addEmbeddingGradients(_ window: LaneWindow) {
    let width = layout.embeddingWidth
    for (position, character) in window.inputs.enumerated() {
      kernels.add(
        embedded.buffer, at: position * width, to: gradients,
        at: layout.embedding + Int(character) * width, count: width)
    }
  }
}
