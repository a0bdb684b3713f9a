/// Checkpoints: all that a run needs to go on exactly as if it had not stopped, in one safetensors file. The
/// parameters have the names of a model file; moments, average and lane states stand beside them.
extension Trainer {
  private static let firstMoment = "adam.first_moment."
  private static let secondMoment = "adam.second_moment."
  private static let average = "average."
  private static let laneStates = "lane_states"

  /// Writes a checkpoint, whole or not at all; between updates, also within an epoch.
  ///
  /// Throws `CharacterModelError.file`.
  public func writeCheckpoint(to path: String) throws(CharacterModelError) {
    var tensors: [(name: String, shape: [Int], values: [Float])] = []
    func append(_ buffer: FloatBuffer, prefix: String) {
      tensors += layout.tensors.map { (prefix + $0.name, $0.shape, $0.values(in: buffer)) }
    }
    append(parameters, prefix: "")
    append(optimizer.firstMoments, prefix: Self.firstMoment)
    append(optimizer.secondMoments, prefix: Self.secondMoment)
    if let average = optimizer.average { append(average, prefix: Self.average) }
    let states = gradients.laneStates
    tensors.append((Self.laneStates, [states.count], states))
    let metadata =
      ModelMetadata.strings(vocabulary: vocabulary, architecture: layout.architecture)
      + [(ModelMetadata.checkpoint, position.description)]
    try FileAccess.write(Safetensors.file(tensors: tensors, metadata: metadata, type: .float32), to: path)
  }

  /// A trainer that goes on from a checkpoint, with the configuration it was started with.
  ///
  /// - Parameters:
  ///   - epochs: another number of epochs; nil keeps the configuration's.
  ///   - threads: another number of threads; nil keeps the configuration's.
  ///   - encode: gives the corpus for the checkpoint's vocabulary and configuration; its training tunes are those of the run.
  /// - Throws: `CharacterModelError.file`, `.malformedModel`, or `.checkpointMismatch` when the tunes are not
  ///   those of the run; whatever `encode` throws.
  public static func resume(
    from path: String, epochs: Int? = nil, threads: Int? = nil,
    encode: (Vocabulary, TrainingConfiguration) throws(CharacterModelError) -> TrainingCorpus
  ) throws(CharacterModelError) -> Trainer {
    let file = try Safetensors(bytes: try FileAccess.read(path), source: path)
    guard file.metadata.contains(where: { $0.name == ModelMetadata.checkpoint }) else {
      throw file.malformed(8, "it is not a checkpoint")
    }
    let (text, byteOffset) = try file.metadata(ModelMetadata.checkpoint)
    let (vocabulary, architecture) = try ModelMetadata.read(file)
    guard let position = try? JSONReader.read(text), let members = position["configuration"]?.members,
      var configuration = try? TrainingConfiguration.read(members: members).configuration,
      configuration.architecture == architecture
    else { throw file.malformed(byteOffset, "its \(ModelMetadata.checkpoint) has no configuration") }
    configuration.epochs = epochs ?? configuration.epochs
    configuration.threads = threads ?? configuration.threads

    let corpus = try encode(vocabulary, configuration)
    guard position["corpus"]?.text == fingerprint(of: corpus.texts) else {
      throw .checkpointMismatch(reason: "\(path) belongs to another training text")
    }
    let trainer = try Trainer(
      configuration: configuration, vocabulary: vocabulary, corpus: corpus)
    guard trainer.restore(position) else {
      throw file.malformed(byteOffset, "its \(ModelMetadata.checkpoint) is damaged")
    }
    try trainer.readTensors(of: file)
    return trainer
  }

  private func readTensors(of file: Safetensors) throws(CharacterModelError) {
    try file.read(layout.tensors, prefix: "", into: parameters)
    try file.read(layout.tensors, prefix: Self.firstMoment, into: optimizer.firstMoments)
    try file.read(layout.tensors, prefix: Self.secondMoment, into: optimizer.secondMoments)
    if let average = optimizer.average {
      try file.read(layout.tensors, prefix: Self.average, into: average)
    }
    let tensor = try file.tensor(Self.laneStates)
    let states = try file.values(of: tensor)
    guard states.count == gradients.laneStates.count else {
      throw file.malformed(tensor.range.lowerBound, "its lane states do not fit the configuration")
    }
    gradients.laneStates = states
  }

  /// A hash (64-bit FNV-1a) that tells one training text from another.
  static func fingerprint(of tunes: [[Int32]]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func mix(_ word: UInt64) { hash = (hash ^ word) &* 0x100_0000_01B3 }
    for tune in tunes {
      mix(UInt64(tune.count) | 1 << 63)
      for character in tune { mix(UInt64(UInt32(bitPattern: character))) }
    }
    return String(hash, radix: 16)
  }
}
