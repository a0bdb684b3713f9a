import ABCNotation

/// A tune in our house layout: the melody alone, in one spelling.
///
/// Only what sounds carries over: one voice, single notes, their lengths, ties, repeats and endings. Ornaments,
/// chords, words and a transcriber's layout and remarks do not. Four bars a line, notes beamed by the beat,
/// dotted pairs as broken rhythm. The same melody always gives the same text.
public struct NormalForm: Sendable {
  /// The title.
  public var title: String
  /// The rhythm, in lower case: `reel`, `slip jig`.
  public var rhythm: String
  /// Where it was printed; the `B:` field.
  public var book: String?
  /// The collection in whose style it is, for the text that a model learns from; an `N:` field.
  public var style: String?
  /// Further header fields that somebody wants to keep, in their order.
  public var fields: [Score.Field] = []
  /// The meter as it is written: `6/8`, `C|`.
  public let meter: String
  /// The unit note length as it is written: `1/8`.
  public let unitLength: String
  /// The key as it is written: `Ador`.
  public let key: String
  /// The lines of music, each ending in a line feed.
  public private(set) var body: String
  private let unit: Fraction
  private let keepsMarks: Bool

  /// The whole tune as ABC, the reference number as given.
  public func abc(referenceNumber: Int = 1) -> String {
    var text = "X:\(referenceNumber)\nT:\(title)\n"
    if let style { text += Self.line(style: style) }
    for field in fields { text += "\(field.letter):\(field.value)\n" }
    text += "R:\(rhythm)\n"
    if let book { text += "B:\(book)\n" }
    return text + "M:\(meter)\nL:\(unitLength)\nK:\(key)\n" + body
  }

  /// The line of the header that names a style.
  static func line(style: String) -> String { "N:\(style) style\n" }

  /// Why a tune has no normal form.
  public enum Obstacle: String, Error, CaseIterable, Sendable {
    /// No bar of music.
    case noMusic = "no music"
    /// More than one voice, or overlays.
    case severalVoices = "several voices"
    /// No meter, or one that sums beats.
    case unusualMeter = "no simple meter"
    /// No tonic.
    case noKey = "no key with a tonic"
    /// The key or meter changes on the way.
    case changes = "key or meter changes"
    /// A note length that needs a tuplet other than a triplet.
    case unusualLength = "a length that is neither plain nor a triplet"
    /// Rests over several bars, parts with an order of play, repeats of more than two passes.
    case unusualStructure = "parts, rests over several bars, or threefold repeats"
    /// Notes beyond a fiddle's or flute's reach.
    case unusualPitch = "notes beyond a melody instrument"
  }

  /// Lays out the melody of a score.
  ///
  /// - Parameter keepsMarks: whether chord symbols, annotations and decorations stay with their notes.
  public init(
    _ score: Score, title: String, rhythm: String, keepsMarks: Bool = false
  ) throws(Obstacle) {
    guard let voice = score.voices.first else { throw .noMusic }
    guard score.voices.count == 1, !voice.events.contains(where: { $0.layer > 0 }) else {
      throw .severalVoices
    }
    guard score.meter.beats.count == 1, let barLength = score.meter.barLength else { throw .unusualMeter }
    guard score.key.tonic != nil, voice.staff.soundingOctave == 0, voice.staff.transposition == 0 else {
      throw .noKey
    }
    guard score.partOrder == nil, !voice.measures.contains(where: { $0.count > 1 }) else {
      throw .unusualStructure
    }
    let changes = voice.measures.flatMap(\.changes)
    for change in changes {
      switch change.kind {
      case .tempo, .directive: continue
      case .key(let key) where key == score.key: continue
      case .meter(let meter) where meter == score.meter: continue
      default: throw .changes
      }
    }
    let unit = Self.unitLength(for: score.meter, voice)
    var layout = MelodyLayout(
      voice: voice, meter: score.meter, barLength: barLength, unitLength: unit, key: score.key,
      keepsMarks: keepsMarks)
    body = try layout.layOut()
    self.unit = unit
    self.keepsMarks = keepsMarks
    self.title = title
    self.rhythm = rhythm
    // A hornpipe is counted in four, and abc2midi knows it in no other way.
    let isHalved = rhythm == "hornpipe" && score.meter.numerator == 2 && score.meter.noteValue == 2
    meter = isHalved ? "4/4" : Self.text(of: score.meter)
    unitLength = "1/\(unit.denominator)"
    guard let key = Self.text(of: score.key) else { throw .noKey }
    self.key = key
  }

  /// Writes pickups as the end of the bar before them, so that a bar can be judged by itself: every bar but the first pickup
  /// and the last bar is full. Nothing changes where a tune has no such form.
  ///
  /// - Parameter written: what ``abc(referenceNumber:)`` says, read again.
  mutating func writeLeadIns(_ written: Score) throws(Obstacle) {
    guard let form = TuneForm(written), let barLength = written.meter.barLength else { return }
    var layout = MelodyLayout(
      voice: written.voices[0], meter: written.meter, barLength: barLength, unitLength: unit,
      key: written.key,
      keepsMarks: keepsMarks)
    guard let body = try layout.layOutWithLeadIns(form) else { return }
    var candidate = self
    candidate.body = body
    let again = Tunebook(parsing: SourceText(name: title, text: candidate.abc()))
    guard again.diagnostics.isEmpty, again.tunes.count == 1, let newForm = TuneForm(again.tunes[0].score),
      newForm.addsUp(again.tunes[0].score.voices[0].measures),
      Self.playedNotes(again.tunes[0].score, newForm) == Self.playedNotes(written, form)
    else { return }
    self = candidate
  }

  /// The notes in the order in which they are played: length, and pitch if it is no rest.
  private static func playedNotes(_ score: Score, _ form: TuneForm) -> [[Fraction]] {
    let voice = score.voices[0]
    return form.played.flatMap { index in
      voice.events(in: voice.measures[index]).map { event in
        [event.duration] + voice.notes(of: event).map { Fraction($0.isTied ? $0.pitch + 1000 : $0.pitch) }
      }
    }
  }

  /// An eighth, as folk tunes are printed; a sixteenth for the old 2/4 that runs in sixteenths.
  private static func unitLength(for meter: Meter, _ voice: Voice) -> Fraction {
    let durations = voice.events.filter { $0.kind != .spacer }.map(\.duration)
    let short = durations.count { $0 <= Fraction(1, 16) }
    return meter.noteValue == 4 && meter.numerator == 2 && 2 * short > durations.count
      ? Fraction(1, 16) : Fraction(1, 8)
  }

  private static func text(of meter: Meter) -> String {
    switch (meter.numerator, meter.noteValue) {
    case (4, 4): "4/4"
    case (2, 2): "C|"
    default: "\(meter.numerator)/\(meter.noteValue)"
    }
  }

  /// Tonic and mode, major unnamed and minor as `m`; nil for a signature with accidentals of its own.
  private static func text(of key: Key) -> String? {
    guard key.tonic != nil, key.kind == .modal, (-7...7).contains(key.fifths) else { return nil }
    let text = key.description
    guard key.alterations == Alterations(fifths: key.fifths) else { return nil }
    return text
  }
}
