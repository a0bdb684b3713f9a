import CKernels

/// A weight matrix without its zeros, laid out as `lstm_sparse` in `CKernels.h` describes.
struct SparseMatrix: Sendable {
  let weights: FloatBuffer
  /// The input of each weight, counted from the first of its bank of `CK_SPARSE_DEPTH`.
  let inputsInBank: [UInt8]
  /// Where the weights of each bank of each column begin; one more, their number, at the end.
  let starts: [Int32]
  let inputs: Int
  let outputs: Int

  /// `matrix` without its zeros.
  init(_ matrix: PackedMatrix) {
    inputs = matrix.inputs
    outputs = matrix.outputs
    let panel = paddedWidth(1)
    weights = FloatBuffer(count: matrix.buffer.nonzeros(in: matrix.range))
    var inputsInBank: [UInt8] = []
    inputsInBank.reserveCapacity(weights.count)
    var starts: [Int32] = [0]
    for first in stride(from: 0, to: matrix.outputs, by: panel) {
      for bank in stride(from: 0, to: matrix.inputs, by: Self.bankSize) {
        for column in first..<first + panel {
          for input in bank..<min(bank + Self.bankSize, matrix.inputs) {
            let weight = matrix.buffer[matrix.offset + matrix.index(input: input, output: column)]
            if weight == 0 { continue }
            weights[inputsInBank.count] = weight
            inputsInBank.append(UInt8(input - bank))
          }
          starts.append(Int32(inputsInBank.count))
        }
      }
    }
    self.inputsInBank = inputsInBank
    self.starts = starts
  }

  private static let bankSize = Int(CK_SPARSE_DEPTH)

  /// Memory that a step needs.
  var scratchSize: Int {
    let width = paddedWidth(inputs)
    return (width + Self.bankSize - 1) / Self.bankSize * Self.bankSize * Int(CK_SPARSE_LANES)
  }
}

extension Kernels {
  /// One LSTM step, as `multiply` and `stepLSTM` with the matrix that still has its zeros.
  ///
  /// - Parameters:
  ///   - sums: where the sums start from, a row for each of `rows`, which begin at these places.
  ///   - cell: moves on, as does `hidden`.
  ///   - scratch: memory of `weights.scratchSize`.
  func stepLSTM(
    from sums: FloatBuffer, rows: [Int], by weights: SparseMatrix, cell: MatrixRows, hidden: MatrixRows,
    scratch: FloatBuffer
  ) {
    let width = hidden.stride
    precondition(weights.outputs == 4 * width && weights.inputs <= width && rows.count == hidden.rows)
    precondition(cell.range.count == hidden.range.count)
    let starts = unsafe rows.map {
      unsafe UnsafePointer(sums.pointer(to: $0..<$0 + weights.outputs)) as Optional
    }
    unsafe starts.withUnsafeBufferPointer { rows in
      unsafe weights.inputsInBank.withUnsafeBufferPointer { inputs in
        unsafe weights.starts.withUnsafeBufferPointer { starts in
          unsafe table.pointee.lstm_sparse(
            rows.baseAddress, weights.weights.pointer(to: 0..<weights.weights.count), inputs.baseAddress,
            starts.baseAddress, cell.buffer.pointer(to: cell.range), hidden.buffer.pointer(to: hidden.range),
            hidden.rows, weights.inputs, width, scratch.pointer(to: 0..<weights.scratchSize))
        }
      }
    }
  }
}
