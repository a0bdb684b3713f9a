/// How a model file stores its numbers.
public enum ModelPrecision: Sendable {
  /// 32-bit floats: the model exactly.
  case float32
  /// 16-bit floats: half the size, rounded to 11 significant bits.
  case float16
}

extension RecurrentModel {
  /// Reads a model file (safetensors, the names and shapes of PyTorch's state dictionary).
  ///
  /// Throws `CharacterModelError.file` or `.malformedModel`.
  public convenience init(contentsOf path: String) throws(CharacterModelError) {
    try self.init(bytes: try FileAccess.read(path), source: path)
  }

  /// Reads a model file's bytes, such as an array or an `UnsafeRawBufferPointer`, which are copied. `source`
  /// names them in errors.
  ///
  /// Throws `CharacterModelError.malformedModel` with the byte offset in it.
  public convenience init(
    bytes: some Sequence<UInt8>, source: String = "the model"
  ) throws(CharacterModelError) {
    let file = try Safetensors(bytes: Array(bytes), source: source)
    if let member = file.metadata.first(where: { $0.name == ModelMetadata.checkpoint }) {
      throw file.malformed(member.byteOffset, "it is the checkpoint of an unfinished training run")
    }
    let (vocabulary, architecture) = try ModelMetadata.read(file)
    try Self.checkSizes(of: architecture, vocabularySize: vocabulary.count, in: file)
    let layout = ParameterLayout(architecture: architecture, vocabularySize: vocabulary.count)
    let parameters = FloatBuffer(count: layout.count)
    try file.read(layout.tensors, prefix: "", into: parameters)
    if let extra = file.tensors.first(where: { tensor in !layout.tensors.contains { $0.name == tensor.name } }
    ) {
      throw file.malformed(
        extra.range.lowerBound, "it also holds the tensor \(extra.name), which this program does not know")
    }
    let known = Set(ModelMetadata.strings(vocabulary: vocabulary, architecture: architecture).map(\.name))
    let metadata = file.metadata.filter { !known.contains($0.name) }
    self.init(
      vocabulary: vocabulary, layout: layout, parameters: parameters,
      metadata: Dictionary(
        metadata.map { ($0.name, $0.value.text ?? "") }, uniquingKeysWith: { first, _ in first }))
  }

  /// Stops before memory is set aside for sizes that the file only claims.
  private static func checkSizes(
    of architecture: ModelArchitecture, vocabularySize: Int, in file: Safetensors
  ) throws(CharacterModelError) {
    let expected = [
      ("embedding.weight", [vocabularySize, architecture.embeddingSize]),
      (
        "rnn.weight_hh_l\(architecture.layers - 1)",
        [architecture.cell.gates * architecture.hiddenSize, architecture.hiddenSize]
      ),
    ]
    for (name, shape) in expected {
      let tensor = try file.tensor(name)
      guard tensor.shape == shape else {
        throw file.malformed(
          tensor.range.lowerBound, "tensor \(name) has the shape \(tensor.shape), the model needs \(shape)")
      }
    }
  }

  /// The model file's bytes.
  public func fileBytes(precision: ModelPrecision = .float32) -> [UInt8] {
    let strings = ModelMetadata.strings(vocabulary: vocabulary, architecture: architecture)
    let names = Set(strings.map(\.name))
    let further = metadata.filter { !names.contains($0.key) }.sorted { $0.key < $1.key }
    return Safetensors.file(
      tensors: layout.tensors.map { ($0.name, $0.shape, $0.values(in: parameters)) },
      metadata: strings + further.map { ($0.key, $0.value) },
      type: precision == .float32 ? .float32 : .float16)
  }

  /// Writes the model file, whole or not at all.
  ///
  /// Throws `CharacterModelError.file`.
  public func write(to path: String, precision: ModelPrecision = .float32) throws(CharacterModelError) {
    try FileAccess.write(fileBytes(precision: precision), to: path)
  }
}

extension Safetensors {
  func tensor(_ name: String) throws(CharacterModelError) -> Tensor {
    guard let tensor = tensors.first(where: { $0.name == name }) else {
      throw malformed(8, "it has no tensor \(name)")
    }
    return tensor
  }

  /// Reads each of `named`, its name preceded by `prefix`, into `buffer`.
  func read(_ named: [NamedTensor], prefix: String, into buffer: FloatBuffer) throws(CharacterModelError) {
    for entry in named {
      let tensor = try tensor(prefix + entry.name)
      guard tensor.shape == entry.shape else {
        throw malformed(
          tensor.range.lowerBound,
          "tensor \(tensor.name) has the shape \(tensor.shape), the model needs \(entry.shape)")
      }
      entry.set(try values(of: tensor), in: buffer)
    }
  }
}
