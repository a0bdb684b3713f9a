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

/// What stands between two bar signs.
public struct Measure: Sendable {
  /// The bytes from its first sign to its last.
  public internal(set) var range: Range<Int>
  /// The bar sign at its left; nil at the start of a tune or where an ending starts without one.
  public internal(set) var opening: BarLine?
  /// The bar sign at its right; nil at the end of a tune or where an ending starts without one.
  public internal(set) var closing: BarLine?
  /// The passes on which it is played, if it starts a variant ending.
  public internal(set) var ending: PassSet?
  /// Where the ending's sign stands.
  public internal(set) var endingRange: Range<Int>?
  /// The label, if a `P:` field stands before it.
  public internal(set) var part: Character?
  /// The meter in force.
  public internal(set) var meter: Meter
  /// The key in force at its start.
  public internal(set) var key: Key
  /// The indices of its notes, chords and rests among the events of its voice.
  public internal(set) var events = 0..<0
  /// The same of overlays (`&`) that were written behind a later bar sign.
  public internal(set) var overlays: [Range<Int>] = []
  /// What changes in it.
  public internal(set) var changes: [ScoreChange] = []
  /// The decorations that stand at its right bar sign, such as `D.C.` and `fine`.
  public internal(set) var closingDecorations: [String] = []
  /// The length of what is written in it, in whole notes; of an overlay, the longest layer.
  public internal(set) var length: Fraction = .zero
  /// How many bars it stands for: more than 1 only for a rest over several bars.
  public internal(set) var count = 1
  /// What its length is to its meter.
  public internal(set) var fill = Fill.complete

  /// Begins a new bar in place of this one.
  mutating func restart(at offset: Int, meter: Meter, key: Key, firstEvent: Int) {
    range = offset..<offset
    opening = nil
    closing = nil
    if ending != nil {
      ending = nil
      endingRange = nil
    }
    if part != nil { part = nil }
    self.meter = meter
    self.key = key
    events = firstEvent..<firstEvent
    if !overlays.isEmpty { overlays = [] }
    if !changes.isEmpty { changes = [] }
    if !closingDecorations.isEmpty { closingDecorations = [] }
    length = .zero
    count = 1
    fill = .complete
  }

  /// What the length of a bar is to its meter.
  public enum Fill: Hashable, Sendable {
    /// As long as the meter asks for, or in free meter.
    case complete
    /// The start of a section, shorter than a bar.
    case pickup
    /// The end of a section, shorter than a bar, as it should be before a pickup or a repeat.
    case cut
    /// Too short by this much.
    case short(Fraction)
    /// Too long by this much.
    case long(Fraction)
  }

  /// The length that the meter asks for, in whole notes; nil for free meter.
  public var expectedLength: Fraction? { meter.barLength.map { $0 * Fraction(count) } }
}

/// A note, a chord or a rest.
public struct ScoreEvent: Sendable {
  /// What sort of event it is.
  public enum Kind: UInt8, Sendable {
    /// A single note.
    case note
    /// Notes between `[` and `]`.
    case chord
    /// `z`.
    case rest
    /// `x`.
    case invisibleRest
    /// `Z` or `X`: whole bars.
    case measureRest
    /// `y`: no music, but decorations may hang on it.
    case spacer
  }

  /// What sort of event it is.
  public internal(set) var kind: Kind
  /// Whether its grace notes are an acciaccatura: `{/…}`.
  public internal(set) var hasAcciaccatura = false
  private let layerNumber: UInt16
  /// Where in the bar it starts, in whole notes.
  public internal(set) var onset: Fraction
  /// How long it is, in whole notes.
  public internal(set) var duration: Fraction
  private var start: UInt32
  private var end: UInt32
  private var firstGrace: UInt32
  private var firstNote: UInt32
  private var endNote: UInt32
  private var firstAttachment: UInt32 = 0
  private var endAttachment: UInt32 = 0
  private var tupletIndex: Int32 = -1

  @inline(__always)
  init(
    _ kind: Kind, _ range: Range<Int>, onset: Fraction, duration: Fraction, layer: Int, firstGrace: Int,
    firstNote: Int, endNote: Int
  ) {
    self.kind = kind
    layerNumber = UInt16(clamping: layer)
    self.onset = onset
    self.duration = duration
    start = UInt32(truncatingIfNeeded: range.lowerBound)
    end = UInt32(truncatingIfNeeded: range.upperBound)
    self.firstGrace = UInt32(truncatingIfNeeded: firstGrace)
    self.firstNote = UInt32(truncatingIfNeeded: firstNote)
    self.endNote = UInt32(truncatingIfNeeded: endNote)
  }

  /// 0 for the voice itself, 1 and up for its overlays (`&`).
  public var layer: Int { Int(layerNumber) }

  /// Its bytes, without decorations and grace notes.
  public internal(set) var range: Range<Int> {
    get { Int(start)..<Int(end) }
    set {
      start = UInt32(newValue.lowerBound)
      end = UInt32(newValue.upperBound)
    }
  }

  /// The indices of what sounds among the notes of its voice; empty for a rest.
  public var notes: Range<Int> { Int(firstNote)..<Int(endNote) }

  /// The indices of the grace notes before it among the notes of its voice.
  public var graceNotes: Range<Int> { Int(firstGrace)..<Int(firstNote) }

  /// The indices of what is attached to it among the attachments of its voice.
  public internal(set) var attachments: Range<Int> {
    get { Int(firstAttachment)..<Int(endAttachment) }
    set {
      firstAttachment = UInt32(newValue.lowerBound)
      endAttachment = UInt32(newValue.upperBound)
    }
  }

  /// The index of the innermost tuplet that it belongs to among the tuplets of its voice.
  public internal(set) var tuplet: Int? {
    get { tupletIndex < 0 ? nil : Int(tupletIndex) }
    set { tupletIndex = Int32(newValue ?? -1) }
  }

  /// Whether it is a rest of any kind.
  public var isRest: Bool { kind == .rest || kind == .invisibleRest || kind == .measureRest }
}

/// A sounding note.
public struct ScoreNote: Sendable {
  /// The written name.
  public let step: Step
  /// Whether an accidental of its own is written before it.
  public let hasAccidental: Bool
  /// Whether a tie starts at it.
  public internal(set) var isTied: Bool
  private let octaveByte: Int8
  private let alterationByte: Int8
  private let centsByte: Int8
  private let transpositionByte: Int8
  private var start: UInt32
  private var end: UInt32
  /// Its length in whole notes; in a chord it may differ from the chord's. Of a grace note, as written.
  public internal(set) var duration: Fraction

  /// All numbers must fit into a byte.
  @inline(__always)
  init(
    step: Step, octave: Int, alteration: Int, cents: Int, transposition: Int, hasAccidental: Bool,
    duration: Fraction, isTied: Bool, range: Range<Int>
  ) {
    self.step = step
    octaveByte = Int8(truncatingIfNeeded: octave)
    alterationByte = Int8(truncatingIfNeeded: alteration)
    centsByte = Int8(truncatingIfNeeded: cents)
    transpositionByte = Int8(truncatingIfNeeded: transposition)
    self.hasAccidental = hasAccidental
    self.duration = duration
    self.isTied = isTied
    start = UInt32(truncatingIfNeeded: range.lowerBound)
    end = UInt32(truncatingIfNeeded: range.upperBound)
  }

  /// The octave; 0 is the one that starts with middle C, written `C`. Octave shifts of clef and key are in it.
  public var octave: Int { Int(octaveByte) }
  /// Semitones up or down, from its accidental, the bar or the key.
  public var alteration: Int { Int(alterationByte) }
  /// What a fraction of an accidental adds to the alteration, in hundredths of a semitone, −99…99: 50 for `^/C`.
  public var cents: Int { Int(centsByte) }
  /// Semitones up or down by a `transpose=`.
  public var transposition: Int { Int(transpositionByte) }

  /// Its bytes.
  public internal(set) var range: Range<Int> {
    get { Int(start)..<Int(end) }
    set {
      start = UInt32(newValue.lowerBound)
      end = UInt32(newValue.upperBound)
    }
  }

  /// The MIDI key number: 60 is middle C. May lie outside 0…127; ``cents`` come on top.
  public var pitch: Int { 60 + 12 * octave + step.semitones + alteration + transposition }
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
