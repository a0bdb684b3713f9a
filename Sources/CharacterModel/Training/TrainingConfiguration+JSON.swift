extension TrainingConfiguration {
  /// Reads a JSON configuration: the paper's own files as they are, or ours, whose further keys change what
  /// the paper leaves fixed. A key that is absent keeps the paper's value, or with `"recipe": "streams"` that
  /// of `TrainingConfiguration.best`; the embedding is as wide as the hidden layer unless `embedding_size`
  /// says otherwise.
  ///
  /// - Returns: the configuration, and a sentence for each key that was ignored.
  /// - Throws: `CharacterModelError.configuration`, naming the key, what was found and what is expected.
  public static func read(
    json bytes: [UInt8]
  ) throws(CharacterModelError) -> (configuration: TrainingConfiguration, notes: [String]) {
    let value: JSONValue
    do { value = try JSONReader.read(bytes[...]) } catch {
      let line = bytes[..<error.byteOffset].count { $0 == 0x0A } + 1
      throw .configuration(
        key: "", found: "not JSON: line \(line) (byte \(error.byteOffset)): \(error.reason)",
        expected: "a JSON object")
    }
    guard let members = value.members else {
      throw .configuration(key: "", found: "not a JSON object", expected: "a JSON object")
    }
    return try read(members: members)
  }

  static func read(
    members: [JSONValue.Member]
  ) throws(CharacterModelError) -> (configuration: TrainingConfiguration, notes: [String]) {
    let isStreams = members.contains { $0.name == "recipe" && $0.value.text?.lowercased() == "streams" }
    var configuration = isStreams ? TrainingConfiguration.best : .paper
    // A file says itself whether the model is calibrated: those written before there was a key for it mean a plain model.
    configuration.calibrates = false
    var notes: [String] = []
    for member in members {
      if let key = keys.first(where: { $0.name == member.name }) {
        guard key.read(member.value, &configuration) else {
          throw .configuration(key: key.name, found: member.value.description, expected: key.expected)
        }
      } else if let reason = ignoredKeys[member.name] {
        notes.append("\"\(member.name)\" is ignored: \(reason)")
      } else {
        notes.append("\"\(member.name)\" is ignored: it is not a key of a training configuration")
      }
    }
    let names = Set(members.map(\.name))
    if !names.contains("embedding_size"), !isStreams || names.contains("hidden_size") {
      configuration.architecture.embeddingSize = configuration.architecture.hiddenSize
    }
    return (configuration, notes)
  }

  /// The configuration as the JSON that `read(json:)` reads back to the same.
  public var json: String { jsonValue.description }

  /// Checks every value, such as those that a program has set.
  ///
  /// Throws `CharacterModelError.configuration`, naming the key, what was found and what is expected.
  public func validate() throws(CharacterModelError) {
    _ = try Self.read(members: jsonValue.members ?? [])
  }

  var jsonValue: JSONValue {
    .object(
      Self.keys.map { key in JSONValue.Member(key.name, key.write(self) ?? .null) })
  }
}
