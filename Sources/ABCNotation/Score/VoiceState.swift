/// What holds for one voice while its music is read, and the bars read so far.
struct VoiceState {
  var voice: Voice
  var unitLength: Fraction
  private(set) var meter: Meter
  private(set) var key: Key
  /// The accidentals of the bar under way, by step.
  var accidentals: [Int?] = Array(repeating: nil, count: 7)
  var tuplets: [Tuplet] = []
  var pendingGraceNotes: [ScoreNote] = []
  var pendingDecorations: [String] = []
  var pendingChordSymbol: String?

  private var measure: Measure
  private var hasStarted = false
  private var position = Fraction.zero
  private var layer = 0
  private var longest = Fraction.zero
  /// The factor for the next note, by a broken-rhythm sign before it.
  private var pendingBreak: PendingBreak?
  /// The length of the latest event before broken rhythm and tuplets changed it.
  private var lastWrittenDuration: Fraction?
  private var tied: [ScoreNote] = []

  private struct PendingBreak {
    /// For the note that follows.
    let factor: Fraction
    /// The length of the note before as written, and what that note was before the sign changed it.
    let written: Fraction
    let before: ScoreEvent
    let range: Range<Int>
  }

  init(identifier: String, score: Score) {
    voice = Voice(identifier: identifier)
    unitLength = score.unitLength
    meter = score.meter
    key = score.key
    measure = Measure(range: 0..<0, meter: score.meter, key: score.key)
  }

  /// Takes over what the header says, once it is complete.
  mutating func start(with score: Score) {
    unitLength = score.unitLength
    meter = score.meter
    key = score.key
    measure = Measure(range: 0..<0, meter: meter, key: key)
  }

  private var isEmpty: Bool { measure.events.isEmpty }

  /// Whether it is the voice that a tune has before it names one, and holds no music.
  var isUnused: Bool { voice.identifier.isEmpty && voice.measures.isEmpty && isEmpty }

  // MARK: - Events

  /// Puts a note, chord or rest at the end of the bar under way. Its durations are as written; broken rhythm and
  /// tuplets are applied here.
  mutating func append(_ event: ScoreEvent, reporting diagnostics: inout [Diagnostic]) {
    var event = event
    var factor = Fraction(1)
    let written = event.duration
    if let pending = pendingBreak {
      factor = pending.factor
      if pending.written != written {
        diagnostics.append(
          Diagnostic(
            .unequalBrokenRhythm, pending.range,
            "the notes on the two sides of this sign are of unequal length"))
      }
      pendingBreak = nil
    }
    factor = takeTupletFactor() * factor
    event.duration = event.duration * factor
    for index in event.notes.indices { event.notes[index].duration = event.notes[index].duration * factor }
    event.onset = position
    event.layer = layer
    event.graceNotes = pendingGraceNotes
    event.decorations = pendingDecorations
    event.chordSymbol = pendingChordSymbol
    pendingGraceNotes = []
    pendingDecorations = []
    pendingChordSymbol = nil
    begin(event.range)
    measure.events.append(event)
    position += event.duration
    longest = max(longest, position)
    lastWrittenDuration = written
    tied = event.notes.filter(\.isTied)
  }

  mutating func appendMeasureRest(
    count: Int, _ range: Range<Int>, reporting diagnostics: inout [Diagnostic]
  ) {
    undoBreak(reporting: &diagnostics)
    let count = min(count, 1000)
    begin(range)
    let length = (meter.barLength ?? Fraction(1)) * Fraction(count)
    measure.events.append(
      ScoreEvent(range: range, onset: position, duration: length, notes: [], layer: layer))
    measure.count = count
    position += length
    longest = max(longest, position)
    lastWrittenDuration = nil
    tied = []
  }

  private mutating func begin(_ range: Range<Int>) {
    if !hasStarted, isEmpty { measure.range = range }
    hasStarted = true
    measure.range = min(measure.range.lowerBound, range.lowerBound)..<range.upperBound
  }

  private mutating func takeTupletFactor() -> Fraction {
    var factor = Fraction(1)
    for index in tuplets.indices {
      factor = factor * tuplets[index].factor
      tuplets[index].remaining -= 1
    }
    tuplets.removeAll { $0.remaining == 0 }
    return factor
  }

  /// `count` signs, negative for `<`: the note before is lengthened (or shortened), the next one the other way
  /// round (ABC 2.1, 4.4).
  mutating func breakRhythm(_ count: Int, _ range: Range<Int>, reporting diagnostics: inout [Diagnostic]) {
    guard let written = lastWrittenDuration, let last = measure.events.indices.last, pendingBreak == nil,
      count.magnitude <= 8
    else {
      diagnostics.append(Diagnostic(.strayBrokenRhythm, range, "this sign needs a note on either side"))
      return
    }
    let short = Fraction(1, 1 << count.magnitude)
    let long = Fraction(2) - short
    let (before, after) = count > 0 ? (long, short) : (short, long)
    let old = measure.events[last]
    measure.events[last].duration = old.duration * before
    for index in measure.events[last].notes.indices {
      let duration = measure.events[last].notes[index].duration
      measure.events[last].notes[index].duration = duration * before
    }
    moveEnd(by: measure.events[last].duration - old.duration)
    pendingBreak = PendingBreak(factor: after, written: written, before: old, range: range)
  }

  private mutating func moveEnd(by difference: Fraction) {
    position += difference
    longest = layer == 0 ? position : max(longest, position)
  }

  /// The dot of a dotted bar or slur makes no note short.
  mutating func forgetDot() {
    if pendingDecorations.last == "." { pendingDecorations.removeLast() }
  }

  /// A broken-rhythm sign without its second note changes nothing.
  private mutating func undoBreak(reporting diagnostics: inout [Diagnostic]) {
    guard let pending = pendingBreak, let last = measure.events.indices.last else { return }
    diagnostics.append(
      Diagnostic(.strayBrokenRhythm, pending.range, "this sign needs a note on either side of it, in one bar")
    )
    moveEnd(by: pending.before.duration - measure.events[last].duration)
    measure.events[last] = pending.before
    pendingBreak = nil
  }

  /// A tie that stands apart from its note.
  mutating func tieLast(_ range: Range<Int>, reporting diagnostics: inout [Diagnostic]) {
    guard let last = measure.events.indices.last, !measure.events[last].notes.isEmpty else {
      diagnostics.append(Diagnostic(.strayTie, range, "this tie starts at no note"))
      return
    }
    for index in measure.events[last].notes.indices { measure.events[last].notes[index].isTied = true }
    tied = measure.events[last].notes
  }

  /// The alteration that a tie carries to a note of the same name.
  func tiedAlteration(step: Step, octave: Int) -> Int? {
    tied.first { $0.step == step && $0.octave == octave }?.alteration
  }

  mutating func startOverlay() {
    layer += 1
    position = .zero
    lastWrittenDuration = nil
    tied = []
  }

  // MARK: - Changes

  mutating func addChange(_ kind: ScoreChange.Kind) {
    measure.changes.append(ScoreChange(onset: position, kind: kind))
  }

  mutating func setMeter(_ meter: Meter) {
    self.meter = meter
    addChange(.meter(meter))
    if isEmpty { measure.meter = meter }
  }

  mutating func setKey(_ key: Key) {
    self.key = key
    addChange(.key(key))
    if isEmpty { measure.key = key }
  }

  // MARK: - Bars

  /// A bar sign: ends the bar under way, or adds to the sign before it if nothing stands between.
  mutating func bar(_ bar: BarLine, _ range: Range<Int>, reporting diagnostics: inout [Diagnostic]) {
    if isEmpty {
      if !voice.measures.isEmpty, measure.opening != nil {
        voice.measures[voice.measures.count - 1].closing?.merge(bar)
      }
      if measure.opening == nil { measure.opening = bar } else { measure.opening?.merge(bar) }
      measure.range = range
      hasStarted = true
    } else {
      begin(range)
      measure.closing = bar
      endMeasure(at: range.upperBound, reporting: &diagnostics)
      measure.opening = bar
      measure.range = range
      hasStarted = true
    }
    accidentals = Array(repeating: nil, count: 7)
  }

  mutating func startEnding(_ numbers: [Int], _ range: Range<Int>, reporting diagnostics: inout [Diagnostic])
  {
    // A new bar without a bar sign.
    endMeasure(at: range.lowerBound, reporting: &diagnostics)
    measure.ending = numbers
    measure.endingRange = range
    begin(range)
  }

  mutating func startPart(
    _ label: Character, at range: Range<Int>, reporting diagnostics: inout [Diagnostic]
  ) {
    endMeasure(at: range.lowerBound, reporting: &diagnostics)
    measure.part = label
    begin(range)
  }

  /// Ends the bar under way, if anything stands in it.
  mutating func endMeasure(at offset: Int, reporting diagnostics: inout [Diagnostic]) {
    guard !isEmpty else { return }
    for tuplet in tuplets {
      let missing = tuplet.remaining == 1 ? "one note" : "\(tuplet.remaining) notes"
      diagnostics.append(
        Diagnostic(.incompleteTuplet, tuplet.range, "this tuplet lacks \(missing) before the bar line"))
    }
    tuplets = []
    undoBreak(reporting: &diagnostics)
    measure.length = longest
    voice.measures.append(measure)
    measure = Measure(range: offset..<offset, meter: meter, key: key)
    hasStarted = false
    position = .zero
    longest = .zero
    layer = 0
    lastWrittenDuration = nil
  }
}
