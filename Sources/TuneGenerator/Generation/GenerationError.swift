import CharacterModel

/// Why no tune can be written.
public enum GenerationError: Error, Equatable, Sendable {
  /// The model cannot read the prime.
  case model(CharacterModelError)
  /// The prime, or what is asked of the header, cannot begin a clean tune.
  case impossibleBeginning
  /// No clean tune that goes on from the prime has so few characters.
  case tooShort(maximumLength: Int)
  /// A tune of which bars are to be replaced cannot be written in normal form.
  case notInNormalForm
  /// It has only so many bars.
  case noSuchBars(count: Int)
  /// The bars to be replaced are not all of one strain.
  case barsAcrossStrains
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
    case .notInNormalForm:
      "the tune is not one melody whose bars add up, so that none of them can be replaced; see it with 'hornpipe validate'"
    case .noSuchBars(let count): "the tune has bars 1 to \(count), a pickup not counted"
    case .barsAcrossStrains:
      "repeats, endings or a double bar stand among those bars; replace the bars of one strain"
    }
  }
}
