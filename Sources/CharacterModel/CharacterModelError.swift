/// What can go wrong with a model file, a configuration, a corpus or a training run.
public enum CharacterModelError: Error, Equatable, Sendable {
  /// A file operation failed. `operation` is "read" or "write".
  case file(operation: String, path: String, reason: String)
  /// The bytes of `source` are not a model: what is wrong, and at which byte.
  case malformedModel(source: String, byteOffset: Int, reason: String)
  /// A training configuration that is not JSON, or a key with a value that cannot be used.
  case configuration(key: String, found: String, expected: String)
  /// A vocabulary that cannot be used.
  case vocabulary(reason: String)
  /// A character that the model's vocabulary lacks, `offset` characters into the text.
  case unknownCharacter(String, offset: Int)
  /// No tune has more than `minimumLength` characters.
  case noTrainableTunes(minimumLength: Int)
  /// The loss became infinite, not a number, or absurdly large (nats a character).
  case diverged(epoch: Int, update: Int, loss: Double)
  /// A checkpoint that does not belong to this corpus.
  case checkpointMismatch(reason: String)
}

extension CharacterModelError: CustomStringConvertible {
  /// A sentence a user can act on.
  public var description: String {
    switch self {
    case .file(let operation, let path, let reason):
      return "cannot \(operation) \(path): \(reason)"
    case .malformedModel(let source, let byteOffset, let reason):
      return "\(source) is not a usable model: \(reason) (byte \(byteOffset))"
    case .configuration(let key, let found, let expected):
      return key.isEmpty
        ? "the configuration is \(found); expected \(expected)"
        : "the configuration's \"\(key)\" is \(found); expected \(expected)"
    case .vocabulary(let reason):
      return "unusable vocabulary: \(reason)"
    case .unknownCharacter(let character, let offset):
      let code = character.unicodeScalars.map { "U+" + String($0.value, radix: 16, uppercase: true) }
      return "the model does not know the character \(code.joined(separator: " ")) "
        + "(number \(offset + 1) of the text)"
    case .noTrainableTunes(let minimumLength):
      return "nothing to train on: no tune has more than \(minimumLength) characters"
    case .diverged(let epoch, let update, let loss):
      return "training diverged in epoch \(epoch), update \(update) (loss \(loss)); "
        + "a lower learning rate or gradient clipping helps"
    case .checkpointMismatch(let reason):
      return "the checkpoint does not fit: \(reason)"
    }
  }
}
