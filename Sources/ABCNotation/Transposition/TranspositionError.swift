/// Why a text cannot be transposed.
public enum TranspositionError: Error, Equatable, Sendable {
  /// The key to go to is no key with a tonic.
  case unknownKey(String)
  /// An interval that no instrument spans.
  case intervalTooLarge(semitones: Int)
  /// A tune without a tonic cannot be moved to a key; only by a number of semitones.
  case noTonic(tune: String, line: Int)
  /// A note would come to lie below or above all MIDI notes.
  case outOfRange(tune: String, line: Int)
  /// The new text would not sound as it should, so none is given.
  case unfaithful(tune: String, line: Int)

  /// One sentence for a musician, without a full stop.
  public var message: String {
    switch self {
    case .unknownKey(let key):
      "'\(key)' is no key to transpose to; name one such as D, Bb, F#m or Ador"
    case .intervalTooLarge(let semitones):
      "no instrument spans \(semitones) semitones; give a number between -127 and 127"
    case .noTonic(let tune, let line):
      "\(tune) (line \(line)) is written without a tonic, so it cannot be moved to a key; "
        + "give a number of semitones instead"
    case .outOfRange(let tune, let line):
      "in \(tune), a note on line \(line) would be out of reach of any instrument (and of MIDI); "
        + "choose a smaller interval"
    case .unfaithful(let tune, let line):
      "\(tune) cannot be transposed: from line \(line) on, the notation is too unusual, or too broken, "
        + "for the notes to be sure to sound as they should"
    }
  }
}

extension TranspositionError: CustomStringConvertible {
  /// The message.
  public var description: String { message }
}
