/// The weights of one update in the forms that its products want: the recurrent ones with some dropped out, and
/// transposed copies for the way back.
///
/// A product with a transposed matrix would jump through memory; where several lanes use it, a copy in the other
/// order costs less.
final class WorkingWeights: Sendable {
  private let layout: ParameterLayout
  private let kernels: Kernels
  /// W_hh of each layer after dropout; empty where none is dropped.
  private let dropped: [PackedMatrix]
  /// Empty where the weights are used as they are.
  private let transposedHidden: [PackedMatrix]
  /// Nil for the first layer where its input comes from a table.
  private let transposedInput: [PackedMatrix?]
  private let transposedOutput: PackedMatrix?

  /// - Parameters:
  ///   - lanes: how many lanes of a batch go through a product together.
  ///   - usesTable: whether the first layer's input comes from a table.
  ///   - dropsWeights: whether `prepare` gets masks.
  init(layout: ParameterLayout, lanes: Int, usesTable: Bool, dropsWeights: Bool, kernels: Kernels) {
    self.layout = layout
    self.kernels = kernels
    func matrix(_ inputs: Int, _ outputs: Int) -> PackedMatrix {
      PackedMatrix(buffer: FloatBuffer(count: inputs * outputs), offset: 0, inputs: inputs, outputs: outputs)
    }
    dropped =
      dropsWeights ? layout.layers.map { _ in matrix(layout.architecture.hiddenSize, layout.sums) } : []
    guard lanes > 1 else {
      transposedHidden = []
      transposedInput = []
      transposedOutput = nil
      return
    }
    transposedHidden = layout.layers.map { _ in matrix(layout.sums, layout.width) }
    transposedInput = layout.layers.indices.map { index in
      index == 0 && usesTable ? nil : matrix(layout.sums, paddedWidth(layout.layers[index].inputSize))
    }
    transposedOutput = matrix(layout.outputWidth, layout.width)
  }

  /// Makes everything of the parameters as they are now.
  ///
  /// - Parameter masks: which recurrent weights each layer drops; empty for none.
  func prepare(_ parameters: FloatBuffer, masks: [DropoutMask], parallel: Parallel) {
    precondition(masks.count == dropped.count)
    for (layer, mask) in masks.enumerated() {
      let source = layout.hiddenMatrix(layer, in: parameters)
      parallel.forEachBlock(of: 0..<source.range.count, blockSize: 65_536) { [kernels, dropped] block in
        kernels.dropout(source, into: dropped[layer], range: block, mask: mask)
      }
    }
    for index in layout.layers.indices where !transposedHidden.isEmpty {
      transpose(hidden(index, parameters), into: transposedHidden[index], parallel)
      if let target = transposedInput[index] {
        transpose(layout.inputMatrix(index, in: parameters), into: target, parallel)
      }
    }
    if let target = transposedOutput {
      transpose(layout.outputMatrix(in: parameters), into: target, parallel)
    }
  }

  private func transpose(_ source: PackedMatrix, into target: PackedMatrix, _ parallel: Parallel) {
    parallel.forEach(target.outputs / paddedWidth(1)) { [kernels] panel in
      kernels.transpose(source, into: target, panels: panel..<panel + 1)
    }
  }

  /// Turns the gradient of the recurrent weights in use into that of the parameters.
  func backward(_ gradients: FloatBuffer, masks: [DropoutMask], parallel: Parallel) {
    for (layer, mask) in masks.enumerated() {
      let gradient = layout.hiddenMatrix(layer, in: gradients)
      parallel.forEachBlock(of: 0..<gradient.range.count, blockSize: 65_536) { [kernels] block in
        kernels.dropout(gradient, into: gradient, range: block, mask: mask)
      }
    }
  }

  /// W_hh of a layer.
  func hidden(_ layer: Int, _ parameters: FloatBuffer) -> PackedMatrix {
    dropped.isEmpty ? layout.hiddenMatrix(layer, in: parameters) : dropped[layer]
  }

  /// `c += d · transposed W_hh`.
  func multiply(
    _ d: MatrixRows, byHidden layer: Int, _ parameters: FloatBuffer, addingTo c: MatrixRows,
    parallel: Parallel
  ) {
    if transposedHidden.isEmpty {
      kernels.multiply(d, byTransposed: hidden(layer, parameters), addingTo: c, parallel: parallel)
    } else {
      kernels.multiply(d, by: transposedHidden[layer], addingTo: c, parallel: parallel)
    }
  }

  /// `c += d · transposed W_ih`.
  func multiply(
    _ d: MatrixRows, byInput layer: Int, _ parameters: FloatBuffer, addingTo c: MatrixRows,
    parallel: Parallel
  ) {
    if let weights = transposedInput.isEmpty ? nil : transposedInput[layer] {
      kernels.multiply(d, by: weights, addingTo: c, parallel: parallel)
    } else {
      kernels.multiply(
        d, byTransposed: layout.inputMatrix(layer, in: parameters), addingTo: c, parallel: parallel)
    }
  }

  /// `c += d · transposed output weights`.
  func multiplyByOutput(
    _ d: MatrixRows, _ parameters: FloatBuffer, addingTo c: MatrixRows,
    parallel: Parallel
  ) {
    if let transposedOutput {
      kernels.multiply(d, by: transposedOutput, addingTo: c, parallel: parallel)
    } else {
      kernels.multiply(d, byTransposed: layout.outputMatrix(in: parameters), addingTo: c, parallel: parallel)
    }
  }
}
