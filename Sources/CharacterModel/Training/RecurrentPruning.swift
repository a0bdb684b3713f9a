/// Which recurrent weights may be other than zero: pruning takes more and more of them out while a model trains, those with
/// the smallest magnitudes first (Zhu and Gupta 2018). Steps leave zeros out (`SparseMatrix`).
///
/// Each sum keeps the same share of each bank of 64 units (Cao et al. 2019). A common threshold for all costs
/// more: where a sum's weights are small altogether, they matter no less to that sum.
struct RecurrentPruning: Sendable {
  private let layout: ParameterLayout
  /// For each layer a 1 for each weight of the packed matrix that may be other than 0, and a 0 for each that may not.
  private let masks: [FloatBuffer]
  /// Of each whole bank.
  private var kept = bankSize
  /// Whether a weight that is no padding may not be other than 0.
  private(set) var hasPruned: Bool

  private static let bankSize = 64

  /// Finds which weights of `parameters` are zero.
  init(of parameters: FloatBuffer, layout: ParameterLayout) {
    self.layout = layout
    masks = layout.layers.indices.map { index in
      let matrix = layout.hiddenMatrix(index, in: parameters)
      let mask = FloatBuffer(count: matrix.range.count)
      mask.mark(nonzerosOf: parameters, at: matrix.offset)
      return mask
    }
    let weights =
      layout.architecture.cell.gates * layout.architecture.hiddenSize * layout.architecture.hiddenSize
    hasPruned = masks.contains { $0.nonzeros(in: 0..<$0.count) < weights }
  }

  /// Leaves at most a share, 0...1, of each bank. The others become zero in all of `buffers`, of which the first decides.
  mutating func prune(to density: Double, in buffers: [FloatBuffer]) {
    let kept = Int((density * Double(Self.bankSize)).rounded(.up))
    guard kept < self.kept else { return }
    self.kept = kept
    hasPruned = true
    for layer in masks.indices {
      let matrix = layout.hiddenMatrix(layer, in: buffers[0])
      for column in 0..<matrix.outputs {
        for first in stride(from: 0, to: matrix.inputs, by: Self.bankSize) {
          let size = min(Self.bankSize, matrix.inputs - first)
          let bank = (first..<first + size).map { matrix.index(input: $0, output: column) }
          let order = bank.sorted {
            abs(buffers[0][matrix.offset + $0]) > abs(buffers[0][matrix.offset + $1])
          }
          for index in order[min(size, (size * kept + Self.bankSize - 1) / Self.bankSize)...] {
            masks[layer][index] = 0
          }
        }
      }
    }
    for buffer in buffers { clear(in: buffer) }
  }

  /// Makes the weights that may not be other than zero so in `buffer`, such as the gradients of the parameters.
  func clear(in buffer: FloatBuffer) {
    for layer in masks.indices { clear(layer, in: buffer) }
  }

  private func clear(_ layer: Int, in buffer: FloatBuffer) {
    buffer.multiply(at: layout.hiddenMatrix(layer, in: buffer).offset, by: masks[layer])
  }
}
