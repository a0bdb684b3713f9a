import CharacterModel

/// Why no tune can be written.
public enum GenerationError: Error, Equatable, Sendable {
  /// The model cannot read the prime.
  case model(CharacterModelError)
  /// The prime, or what is asked of the header, cannot begin a clean tune.
  case impossibleBeginning
  /// A field of the header that is asked for cannot be understood.
  case impossibleWish(field: Character, value: String)
  /// The prime has another value for a field of the header than is asked for.
  case contradictsPrime(field: Character, value: String)
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
      "no clean tune begins so: --prime must be plain music in ABC whose bars add up, with X:, T:, M: and L: before K:; "
        + "see it with 'hornpipe validate', or write on with --unconstrained"
    case .impossibleWish(let field, let value):
      "no tune can have the line '\(field):\(value)'; ask for another"
    case .contradictsPrime(let field, let value):
      "'\(field):\(value)' is asked for, but the beginning in --prime says otherwise; leave one of them out"
    case .tooShort(let maximumLength):
      "no clean tune ends within \(maximumLength) characters from there; allow more with --max-length"
    case .notInNormalForm:
      "bars can be replaced only in a tune that is written plainly: one melody, every repeat opened by '|:', bars that add up "
        + "as they are played, no remarks or fields amid the music; 'hornpipe corpus prepare' writes tunes so"
    case .noSuchBars(let count): "the tune has bars 1 to \(count), a pickup not counted"
    case .barsAcrossStrains:
      "repeats, endings or a double bar stand among those bars; replace the bars of one strain"
    }
  }
}
