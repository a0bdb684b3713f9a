/// Why a score cannot become a MIDI file.
public enum ConversionError: Error, Hashable, Sendable {
  /// Repeats and parts come to more bars than any music has.
  case tooLong(bars: Int)
  /// More voices than MIDI has channels for.
  case tooManyVoices(Int)
}

extension ConversionError: CustomStringConvertible {
  /// A sentence for a musician.
  public var description: String {
    switch self {
    case .tooLong(let bars):
      "with all its repeats and parts this tune comes to more than \(bars) bars; check the numbers in 'P:' and the repeats"
    case .tooManyVoices(let count):
      "this tune has \(count) voices, and MIDI has channels for 15; remove some"
    }
  }
}
