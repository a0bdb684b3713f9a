/// The metadata strings every model file has.
enum ModelMetadata {
  static let format = "hornpipe.format"
  static let vocabulary = "hornpipe.vocabulary"
  static let model = "hornpipe.model"
  /// Present in checkpoints only.
  static let checkpoint = "hornpipe.checkpoint"

  static func strings(
    vocabulary: Vocabulary, architecture: ModelArchitecture
  ) -> [(name: String, value: String)] {
    let model = JSONValue.object([
      .init("model_type", .string(architecture.cell.rawValue)),
      .init("layers", .number(Double(architecture.layers))),
      .init("embedding_size", .number(Double(architecture.embeddingSize))),
      .init("hidden_size", .number(Double(architecture.hiddenSize))),
      .init("dropout", .number(Double(architecture.dropout.description) ?? 0)),
    ])
    return [
      (format, "1"),
      (Self.vocabulary, JSONValue.array(vocabulary.entries.map { .string($0) }).description),
      (Self.model, model.description),
    ]
  }

  /// Reads the vocabulary and the architecture.
  static func read(
    _ file: Safetensors
  ) throws(CharacterModelError) -> (vocabulary: Vocabulary, architecture: ModelArchitecture) {
    let version = try file.metadata(format)
    guard version.text == "1" else {
      throw file.malformed(
        version.byteOffset, "its \(format) is \"\(version.text)\"; this program reads \"1\"")
    }
    return (try readVocabulary(file), try readArchitecture(file))
  }

  private static func readVocabulary(_ file: Safetensors) throws(CharacterModelError) -> Vocabulary {
    let (text, byteOffset) = try file.metadata(vocabulary)
    guard let elements = (try? JSONReader.read(text))?.elements else {
      throw file.malformed(byteOffset, "its \(vocabulary) is not a JSON array")
    }
    let entries = elements.compactMap(\.text)
    guard entries.count == elements.count else {
      throw file.malformed(byteOffset, "its \(vocabulary) is not an array of strings")
    }
    do { return try Vocabulary(entries: entries) } catch {
      throw file.malformed(byteOffset, "\(error)")
    }
  }

  private static func readArchitecture(_ file: Safetensors) throws(CharacterModelError) -> ModelArchitecture {
    let (text, byteOffset) = try file.metadata(model)
    guard let value = try? JSONReader.read(text), value.members != nil else {
      throw file.malformed(byteOffset, "its \(model) is not a JSON object")
    }
    guard let name = value["model_type"]?.text, let cell = CellKind(rawValue: name.lowercased()) else {
      throw file.malformed(byteOffset, "its model_type is not \"lstm\" or \"rnn\"")
    }
    guard let layers = value["layers"]?.integer, let embeddingSize = value["embedding_size"]?.integer,
      let hiddenSize = value["hidden_size"]?.integer
    else { throw file.malformed(byteOffset, "its \(model) lacks layers, embedding_size or hidden_size") }
    let architecture = ModelArchitecture(
      cell: cell, layers: layers, embeddingSize: embeddingSize, hiddenSize: hiddenSize,
      dropout: Float(value["dropout"]?.double ?? 0))
    guard architecture.isValid else {
      throw file.malformed(byteOffset, "its \(model) has sizes out of range")
    }
    return architecture
  }
}
