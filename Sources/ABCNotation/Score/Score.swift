/// What a tune says: its header, and for each voice its bars with every note's onset, length and pitch.
///
/// Lengths and onsets are in whole notes. Nothing is unfolded: repeats, endings and parts stand as written.
public struct Score: Sendable {
  /// A field of the header or body as it was written.
  public struct Field: Sendable {
    /// The letter before the colon.
    public let letter: Character
    /// What follows, without blanks at either end.
    public let value: String
    /// The bytes of the value.
    public let range: Range<Int>
  }

  /// The bytes of the tune in its file.
  public var range: Range<Int>
  /// The number in `X:`, if it is one.
  public var referenceNumber: Int?
  /// The header fields in their order, those of the file header first.
  public var header: [Field] = []
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
  /// The voices in the order in which they first appear.
  public var voices: [Voice] = []

  /// The values of a header field, in order.
  public func values(of letter: Character) -> [String] {
    header.filter { $0.letter == letter }.map(\.value)
  }

  /// The first title.
  public var title: String? { values(of: "T").first { !$0.isEmpty } }

  /// The number of sounding notes as written, each note of a chord counted.
  public var noteCount: Int {
    voices.reduce(0) { count, voice in
      count + voice.measures.reduce(0) { $0 + $1.events.reduce(0) { $0 + $1.notes.count } }
    }
  }
}

/// One voice of a tune.
public struct Voice: Sendable {
  /// What `V:` calls it; empty for a tune without voices.
  public internal(set) var identifier: String
  /// Its bars in the order in which they are written.
  public var measures: [Measure] = []
}

/// What stands between two bar signs.
public struct Measure: Sendable {
  /// The bytes from its first sign to its last.
  public var range: Range<Int>
  /// The bar sign at its left; nil at the start of a tune or where an ending starts without one.
  public var opening: BarLine?
  /// The bar sign at its right; nil at the end of a tune or where an ending starts without one.
  public var closing: BarLine?
  /// The passes on which it is played, if it starts a variant ending.
  public var ending: [Int]?
  /// Where the ending's sign stands.
  public var endingRange: Range<Int>?
  /// The label, if a `P:` field stands before it.
  public var part: Character?
  /// The meter in force.
  public var meter: Meter
  /// The key in force at its start.
  public var key: Key
  /// Notes, chords and rests in the order in which they are written.
  public var events: [ScoreEvent] = []
  /// What changes in it.
  public var changes: [ScoreChange] = []
  /// The length of what is written in it, in whole notes; of an overlay, the longest layer.
  public var length: Fraction = .zero
  /// How many bars it stands for: more than 1 only for a rest over several bars.
  public var count = 1

  /// The length that the meter asks for; nil for free meter.
  public var expectedLength: Fraction? { meter.barLength.map { $0 * Fraction(count) } }
}

/// A change of tempo, key or meter within the music.
public struct ScoreChange: Sendable {
  /// What changes.
  public enum Kind: Sendable {
    /// A new tempo.
    case tempo(Tempo)
    /// A new key.
    case key(Key)
    /// A new meter.
    case meter(Meter)
  }

  /// Where in the bar, in whole notes.
  public let onset: Fraction
  /// What changes.
  public let kind: Kind
}

/// A note, a chord or a rest.
public struct ScoreEvent: Sendable {
  /// Its bytes, without decorations and grace notes.
  public var range: Range<Int>
  /// Where in the bar it starts, in whole notes.
  public var onset: Fraction
  /// How long it is, in whole notes.
  public var duration: Fraction
  /// What sounds; empty for a rest.
  public var notes: [ScoreNote]
  /// The grace notes before it.
  public var graceNotes: [ScoreNote] = []
  /// The names of its decorations, and their single-letter forms.
  public var decorations: [String] = []
  /// The chord symbol above it.
  public var chordSymbol: String?
  /// 0 for the voice itself, 1 and up for its overlays (`&`).
  public var layer = 0
}

/// A sounding note.
public struct ScoreNote: Sendable {
  /// The written name.
  public let step: Step
  /// The octave; 0 is the one that starts with middle C, written `C`.
  public let octave: Int
  /// Semitones up or down, from its accidental, the bar or the key.
  public let alteration: Int
  /// Semitones up or down by a `transpose=`.
  public let transposition: Int
  /// Its length in whole notes; in a chord it may differ from the chord's.
  public var duration: Fraction
  /// Whether a tie starts at it.
  public var isTied: Bool
  /// Its bytes.
  public let range: Range<Int>

  /// The MIDI key number: 60 is middle C. May lie outside 0…127.
  public var pitch: Int { 60 + 12 * octave + step.semitones + alteration + transposition }
}
