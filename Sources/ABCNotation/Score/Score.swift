/// What a tune says: its header, and for each voice its bars with every note's onset, length and pitch.
///
/// Lengths and onsets are in whole notes. Nothing is unfolded: repeats, endings and parts stand as written.
public struct Score: Sendable {
  /// A field of the header or body as it was written.
  public struct Field: Sendable {
    /// The letter before the colon.
    public let letter: Character
    /// What follows, without blanks at either end, escapes such as `\'e` resolved, continuation lines joined.
    public var value: String
    /// The bytes of the value.
    public var range: Range<Int>
  }

  /// An instruction to programs: a `%%` line or an `I:` field (ABC 2.1, 3.1.17 and section 11).
  public struct Directive: Hashable, Sendable {
    /// The first word: `MIDI`, `score`, `linebreak`.
    public let name: String
    /// What follows it, without blanks at either end.
    public let value: String
    /// Its bytes.
    public let range: Range<Int>
  }

  /// The bytes of the tune in its file.
  public var range: Range<Int>
  /// The number in `X:`, if it is one.
  public var referenceNumber: Int?
  /// The header fields in their order, those of the file header first.
  public var header: [Field] = []
  /// The directives of file header and tune header, in order. Those of the body are changes of a voice.
  public var directives: [Directive] = []
  /// The words that are printed below the tune: the `W:` fields of header and body.
  public var words: [String] = []
  /// The version of ABC that the file or the tune asks for: `2.1`.
  public var version: String?
  /// The meter at the start.
  public var meter: Meter = .free
  /// The unit note length at the start.
  public var unitLength = Fraction(1, 8)
  /// The tempo of the header.
  public var tempo: Tempo?
  /// The key at the start.
  public var key: Key = .none
  /// The order of play that a `P:` of the header gives, one label a part, groups and counts written out.
  public var partOrder: [Character]?
  /// Whether that `P:` comes to so many parts that ``partOrder`` does not hold them.
  public var hasEndlessPartOrder = false
  /// The voices that have music, in the order in which they first appear.
  public var voices: [Voice] = []

  /// The values of a header field, in order.
  public func values(of letter: Character) -> [String] {
    header.filter { $0.letter == letter }.map(\.value)
  }

  /// The first title.
  public var title: String? { header.first { $0.letter == "T" && !$0.value.isEmpty }?.value }

  /// The first value of a header field.
  public func firstValue(of letter: Character) -> String? { header.first { $0.letter == letter }?.value }

  /// The number of sounding notes as written, each note of a chord counted, grace notes not.
  public var noteCount: Int {
    voices.reduce(0) { $0 + $1.events.reduce(0) { $0 + $1.notes.count } }
  }
}

/// A change within the music.
public struct ScoreChange: Sendable {
  /// What changes.
  public enum Kind: Sendable {
    /// A new tempo.
    case tempo(Tempo)
    /// A new key.
    case key(Key)
    /// A new meter.
    case meter(Meter)
    /// An instruction to programs.
    case directive(Score.Directive)
  }

  /// Where in the bar, in whole notes.
  public let onset: Fraction
  /// What changes.
  public let kind: Kind
  /// The bytes of the field that says so.
  public let range: Range<Int>
}
