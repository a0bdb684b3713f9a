/// One tensor under the name and shape it has in PyTorch's state dictionary.
struct NamedTensor: Sendable {
  enum Storage: Sendable {
    case rows(offset: Int, stride: Int)
    case packed(offset: Int, gates: Int, outputs: Int)
    case vector(offset: Int, gates: Int, stride: Int)
  }

  let name: String
  /// Row-major; (rows, columns) or (length).
  let shape: [Int]
  let storage: Storage

  var elements: Int { shape.reduce(1, *) }

  func values(in buffer: FloatBuffer) -> [Float] {
    switch storage {
    case .rows(let offset, let stride):
      return buffer.unpadded(at: offset, rows: shape[0], columns: shape[1], stride: stride)
    case .packed(let offset, let gates, let outputs):
      let matrix = PackedMatrix(buffer: buffer, offset: offset, inputs: shape[1], outputs: outputs)
      return buffer.unpack(matrix, gates: gates, size: shape[0] / gates)
    case .vector(let offset, let gates, let stride):
      return buffer.unpadded(at: offset, rows: gates, columns: shape[0] / gates, stride: stride)
    }
  }

  func set(_ values: [Float], in buffer: FloatBuffer) {
    precondition(values.count == elements)
    switch storage {
    case .rows(let offset, let stride):
      buffer.replacePadded(at: offset, rows: shape[0], columns: shape[1], stride: stride, with: values)
    case .packed(let offset, let gates, let outputs):
      let matrix = PackedMatrix(buffer: buffer, offset: offset, inputs: shape[1], outputs: outputs)
      buffer.pack(values, into: matrix, gates: gates, size: shape[0] / gates)
    case .vector(let offset, let gates, let stride):
      buffer.replacePadded(
        at: offset, rows: gates, columns: shape[0] / gates, stride: stride, with: values)
    }
  }
}

extension ParameterLayout {
  /// Every parameter, in the order of PyTorch's state dictionary.
  var tensors: [NamedTensor] {
    let gates = architecture.cell.gates
    let hidden = architecture.hiddenSize
    var result = [
      NamedTensor(
        name: "embedding.weight", shape: [vocabularySize, architecture.embeddingSize],
        storage: .rows(offset: embedding, stride: embeddingWidth))
    ]
    for (index, layer) in layers.enumerated() {
      result += [
        NamedTensor(
          name: "rnn.weight_ih_l\(index)", shape: [gates * hidden, layer.inputSize],
          storage: .packed(offset: layer.inputWeights, gates: gates, outputs: sums)),
        NamedTensor(
          name: "rnn.weight_hh_l\(index)", shape: [gates * hidden, hidden],
          storage: .packed(offset: layer.hiddenWeights, gates: gates, outputs: sums)),
        NamedTensor(
          name: "rnn.bias_ih_l\(index)", shape: [gates * hidden],
          storage: .vector(offset: layer.inputBias, gates: gates, stride: width)),
        NamedTensor(
          name: "rnn.bias_hh_l\(index)", shape: [gates * hidden],
          storage: .vector(offset: layer.hiddenBias, gates: gates, stride: width)),
      ]
    }
    result += [
      NamedTensor(
        name: "linear.weight", shape: [vocabularySize, hidden],
        storage: .packed(offset: outputWeights, gates: 1, outputs: outputWidth)),
      NamedTensor(
        name: "linear.bias", shape: [vocabularySize],
        storage: .vector(offset: outputBias, gates: 1, stride: outputWidth)),
    ]
    return result
  }

  /// Parameters drawn as PyTorch's modules draw theirs: embeddings N(0, 1), all else uniform within
  /// ±1/√hidden size.
  func initialParameters(using random: inout RandomSource) -> FloatBuffer {
    let buffer = FloatBuffer(count: count)
    let bound = 1 / Float(architecture.hiddenSize).squareRoot()
    for tensor in tensors {
      let values: [Float] = (0..<tensor.elements).map { _ in
        tensor.name == "embedding.weight"
          ? Float(random.nextNormal()) : (2 * Float(random.nextUnit()) - 1) * bound
      }
      tensor.set(values, in: buffer)
    }
    return buffer
  }
}
