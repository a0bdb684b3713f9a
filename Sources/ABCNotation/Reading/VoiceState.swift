/// What holds for one voice while its music is read, and the bars read so far.
///
/// Where the score is not kept, the events of a bar are dropped as soon as the bar has been checked, so that a
/// voice takes no more memory than its longest bar.
struct VoiceState: Sendable {
  var voice: Voice
  let keepsScore: Bool
  var unitLength = Fraction(1, 8)
  var staff = StaffSettings()
  private(set) var meter = Meter.free
  private(set) var key = Key.none
  var accidentals = AccidentalMemory()
  var ties = OpenTies()
  /// Whether a tie starts at one of the notes that wait to become an event.
  var hasTie = false
  var tuplets: [Tuplet] = []
  /// Where the grace notes that wait for their note begin among the notes of the voice.
  var firstGrace: Int?
  var graceIsAcciaccatura = false
  var pendingAttachments: [Attachment] = []
  /// A staccato dot, which stands for nothing before a bar sign or a slur.
  var pendingDot: Range<Int>?

  /// The length of a bar in the meter in force.
  private(set) var meterLength: Fraction?

  // The bar under way, and the length that its meter asks for.
  var measure: Measure
  var expected: Fraction?
  var hasStarted = false
  /// Whether the sign that it starts with ended a line, and where its music starts then.
  var signIsAbove = false
  var musicStart: Int?
  /// How many of the events of the bar under way are spacers.
  var spacerCount = 0
  var position = Fraction.zero
  var layer = 0
  var longest = Fraction.zero
  /// How many bars have ended, and with rests over several bars counted as so many.
  var measureCount = 0
  var barTotal = 0
  /// Where lines of music ended with the bar under way just full, or full once more, and the time at the latest of
  /// them.
  var fullLineEnds: [Int] = []
  var fullPosition = Fraction.zero
  /// How many bars back an overlay that began behind a bar sign still has to go until it is level again.
  var overlayBars = 0
  /// The length of the latest event before broken rhythm and tuplets changed it; nil where none can be changed.
  var lastWritten: Fraction?
  var pendingBreak: PendingBreak?
  var tiesBeforeEnding: OpenTies?

  // What is checked as the bars come.
  var barLengths = BarLengthRule()
  var repeats = RepeatRule()
  var endings = EndingRule()

  // What lyrics are aligned to.
  var lyricTargets = LyricTargets()
  /// What symbol lines have said, by event.
  var symbols: [(event: Int, meaning: Attachment.Meaning, start: Int, count: Int)] = []

  /// A broken-rhythm sign that waits for its second note.
  struct PendingBreak: Sendable {
    /// The number of signs, negative for `<`.
    let count: Int
    /// For the note that follows.
    let factor: Fraction
    /// What the note before was multiplied with, and its length as written.
    let factorBefore: Fraction
    let written: Fraction
    let range: Range<Int>
  }

  init(identifier: String, keepsScore: Bool, room: VoiceRoom? = nil) {
    voice = Voice(identifier: identifier)
    self.keepsScore = keepsScore
    measure = Measure(range: 0..<0, meter: .free, key: .none)
    if let room { move(into: room) }
    if !keepsScore {
      // As much as is kept at a time.
      voice.events.reserveCapacity(Self.eventsKept)
      voice.notes.reserveCapacity(Self.notesKept)
    }
  }

  /// How much of the music is kept, where nobody asks for all of it, before it is dropped at the end of a bar.
  static let eventsKept = 40
  static let notesKept = 48

  /// Takes over what the header says, once it is complete.
  mutating func start(unitLength: Fraction, meter: Meter, key: Key) {
    self.unitLength = unitLength
    self.meter = meter
    self.key = key
    meterLength = meter.barLength
    expected = meterLength
    measure.restart(at: 0, meter: meter, key: key, firstEvent: 0)
  }

  /// Whether the bar under way holds no music so far. Spacers are none.
  var isEmpty: Bool { voice.events.count == measure.events.lowerBound + spacerCount }

  /// Whether it is the voice that a tune has before it names one, and holds no music.
  var isUnused: Bool { voice.identifier.isEmpty && measureCount == 0 && isEmpty }

  /// Whether the next note takes the time that it says: no tuplet, broken rhythm or overlay is under way.
  var hasPlainRhythm: Bool { tuplets.isEmpty && pendingBreak == nil && layer == 0 && overlayBars == 0 }

  // MARK: - Events

  /// Puts a note, chord or rest at the end of the bar under way. Its notes are those of the voice from
  /// `firstNote` on, with their lengths as written; broken rhythm and tuplets are applied here.
  mutating func append(
    _ kind: ScoreEvent.Kind, _ range: Range<Int>, written: Fraction, firstNote: Int,
    _ diagnostics: inout DiagnosticList
  ) {
    begin(range, &diagnostics)
    var event = ScoreEvent(
      kind, range, onset: position, duration: written, layer: layer, firstGrace: firstGrace ?? firstNote,
      firstNote: firstNote, endNote: voice.notes.count)
    event.hasAcciaccatura = firstGrace != nil && graceIsAcciaccatura
    firstGrace = nil
    if pendingBreak != nil || !tuplets.isEmpty { applyFactors(to: &event, written, &diagnostics) }
    if pendingDot != nil || !pendingAttachments.isEmpty { attach(to: &event) }
    position += event.duration
    if longest < position { longest = position }
    lastWritten = written
    if hasTie || !ties.isEmpty { settleTies(of: event, &diagnostics) }
    if kind == .note || kind == .chord { lyricTargets.addNote(voice.events.count) }
    voice.events.append(event)
  }

  private mutating func applyFactors(
    to event: inout ScoreEvent, _ written: Fraction, _ diagnostics: inout DiagnosticList
  ) {
    var factor = Fraction(1)
    if let pending = pendingBreak {
      factor = pending.factor
      event.brokenRhythm = pending.count
      if pending.written != written {
        diagnostics.append(
          Diagnostic(
            .unequalBrokenRhythm, pending.range,
            "the notes on the two sides of this sign are of unequal length"))
      }
      pendingBreak = nil
    }
    for index in tuplets.indices {
      factor = factor * tuplets[index].factor
      tuplets[index].remaining -= 1
      if keepsScore { extendSpan(of: index, event: &event) }
    }
    tuplets.removeAll { $0.remaining == 0 }
    event.duration = event.duration * factor
    for index in event.notes { voice.notes[index].duration = voice.notes[index].duration * factor }
  }

  private mutating func extendSpan(of index: Int, event: inout ScoreEvent) {
    let place = voice.events.count
    if let span = tuplets[index].span {
      voice.tuplets[span].events = voice.tuplets[span].events.lowerBound..<(place + 1)
    } else {
      let tuplet = tuplets[index]
      tuplets[index].span = voice.tuplets.count
      voice.tuplets.append(
        TupletSpan(
          notes: tuplet.notes, time: tuplet.time, events: place..<(place + 1), range: tuplet.range))
    }
    event.tuplet = tuplets[index].span
  }

  /// Hangs the decorations and texts that wait on an event.
  private mutating func attach(to event: inout ScoreEvent) {
    if let dot = pendingDot { addDot(dot) }
    guard !pendingAttachments.isEmpty else { return }
    let first = voice.attachments.count
    voice.attachments += pendingAttachments
    event.attachments = first..<voice.attachments.count
    pendingAttachments.removeAll(keepingCapacity: true)
  }

  private mutating func addDot(_ range: Range<Int>) {
    if keepsScore {
      pendingAttachments.append(Attachment(kind: .decoration, text: "staccato", range: range))
    }
    pendingDot = nil
  }

  private mutating func settleTies(of event: ScoreEvent, _ diagnostics: inout DiagnosticList) {
    let notes = voice.notes[event.notes]
    if !ties.isEmpty { ties.resolve(notes, layer: layer, &diagnostics) }
    if hasTie { ties.start(notes, layer: layer, at: event.range) }
    hasTie = false
  }

  /// A tie that stands apart from its note.
  mutating func tieLast(_ range: Range<Int>, isDotted: Bool, _ diagnostics: inout DiagnosticList) {
    guard !isEmpty, let last = lastTimedEvent, !voice.events[last].notes.isEmpty else {
      diagnostics.append(Diagnostic(.strayTie, range, "this tie starts at no note"))
      return
    }
    let event = voice.events[last]
    if range.lowerBound > event.range.upperBound + 1
      || (range.lowerBound > event.range.upperBound && !isDotted)
    {
      diagnostics.append(
        Diagnostic(.detachedTie, range, "a tie stands straight behind its note, without a blank"))
    }
    for index in event.notes { voice.notes[index].isTied = true }
    ties.start(voice.notes[event.notes], layer: layer, at: event.range)
  }

  /// A rest over whole bars.
  mutating func appendMeasureRest(count: Int, _ range: Range<Int>, _ diagnostics: inout DiagnosticList) {
    undoBreak(&diagnostics)
    let count = min(max(count, 1), 1000)
    let length = (meter.barLength ?? Fraction(1)) * Fraction(count)
    let kept = tuplets
    tuplets = []
    append(.measureRest, range, written: length, firstNote: voice.notes.count, &diagnostics)
    tuplets = kept
    measure.count = count
    lastWritten = nil
  }

  /// A spacer takes no time and makes no bar, but decorations may hang on it.
  mutating func appendSpacer(_ range: Range<Int>) {
    guard keepsScore, !pendingAttachments.isEmpty || pendingDot != nil else {
      pendingDot = nil
      return
    }
    let count = voice.notes.count
    var event = ScoreEvent(
      .spacer, range, onset: position, duration: .zero, layer: layer, firstGrace: count, firstNote: count,
      endNote: count)
    attach(to: &event)
    voice.events.append(event)
    spacerCount += 1
  }

  // MARK: - Broken rhythm

  /// `count` signs, negative for `<`: the note before is lengthened (or shortened), the next one the other way
  /// round (ABC 2.1, 4.4).
  mutating func breakRhythm(_ count: Int, _ range: Range<Int>, _ diagnostics: inout DiagnosticList) {
    guard let written = lastWritten, !isEmpty, pendingBreak == nil, count.magnitude <= 30,
      let last = lastTimedEvent
    else {
      diagnostics.append(Diagnostic(.strayBrokenRhythm, range, "this sign needs a note on either side"))
      return
    }
    let short = Fraction(1, 1 << count.magnitude)
    let long = Fraction(2) - short
    let (before, after) = count > 0 ? (long, short) : (short, long)
    scale(last, by: before)
    pendingBreak = PendingBreak(
      count: count, factor: after, factorBefore: before, written: written, range: range)
  }

  /// The latest event of the bar under way that takes time.
  private var lastTimedEvent: Int? {
    var index = voice.events.count - 1
    while index >= measure.events.lowerBound {
      if voice.events[index].kind != .spacer { return index }
      index -= 1
    }
    return nil
  }

  private mutating func scale(_ index: Int, by factor: Fraction) {
    let old = voice.events[index].duration
    let new = old * factor
    voice.events[index].duration = new
    for note in voice.events[index].notes { voice.notes[note].duration = voice.notes[note].duration * factor }
    let wasLongest = longest == position
    position += new - old
    if layer == 0 || wasLongest { longest = layer == 0 ? position : max(longest, position) }
  }

  /// A broken-rhythm sign without its second note changes nothing.
  mutating func undoBreak(_ diagnostics: inout DiagnosticList) {
    guard let pending = pendingBreak else { return }
    diagnostics.append(
      Diagnostic(.strayBrokenRhythm, pending.range, "this sign needs a note on either side of it, in one bar")
    )
    if let last = lastTimedEvent { scale(last, by: Fraction(1) / pending.factorBefore) }
    pendingBreak = nil
  }

  // MARK: - Changes

  mutating func addChange(_ kind: ScoreChange.Kind, _ range: Range<Int>) {
    guard keepsScore else { return }
    measure.changes.append(ScoreChange(onset: position, kind: kind, range: range))
  }

  mutating func setMeter(_ meter: Meter, _ range: Range<Int>) {
    self.meter = meter
    meterLength = meter.barLength
    addChange(.meter(meter), range)
    if isEmpty {
      measure.meter = meter
      expected = meterLength
    }
  }

  mutating func setKey(_ key: Key, _ range: Range<Int>) {
    self.key = key
    addChange(.key(key), range)
    if isEmpty { measure.key = key }
  }
}
