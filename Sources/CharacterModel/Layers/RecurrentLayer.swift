/// One recurrent layer over a window: `steps` × `lanes` rows, time-major.
///
/// PyTorch's equations, gate order i, f, g, o:
/// LSTM: c = σ(f)·c' + σ(i)·tanh(g), h = σ(o)·tanh(c); RNN: h = tanh(sum);
/// each sum is W_ih x + b_ih + W_hh h' + b_hh.
final class RecurrentLayer: Sendable {
  private let layout: ParameterLayout
  private let index: Int
  private let kernels: Kernels
  private let steps: Int
  private let lanes: Int

  /// steps · lanes rows of sums: filled with the input's part before `forward`, activated by it, and turned
  /// into their gradient by `backward`.
  let gates: MatrixRows
  /// (steps + 1) · lanes rows: block t is what step t starts from, so block `steps` is the final state.
  let hidden: MatrixRows
  let cell: MatrixRows
  private let cellTanh: MatrixRows
  private let cellGradient: MatrixRows

  init(layout: ParameterLayout, index: Int, steps: Int, lanes: Int, kernels: Kernels) {
    self.layout = layout
    self.index = index
    self.kernels = kernels
    self.steps = steps
    self.lanes = lanes
    func rows(_ count: Int, _ stride: Int) -> MatrixRows {
      MatrixRows(buffer: FloatBuffer(count: count * stride), offset: 0, rows: count, stride: stride)
    }
    let isLSTM = layout.architecture.cell == .lstm
    gates = rows(steps * lanes, layout.sums)
    hidden = rows((steps + 1) * lanes, layout.width)
    cell = rows(isLSTM ? (steps + 1) * lanes : 0, layout.width)
    cellTanh = rows(isLSTM ? steps * lanes : 0, layout.width)
    cellGradient = rows(isLSTM ? lanes : 0, layout.width)
  }

  private func block(_ step: Int, of rows: MatrixRows) -> MatrixRows {
    rows.dropFirst(step * lanes, taking: lanes)
  }

  /// Moves the state at the end of the last window to the start of the next.
  func carryState() {
    let size = lanes * layout.width
    hidden.buffer.copy(from: hidden.buffer, at: steps * size, to: 0, count: size)
    if cell.rows > 0 { cell.buffer.copy(from: cell.buffer, at: steps * size, to: 0, count: size) }
  }

  /// Runs the steps. `gates` holds W_ih x + b_ih + b_hh; `output` gets h after dropout.
  func forward(
    parameters: FloatBuffer, weights: WorkingWeights, window: LaneWindow, output: MatrixRows,
    dropout: DropoutMask?, parallel: Parallel, dropoutIndex: (_ step: Int) -> Int
  ) {
    let hiddenWeights = weights.hidden(index, parameters)
    for step in 0..<steps {
      let previous = block(step, of: hidden)
      let sums = block(step, of: gates)
      for lane in window.starts[step] {
        previous.dropFirst(lane, taking: 1).fillWithZeros()
        if cell.rows > 0 { block(step, of: cell).dropFirst(lane, taking: 1).fillWithZeros() }
      }
      window.forEachCarriedRun(at: step) { run in
        kernels.multiply(
          previous.dropFirst(run.lowerBound, taking: run.count), by: hiddenWeights,
          addingTo: sums.dropFirst(run.lowerBound, taking: run.count), parallel: parallel)
      }
      let next = block(step + 1, of: hidden)
      if layout.architecture.cell == .lstm {
        kernels.stepLSTM(
          gates: sums, previousCell: block(step, of: cell), cell: block(step + 1, of: cell),
          cellTanh: block(step, of: cellTanh), hidden: next)
      } else {
        kernels.stepRNN(gates: sums, hidden: next)
      }
      let target = block(step, of: output)
      if let dropout {
        kernels.dropout(next, into: target, firstIndex: dropoutIndex(step), mask: dropout)
      } else {
        target.buffer.copy(from: next.buffer, at: next.offset, to: target.offset, count: next.range.count)
      }
    }
  }

  /// Turns `gates` into the gradient of the sums. `outputGradient`, the gradient of h from above, gets the
  /// part that comes back through time added; `gradients` gets that of W_hh.
  func backward(
    parameters: FloatBuffer, weights: WorkingWeights, gradients: FloatBuffer, window: LaneWindow,
    outputGradient: MatrixRows, parallel: Parallel
  ) {
    cellGradient.fillWithZeros()
    for step in (0..<steps).reversed() {
      let gradient = block(step, of: outputGradient)
      if step + 1 < steps {
        let later = block(step + 1, of: gates)
        window.forEachCarriedRun(at: step + 1) { run in
          weights.multiply(
            later.dropFirst(run.lowerBound, taking: run.count), byHidden: index, parameters,
            addingTo: gradient.dropFirst(run.lowerBound, taking: run.count), parallel: parallel)
        }
      }
      if layout.architecture.cell == .lstm {
        kernels.stepLSTMBackward(
          gates: block(step, of: gates), previousCell: block(step, of: cell),
          cellTanh: block(step, of: cellTanh), hiddenGradient: gradient, cellGradient: cellGradient)
        for lane in window.starts[step] { cellGradient.dropFirst(lane, taking: 1).fillWithZeros() }
      } else {
        kernels.stepRNNBackward(gates: block(step, of: gates), hiddenGradient: gradient)
      }
    }
    kernels.accumulateProduct(
      ofTransposed: hidden.dropFirst(0, taking: steps * lanes), and: gates,
      into: layout.hiddenMatrix(index, in: gradients), parallel: parallel)
  }
}
