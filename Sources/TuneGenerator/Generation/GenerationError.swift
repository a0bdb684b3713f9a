import CharacterModel

/// Why no tune can be written.
public enum GenerationError: Error, Equatable, Sendable {
  /// The model cannot read the prime.
  case model(CharacterModelError)
  /// The prime, or what is asked of the header, cannot begin a clean tune.
  case impossibleBeginning
  /// No clean tune that goes on from the prime has so few characters.
  case tooShort(maximumLength: Int)
}

extension GenerationError: CustomStringConvertible {
  /// A sentence a user can act on.
  public var description: String {
    switch self {
    case .model(let error): error.description
    case .impossibleBeginning:
      "what is asked for cannot begin a clean tune; see it with 'hornpipe validate', or write on with --unconstrained"
    case .tooShort(let maximumLength):
      "no clean tune ends within \(maximumLength) characters from there; allow more with --max-length"
    }
  }
}
