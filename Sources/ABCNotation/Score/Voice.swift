/// One voice of a tune.
///
/// Bars, events, notes and what is attached to them lie in one array each, in the order in which they are
/// written; a bar has a range of events, an event a range of notes.
public struct Voice: Sendable {
  /// What `V:` calls it; empty for a tune without voices.
  public internal(set) var identifier: String
  /// Its staff and how it sounds, as the header and its first `V:` field leave them.
  public internal(set) var staff = StaffSettings()
  /// Its bars.
  public internal(set) var measures: [Measure] = []
  /// Notes, chords and rests of all bars.
  public internal(set) var events: [ScoreEvent] = []
  /// The sounding notes of all events, grace notes before the notes that they adorn.
  public internal(set) var notes: [ScoreNote] = []
  /// Decorations, chord symbols and annotations of all events.
  public internal(set) var attachments: [Attachment] = []
  /// The tuplets.
  public internal(set) var tuplets: [TupletSpan] = []
  /// The syllables of its lyrics, by verse and then in the order of their notes.
  public internal(set) var lyrics: [Lyric] = []

  init(identifier: String) {
    self.identifier = identifier
  }

  /// The notes, chords and rests of a bar: those of the voice itself first, then those of its overlays.
  public func events(in measure: Measure) -> ArraySlice<ScoreEvent> {
    guard !measure.overlays.isEmpty else { return events[measure.events] }
    return (Array(events[measure.events]) + measure.overlays.flatMap { Array(events[$0]) })[...]
  }

  /// The notes that sound at an event; none for a rest.
  public func notes(of event: ScoreEvent) -> ArraySlice<ScoreNote> { notes[event.notes] }

  /// The grace notes before an event.
  public func graceNotes(of event: ScoreEvent) -> ArraySlice<ScoreNote> { notes[event.graceNotes] }

  /// What is attached to an event, in the order in which it is written.
  public func attachments(of event: ScoreEvent) -> ArraySlice<Attachment> { attachments[event.attachments] }

  /// The names of an event's decorations: `trill`, `staccato`, `roll`.
  public func decorations(of event: ScoreEvent) -> [String] {
    attachments(of: event).compactMap { $0.kind == .decoration ? $0.text : nil }
  }

  /// The chord symbol above an event, as it is written; the last one if there are several.
  public func chordSymbol(of event: ScoreEvent) -> String? {
    attachments(of: event).last { $0.kind == .chordSymbol }?.text
  }
}

/// What is attached to a note, chord or rest.
public struct Attachment: Hashable, Sendable {
  /// What it is.
  public enum Kind: Hashable, Sendable {
    /// A symbol such as a trill; the text is its name without signs around it.
    case decoration
    /// The name of a chord.
    case chordSymbol
    /// Text at the given place.
    case annotation(Placement)
  }

  /// Where an annotation stands.
  public enum Placement: Character, Sendable {
    /// By the sign before its text.
    case above = "^"
    case below = "_"
    case left = "<"
    case right = ">"
    case anywhere = "@"
  }

  /// What it is.
  public let kind: Kind
  /// Its name or text.
  public let text: String
  /// Its bytes, or those of the letter that stands for it.
  public let range: Range<Int>
}

/// A tuplet: `notes` in the time of `time` (ABC 2.1, 4.13).
public struct TupletSpan: Hashable, Sendable {
  /// The number that is printed.
  public let notes: Int
  /// In the time of how many.
  public let time: Int
  /// The indices of its events in the voice.
  public internal(set) var events: Range<Int>
  /// The bytes of its sign.
  public internal(set) var range: Range<Int>
}

/// A syllable under a note (ABC 2.1, section 5).
public struct Lyric: Hashable, Sendable {
  /// The index of its note or chord among the events of its voice.
  public let event: Int
  /// The verse, from 1.
  public let verse: Int
  /// Its text.
  public let text: String
  /// Whether a hyphen ties it to the next syllable.
  public let isHyphenated: Bool
  /// How many notes more it is held for.
  public internal(set) var holds = 0
  /// Its bytes.
  public let range: Range<Int>
}
