/// The first layer's input product as a table: a row of sums (embedding · W_ih + both biases) for each
/// character that a window uses, computed once a window instead of once a position.
final class CharacterTable: Sendable {
  private let layout: ParameterLayout
  private let kernels: Kernels
  private let embeddings: MatrixRows
  private let embeddingGradients: MatrixRows
  let sums: MatrixRows

  init(layout: ParameterLayout, kernels: Kernels) {
    self.layout = layout
    self.kernels = kernels
    func rows(_ stride: Int) -> MatrixRows {
      let count = layout.vocabularySize
      return MatrixRows(buffer: FloatBuffer(count: count * stride), offset: 0, rows: count, stride: stride)
    }
    embeddings = rows(layout.embeddingWidth)
    embeddingGradients = rows(layout.embeddingWidth)
    sums = rows(layout.sums)
  }

  /// Characters in use, and for each its row of the table.
  struct Rows: Sendable {
    let characters: [Int32]
    fileprivate let rowOfCharacter: [Int32]

    init(window: LaneWindow, vocabularySize: Int) {
      var rowOfCharacter = [Int32](repeating: -1, count: vocabularySize)
      var characters: [Int32] = []
      for character in window.inputs where rowOfCharacter[Int(character)] < 0 {
        rowOfCharacter[Int(character)] = Int32(characters.count)
        characters.append(character)
      }
      self.characters = characters
      self.rowOfCharacter = rowOfCharacter
    }

    init(allOf vocabularySize: Int) {
      characters = Array(0..<Int32(vocabularySize))
      rowOfCharacter = characters
    }
  }

  /// Computes the rows of the table.
  func compute(_ rows: Rows, parameters: FloatBuffer, parallel: Parallel) {
    let source = layout.embeddingRows(in: parameters)
    parallel.forEachBlock(of: 0..<rows.characters.count, blockSize: 24) { [self] block in
      for row in block {
        embeddings.buffer.copy(
          from: source.buffer, at: source.offset + Int(rows.characters[row]) * source.stride,
          to: row * embeddings.stride, count: source.stride)
      }
      let target = sums.dropFirst(block.lowerBound, taking: block.count)
      layout.fillWithBias(target, layer: 0, parameters: parameters, kernels: kernels)
      kernels.multiply(
        embeddings.dropFirst(block.lowerBound, taking: block.count),
        by: layout.inputMatrix(0, in: parameters), addingTo: target)
    }
  }

  /// Copies the row of each character to a row of `target`.
  func look(up characters: ArraySlice<Int32>, in rows: Rows, into target: MatrixRows) {
    precondition(characters.count == target.rows && target.stride == sums.stride)
    var offset = target.offset
    for character in characters {
      let row = Int(rows.rowOfCharacter[Int(character)])
      target.buffer.copy(from: sums.buffer, at: row * sums.stride, to: offset, count: sums.stride)
      offset += target.stride
    }
  }

  /// Where the rows of characters begin in the buffer of `sums`.
  func starts(of characters: ArraySlice<Int32>, in rows: Rows) -> [Int] {
    characters.map { Int(rows.rowOfCharacter[Int($0)]) * sums.stride }
  }

  /// Adds the gradient of each position's sums to its character's row of `gradients`, laid out as the table.
  func scatter(
    gradientsOf sumGradients: MatrixRows, for characters: [Int32], in rows: Rows, to gradients: FloatBuffer
  ) {
    var offset = sumGradients.offset
    for character in characters {
      let row = Int(rows.rowOfCharacter[Int(character)])
      kernels.add(
        sumGradients.buffer, at: offset, to: gradients, at: row * sums.stride, count: sums.stride)
      offset += sumGradients.stride
    }
  }

  /// Takes the table's gradient on to the embedding, W_ih and both biases, and clears it.
  func backward(
    _ rows: Rows, tableGradients: FloatBuffer, parameters: FloatBuffer, gradients: FloatBuffer,
    parallel: Parallel
  ) {
    let count = rows.characters.count
    let table = MatrixRows(buffer: tableGradients, offset: 0, rows: count, stride: sums.stride)
    kernels.addRows(of: table, to: gradients, at: layout.layers[0].inputBias)
    kernels.addRows(of: table, to: gradients, at: layout.layers[0].hiddenBias)
    kernels.accumulateProduct(
      ofTransposed: embeddings.dropFirst(0, taking: count), and: table,
      into: layout.inputMatrix(0, in: gradients), parallel: parallel)
    let target = embeddingGradients.dropFirst(0, taking: count)
    target.fillWithZeros()
    kernels.multiply(
      table, byTransposed: layout.inputMatrix(0, in: parameters), addingTo: target, parallel: parallel)
    for (row, character) in rows.characters.enumerated() {
      kernels.add(
        target.buffer, at: row * target.stride, to: gradients,
        at: layout.embedding + Int(character) * layout.embeddingWidth, count: layout.embeddingWidth)
    }
    table.fillWithZeros()
  }
}
