/// Why a score cannot become a MIDI file.
public enum ConversionError: Error, Hashable, Sendable {
  /// Repeats and parts come to more bars than any music has.
  case tooLong(bars: Int)
  /// The order of play in `P:` comes to more parts than any tune has.
  case tooManyParts
  /// More voices than MIDI has channels for.
  case tooManyVoices(Int)
}

extension ConversionError: CustomStringConvertible {
  /// A sentence for a musician.
  public var description: String {
    switch self {
    case .tooLong(let bars):
      "with all its repeats and parts this tune comes to more than \(bars) bars; check the numbers in 'P:' and the repeats"
    case .tooManyParts:
      "the order of play in 'P:' comes to more than 1000 parts; check its numbers"
    case .tooManyVoices(let count):
      "this tune has \(count) voices of more instruments than MIDI has channels for, which are 15; remove some, or let some share a program"
    }
  }
}
