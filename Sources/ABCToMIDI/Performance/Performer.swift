import ABCNotation

/// Plays one voice: lays its bars end to end in the order of play, joins tied notes, and gives each note its time
/// and its strength.
struct Performer {
  var performance = Performance()
  var problems: [ConversionProblem] = []
  var plan = AccompanimentPlan(bars: [], instructions: [])

  // The arrays of the voice: nothing of it is copied to come to them.
  let measures: [Measure]
  let allEvents: [ScoreEvent]
  let allNotes: [ScoreNote]
  let attachments: [Attachment]
  let isPlain: Bool
  /// The share of a pair that its first note takes, if it is not as written.
  let swing: Fraction?
  let hasDecorations: Bool
  /// Whether the key changes, so that a jump may bring another one back.
  let followsKey: Bool
  let hasAccompaniment: Bool
  /// Whether the tune moves in sixteenths; only asked for where it swings.
  let movesInSixteenths: Bool
  var state: VoiceState
  var dynamics = Dynamics()
  var effects = DecorationEffects()
  var ties = OpenTies()
  var meter: Meter
  var key: Key
  var lyrics: LyricSheet?
  let hasLyrics: Bool
  /// Whether notes may have come in another order than that of their onsets and pitches: in chords, in grace notes
  /// before them, in overlays.
  var hasSimultaneousNotes = false
  /// The trill over several notes that has begun and not ended.
  var openTrill = false
  /// Whether any bar is played more than once.
  let hasRepeats: Bool
  /// The bars that can be played again by copying.
  var recordings: [Recording?] = []
  var commandCount = 0

  /// Plays a voice.
  ///
  /// - Parameters:
  ///   - voice: the voice as written.
  ///   - order: its bars in the order of play.
  ///   - score: the tune that it belongs to.
  ///   - isPlain: whether nothing but the written notes is to be heard: no ornaments, no swing, no fermatas.
  ///   - swing: the share of the first note of a pair, if it is not as written.
  init(_ voice: Voice, order: [PlayedMeasure], score: Score, isPlain: Bool, swing: Fraction?) {
    measures = voice.measures
    allEvents = voice.events
    allNotes = voice.notes
    attachments = voice.attachments
    self.isPlain = isPlain
    self.swing = swing
    movesInSixteenths = swing != nil && voice.movesInSixteenths
    let directives = score.directives(of: voice)
    hasAccompaniment =
      !isPlain
      && (!directives.shared.isEmpty || !directives.own.isEmpty
        || voice.attachments.indices.contains { voice.attachments[$0].kind == .chordSymbol }
        || voice.measures.indices.contains {
          !voice.measures[$0].changes.isEmpty && voice.measures[$0].changes.contains(where: \.isDirective)
        })
    hasDecorations = voice.attachments.indices.contains { voice.attachments[$0].kind == .decoration }
    followsKey = voice.measures.indices.contains {
      !voice.measures[$0].changes.isEmpty && voice.measures[$0].changes.contains(where: \.isKey)
    }
    if hasDecorations { dynamics.reserve(measures: voice.measures.count) }
    state = VoiceState(unitLength: score.unitLength)
    meter = score.meter
    key = score.key
    hasLyrics = !voice.lyrics.isEmpty
    lyrics = hasLyrics ? LyricSheet(voice) : nil
    hasRepeats = order.count > voice.measures.count && lyrics == nil
    if hasRepeats { recordings = Array(repeating: nil, count: voice.measures.count) }
    performance.hasUnisons =
      voice.events.contains { $0.layer > 0 }
      || voice.measures.indices.contains { !voice.measures[$0].overlays.isEmpty }
    hasSimultaneousNotes = performance.hasUnisons
    performance.isPercussion = voice.staff.clef?.shape == .percussion
    performance.notes.reserveCapacity(voice.notes.count * 2)
    let isFirst = score.voices.first?.identifier == voice.identifier
    for directive in directives.shared { obey(directive, at: .zero, leadsCompanions: isFirst) }
    for directive in directives.own { obey(directive, at: .zero) }
    for played in order { play(played) }
    // A melody is in order as it is.
    if hasSimultaneousNotes, !performance.notes.isSorted {
      performance.notes.sort { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
    }
  }

  /// The voice as it was played.
  var played: PlayedVoice {
    PlayedVoice(performance: performance, plan: hasAccompaniment ? plan : nil, problems: problems)
  }

  mutating func play(_ played: PlayedMeasure) {
    let index = played.index
    if hasDecorations { dynamics.enter(measure: index) }
    let isRecordable = hasRepeats && played.start == nil && played.end == nil && isUnbound
    if isRecordable, replay(index) { return }
    let before = isRecordable ? log : Log()
    let skipped = played.start ?? .zero
    let start = performance.length - skipped
    if measures[index].meter != meter {
      meter = measures[index].meter
      if !measures[index].changes.contains(where: \.isMeter) {
        performance.changes.append(TimedChange(onset: start + skipped, kind: .meter(meter)))
      }
    }
    if hasDecorations, !followsKey { key = measures[index].key }
    if followsKey, measures[index].key != key {
      key = measures[index].key
      if !measures[index].changes.contains(where: \.isKey) {
        performance.changes.append(TimedChange(onset: start + skipped, kind: .key(key)))
      }
    }
    let length = min(played.end ?? measures[index].length, measures[index].length)
    if hasAccompaniment {
      plan.bars.append(.init(onset: start + skipped, length: length - skipped, meter: meter))
    }
    if hasLyrics { lyrics?.enter(measure: index) }
    play(measures[index].events, of: index, from: start, played, withChanges: true)
    if !measures[index].overlays.isEmpty {
      for overlay in measures[index].overlays {
        play(overlay, of: index, from: start, played, withChanges: false)
      }
    }
    performance.length = start + length
    if isRecordable { record(index, since: before) }
  }

  mutating func play(
    _ events: Range<Int>, of measure: Int, from start: Fraction, _ played: PlayedMeasure,
    withChanges: Bool
  ) {
    let lead = Self.lead(ofMeasure: measure, measures)
    let hasChanges = !measures[measure].changes.isEmpty
    var changes = hasChanges && withChanges ? measures[measure].changes[...] : []
    let mayBreakOtherwise = state.brokenShare != nil || hasChanges
    let broken = mayBreakOtherwise ? BrokenRhythm(allEvents[events]) : nil
    let swung = swing.flatMap {
      SwungBar(
        allEvents[events], share: $0, meter: meter, lead: lead, movesInSixteenths: movesInSixteenths)
    }
    let isWhole = played.start == nil && played.end == nil && !hasLyrics && !mayBreakOtherwise
    for index in events {
      let event = allEvents[index]
      if isWhole, event.isPlain, ties.isEmpty, !openTrill {
        // Nearly all of music: a note of its own, or a rest.
        guard let place = event.notes.first else { continue }
        let note = allNotes[place]
        if !note.isTied, event.notes.count == 1, let pitch = state.sounding(note.pitch) {
          var (onset, duration) = (event.onset, event.duration)
          if let swung {
            onset = swung.time(event.onset)
            duration = swung.time(event.onset + event.duration) - onset
          }
          let stress = lead == .zero ? event.onset : event.onset + lead
          performance.notes.append(
            TimedNote(
              onset: start + onset, duration: duration, pitch: pitch,
              velocity: dynamics.stress.velocity(at: stress, meter: meter, extra: 0), cents: note.cents))
          if state.gap != .zero { shorten(performance.notes.count - 1, Touch()) }
          continue
        }
      }
      var time = EventTime(start: event.onset, end: event.onset + event.duration)
      if let swung { time = EventTime(start: swung.time(time.start), end: swung.time(time.end)) }
      while let change = changes.first, change.range.lowerBound < event.range.lowerBound {
        apply(change, at: start, played)
        changes.removeFirst()
      }
      if played.end.map({ event.onset >= $0 }) ?? false || played.start.map({ event.onset < $0 }) ?? false {
        continue
      }
      if let broken { time = broken.time(of: index, time, brokenShare: state.brokenShare) }
      play(event, index, time, at: start, stress: event.onset + lead)
    }
    for change in changes { apply(change, at: start, played) }
  }

  /// What a pickup lacks, which stands before it.
  static func lead(ofMeasure index: Int, _ measures: [Measure]) -> Fraction {
    guard case .pickup = measures.span[index].fill else { return .zero }
    let length = measures[index].length
    return (measures[index].expectedLength ?? length) - length
  }

  mutating func apply(_ change: ScoreChange, at start: Fraction, _ played: PlayedMeasure) {
    let isOutside =
      played.end.map { change.onset > $0 } ?? false || played.start.map { change.onset < $0 } ?? false
    guard !isOutside else { return }
    let onset = start + change.onset
    switch change.kind {
    case .meter(let next): meter = next
    case .key(let next): key = next
    case .directive(let directive):
      obey(directive, at: onset)
      return
    case .tempo: break
    }
    performance.changes.append(TimedChange(onset: onset, kind: change.kind))
  }
}

extension ScoreEvent {
  /// Whether nothing stands at it, neither grace notes nor decorations nor anything else.
  fileprivate var isPlain: Bool { graceNotes.isEmpty && attachments.isEmpty && kind != .spacer }
}

extension ScoreChange {
  fileprivate var isDirective: Bool {
    if case .directive = kind { return true }
    return false
  }

  fileprivate var isKey: Bool {
    if case .key = kind { return true }
    return false
  }

  fileprivate var isMeter: Bool {
    if case .meter = kind { return true }
    return false
  }
}

extension [TimedNote] {
  /// Whether they are in the order of their onsets, and at one onset of their pitches.
  fileprivate var isSorted: Bool {
    for index in indices.dropFirst() {
      let (left, right) = (self[index - 1], self[index])
      if right.onset < left.onset || (right.onset == left.onset && right.pitch < left.pitch) { return false }
    }
    return true
  }
}
