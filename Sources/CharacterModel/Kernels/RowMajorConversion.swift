/// Conversion between the padded, packed storage of the kernels and plain row-major tensors.
extension FloatBuffer {
  /// Reads a packed matrix as `gates` blocks of `size` rows and `inputs` columns, PyTorch's (G·H, K).
  func unpack(_ matrix: PackedMatrix, gates: Int, size: Int) -> [Float] {
    let blockWidth = matrix.outputs / gates
    var result = [Float](repeating: 0, count: gates * size * matrix.inputs)
    let source = unsafe pointer(to: matrix.range)
    for gate in 0..<gates {
      for unit in 0..<size {
        let first = Self.packedIndex(column: gate * blockWidth + unit, inputs: matrix.inputs)
        let row = (gate * size + unit) * matrix.inputs
        for input in 0..<matrix.inputs {
          result[row + input] = unsafe source[first + input * paddedWidth(1)]
        }
      }
    }
    return result
  }

  /// The inverse of `unpack`; padding is left as it is.
  func pack(_ values: [Float], into matrix: PackedMatrix, gates: Int, size: Int) {
    precondition(values.count == gates * size * matrix.inputs)
    let blockWidth = matrix.outputs / gates
    let target = unsafe pointer(to: matrix.range)
    for gate in 0..<gates {
      for unit in 0..<size {
        let first = Self.packedIndex(column: gate * blockWidth + unit, inputs: matrix.inputs)
        let row = (gate * size + unit) * matrix.inputs
        for input in 0..<matrix.inputs {
          unsafe target[first + input * paddedWidth(1)] = values[row + input]
        }
      }
    }
  }

  /// Reads `rows` rows of `columns` used floats, `stride` apart.
  func unpadded(at offset: Int, rows: Int, columns: Int, stride: Int) -> [Float] {
    (0..<rows).flatMap { values(offset + $0 * stride..<offset + $0 * stride + columns) }
  }

  /// The inverse of `unpadded`.
  func replacePadded(at offset: Int, rows: Int, columns: Int, stride: Int, with values: [Float]) {
    precondition(values.count == rows * columns)
    for row in 0..<rows {
      replace(at: offset + row * stride, with: values[row * columns..<(row + 1) * columns])
    }
  }

  private static func packedIndex(column: Int, inputs: Int) -> Int {
    let panel = paddedWidth(1)
    return column / panel * panel * inputs + column % panel
  }
}
