/// Scratch memory for stepping a model one character at a time, for up to `lanes` texts at once.
///
/// Not for use from two threads at once.
public final class Stepper {
  /// The model that steps.
  public let model: RecurrentModel
  private let sums: MatrixRows
  private let cellTanh: MatrixRows
  private let logits: MatrixRows
  /// Recurrent weights without their zeros; nil for layers that use all, and where there are few lanes.
  private let sparse: [SparseMatrix?]
  private let sparseScratch: FloatBuffer

  /// With fewer lanes a step with all weights is faster than one without the zeros, and the same.
  private static let lanesWorthTurning = 6

  /// Scratch memory for `model` and at most `lanes` texts.
  public init(_ model: RecurrentModel, lanes: Int = 1) {
    precondition(lanes >= 1)
    self.model = model
    func rows(_ stride: Int) -> MatrixRows {
      MatrixRows(buffer: FloatBuffer(count: lanes * stride), offset: 0, rows: lanes, stride: stride)
    }
    sums = rows(model.layout.sums)
    cellTanh = rows(model.layout.width)
    logits = rows(model.layout.outputWidth)
    sparse = lanes >= Self.lanesWorthTurning ? model.sparseHidden : model.layout.layers.map { _ in nil }
    sparseScratch = FloatBuffer(count: sparse.compactMap { $0?.scratchSize }.max() ?? 0)
  }

  /// Reads one character: moves `state` on and returns the logits of the next, one for each entry of the
  /// vocabulary. `state` has one lane, `character` is below the vocabulary's count.
  public func step(_ character: Int32, _ state: inout RecurrentState) -> [Float] {
    precondition(state.lanes == 1)
    advance([character], &state)
    return logits.buffer.values(0..<model.vocabulary.count)
  }

  /// Reads one character in each of the first `characters.count` lanes.
  ///
  /// - Returns: a row of logits for each, one after another.
  public func step(_ characters: [Int32], _ state: inout RecurrentState) -> [Float] {
    advance(characters[...], &state)
    return logits.buffer.unpadded(
      at: 0, rows: characters.count, columns: model.vocabulary.count, stride: logits.stride)
  }

  /// Moves `state` on; the logits stay in `logits`, from where `crossEntropy` can take them.
  func advance(_ characters: ArraySlice<Int32>, _ state: inout RecurrentState) {
    let count = characters.count
    precondition(count <= state.lanes && count <= sums.rows)
    state.makeUnique()
    let layout = model.layout
    let kernels = model.kernels
    let parameters = model.parameters
    let sums = self.sums.dropFirst(0, taking: count)
    for layer in 0..<layout.layers.count {
      let hidden = state.hidden(layer: layer, lanes: count)
      let sparse = count >= Self.lanesWorthTurning ? self.sparse[layer] : nil
      if layer > 0 {
        layout.fillWithBias(sums, layer: layer, parameters: parameters, kernels: kernels)
        kernels.multiply(
          state.hidden(layer: layer - 1, lanes: count), by: layout.inputMatrix(layer, in: parameters),
          addingTo: sums)
      } else if sparse == nil {
        model.table.look(up: characters, in: model.tableRows, into: sums)
      }
      if let sparse {
        let rows =
          layer > 0
          ? (0..<count).map { $0 * sums.stride } : model.table.starts(of: characters, in: model.tableRows)
        kernels.stepLSTM(
          from: layer > 0 ? sums.buffer : model.table.sums.buffer, rows: rows, by: sparse,
          cell: state.cell(layer: layer, lanes: count), hidden: hidden, scratch: sparseScratch)
        continue
      }
      kernels.multiply(hidden, by: layout.hiddenMatrix(layer, in: parameters), addingTo: sums)
      if layout.architecture.cell == .lstm {
        let cell = state.cell(layer: layer, lanes: count)
        kernels.stepLSTM(
          gates: sums, previousCell: cell, cell: cell, cellTanh: cellTanh.dropFirst(0, taking: count),
          hidden: hidden)
      } else {
        kernels.stepRNN(gates: sums, hidden: hidden)
      }
    }
    let target = logits.dropFirst(0, taking: count)
    target.buffer.copy(from: parameters, at: layout.outputBias, to: 0, count: layout.outputWidth)
    target.repeatFirstRow()
    kernels.multiply(
      state.hidden(layer: layout.layers.count - 1, lanes: count), by: layout.outputMatrix(in: parameters),
      addingTo: target)
  }

  /// The losses, in nats, of `targets` under the logits of the last `advance`.
  func crossEntropy(of targets: ArraySlice<Int32>, into losses: FloatBuffer) {
    model.kernels.crossEntropy(
      logits: logits.dropFirst(0, taking: targets.count), classes: model.vocabulary.count, targets: targets,
      losses: losses, gradientScale: 0)
  }
}
