/// Where each parameter of a model lies in one buffer.
///
/// Gradients, Adam moments and averages use the same layout, so the optimiser is one pass over the buffers.
/// Rows are padded to whole panels with zeros, which stay zero: nothing flows through them.
struct ParameterLayout: Sendable, Equatable {
  struct Layer: Sendable, Equatable {
    /// Columns of the input: the embedding size for the first layer, the hidden size above.
    let inputSize: Int
    let inputWeights: Int
    let hiddenWeights: Int
    let inputBias: Int
    let hiddenBias: Int
  }

  let architecture: ModelArchitecture
  let vocabularySize: Int

  /// Padded units of a recurrent layer.
  let width: Int
  /// Padded sums a step of a recurrent layer: gates × width.
  let sums: Int
  /// Padded columns of an embedding row.
  let embeddingWidth: Int
  /// Padded columns of a row of logits.
  let outputWidth: Int

  let embedding: Int
  let layers: [Layer]
  let outputWeights: Int
  let outputBias: Int
  /// Floats in all.
  let count: Int

  init(architecture: ModelArchitecture, vocabularySize: Int) {
    precondition(architecture.isValid && vocabularySize > 0)
    self.architecture = architecture
    self.vocabularySize = vocabularySize
    width = paddedWidth(architecture.hiddenSize)
    sums = architecture.cell.gates * width
    embeddingWidth = paddedWidth(architecture.embeddingSize)
    outputWidth = paddedWidth(vocabularySize)

    var next = 0
    func take(_ size: Int) -> Int {
      defer { next += size }
      return next
    }
    embedding = take(vocabularySize * embeddingWidth)
    var layers: [Layer] = []
    for index in 0..<architecture.layers {
      let inputSize = index == 0 ? architecture.embeddingSize : architecture.hiddenSize
      layers.append(
        Layer(
          inputSize: inputSize, inputWeights: take(inputSize * sums),
          hiddenWeights: take(architecture.hiddenSize * sums), inputBias: take(sums), hiddenBias: take(sums)))
    }
    self.layers = layers
    outputWeights = take(architecture.hiddenSize * outputWidth)
    outputBias = take(outputWidth)
    count = next
  }

  func inputMatrix(_ layer: Int, in buffer: FloatBuffer) -> PackedMatrix {
    PackedMatrix(
      buffer: buffer, offset: layers[layer].inputWeights, inputs: layers[layer].inputSize, outputs: sums)
  }

  func hiddenMatrix(_ layer: Int, in buffer: FloatBuffer) -> PackedMatrix {
    PackedMatrix(
      buffer: buffer, offset: layers[layer].hiddenWeights, inputs: architecture.hiddenSize, outputs: sums)
  }

  func outputMatrix(in buffer: FloatBuffer) -> PackedMatrix {
    PackedMatrix(
      buffer: buffer, offset: outputWeights, inputs: architecture.hiddenSize, outputs: outputWidth)
  }

  func embeddingRows(in buffer: FloatBuffer) -> MatrixRows {
    MatrixRows(buffer: buffer, offset: embedding, rows: vocabularySize, stride: embeddingWidth)
  }

  /// Fills each row of `rows` with the sum of a layer's two biases.
  func fillWithBias(_ rows: MatrixRows, layer: Int, parameters: FloatBuffer, kernels: Kernels) {
    guard rows.rows > 0 else { return }
    precondition(rows.stride == sums)
    rows.buffer.copy(from: parameters, at: layers[layer].inputBias, to: rows.offset, count: sums)
    kernels.add(
      parameters, at: layers[layer].hiddenBias, to: rows.buffer, at: rows.offset, count: sums)
    rows.repeatFirstRow()
  }
}
