import ABCNotation

/// Plays one voice: lays its bars end to end in the order of play, joins tied notes, and gives each note its time
/// and its strength.
struct Performer {
  private var performance = Performance()
  private var problems: [ConversionProblem] = []
  private var plan = AccompanimentPlan(bars: [], instructions: [])

  // The arrays of the voice: nothing of it is copied to come to them.
  private let measures: [Measure]
  private let allEvents: [ScoreEvent]
  private let allNotes: [ScoreNote]
  private let attachments: [Attachment]
  private let isPlain: Bool
  /// The share of a pair that its first note takes, if it is not as written.
  private let swing: Fraction?
  private let hasDecorations: Bool
  /// Whether the key changes, so that a jump may bring another one back.
  private let followsKey: Bool
  private let hasAccompaniment: Bool
  /// Whether the tune moves in sixteenths; only asked for where it swings.
  private let movesInSixteenths: Bool
  private var state: VoiceState
  private var dynamics = Dynamics()
  private var effects = DecorationEffects()
  private var ties = OpenTies()
  private var meter: Meter
  private var key: Key
  private var lyrics: LyricSheet?
  private let hasLyrics: Bool
  /// Whether notes may have come in another order than that of their onsets and pitches: in chords, in grace notes
  /// before them, in overlays.
  private var hasSimultaneousNotes = false
  /// The trill over several notes that has begun and not ended.
  private var openTrill = false
  /// Whether any bar is played more than once.
  private let hasRepeats: Bool
  /// The bars that can be played again by copying.
  private var recordings: [Recording?] = []
  private var commandCount = 0

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

  private mutating func play(_ played: PlayedMeasure) {
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

  private mutating func play(
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
  private static func lead(ofMeasure index: Int, _ measures: [Measure]) -> Fraction {
    guard case .pickup = measures.span[index].fill else { return .zero }
    let length = measures[index].length
    return (measures[index].expectedLength ?? length) - length
  }

  private mutating func apply(_ change: ScoreChange, at start: Fraction, _ played: PlayedMeasure) {
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

  // MARK: - Bars played again

  /// Whether nothing reaches from the bars before into the next: no tie, no trill, no hairpin.
  private var isUnbound: Bool { ties.isEmpty && !openTrill && !dynamics.isInHairpin }

  /// How much of everything there is so far.
  private var log: Log {
    Log(
      onset: performance.length, notes: performance.notes.count, instructions: plan.instructions.count,
      others: commandCount + performance.changes.count + performance.holds.count + problems.count,
      level: dynamics.level, meter: meter)
  }

  /// Remembers a bar that has been played since a time, if it left nothing behind but notes and chord symbols.
  private mutating func record(_ index: Int, since before: Log) {
    let after = log
    guard isUnbound, after.others == before.others, after.level == before.level, after.meter == before.meter
    else { return }
    recordings[index] = Recording(
      notes: before.notes..<after.notes, instructions: before.instructions..<after.instructions,
      onset: before.onset, end: after.onset, level: before.level, commandCount: commandCount)
  }

  /// Plays a bar as it has been played before; false if it must be looked at again.
  private mutating func replay(_ index: Int) -> Bool {
    guard let recording = recordings[index], recording.commandCount == commandCount,
      recording.level == dynamics.level, measures[index].meter == meter,
      !followsKey || measures[index].key == key
    else { return false }
    let shift = performance.length - recording.onset
    performance.notes.repeat(recording.notes, later: shift)
    let length = recording.end - recording.onset
    if hasAccompaniment {
      plan.bars.append(.init(onset: performance.length, length: length, meter: meter))
      for place in recording.instructions {
        let past = plan.instructions[place]
        plan.instructions.append(.init(onset: past.onset + shift, instruction: past.instruction))
      }
    }
    performance.length += length
    return true
  }

  // MARK: - Events

  private mutating func play(
    _ event: ScoreEvent, _ index: Int, _ time: EventTime, at start: Fraction, stress: Fraction
  ) {
    if hasAccompaniment, event.layer == 0, !event.attachments.isEmpty {
      for place in event.attachments where attachments[place].kind == .chordSymbol {
        plan.instructions.append(
          .init(onset: start + event.onset, instruction: .chordSymbol(attachments[place].text)))
      }
    }
    guard event.kind != .spacer else { return }
    var touch = Touch()
    if hasDecorations, openTrill || !event.attachments.isEmpty {
      touch = self.touch(of: event, at: start + time.start)
    }
    let waiting = ties
    if !ties.isEmpty { ties.close(layer: event.layer) }
    if touch.isHeld, !isPlain { hold(event, time, at: start) }
    guard !event.notes.isEmpty else { return }
    if event.notes.count > 1 || !event.graceNotes.isEmpty || event.layer > 0 { hasSimultaneousNotes = true }
    if hasLyrics, let lyrics, event.layer == 0 {
      performance.lyrics += lyrics.syllables(of: index).map {
        TimedLyric(onset: start + time.start, text: $0)
      }
    }
    let velocity = dynamics.stress.velocity(at: stress, meter: meter, extra: touch.accent)
    let whole = time.end - time.start
    var onset = start + time.start
    let graceTime = playGraceNotes(of: event, at: &onset, before: whole, velocity: velocity)
    var delay = Fraction.zero
    let attack = touch.isArpeggio && !isPlain ? Fraction(1, 64) : state.chordAttack
    let top =
      touch.ornament == nil
      ? nil : allNotes[event.notes].indices.max { allNotes[$0].pitch < allNotes[$1].pitch }
    for noteIndex in event.notes {
      let note = allNotes[noteIndex]
      guard let pitch = state.sounding(note.pitch) else { continue }
      var duration = note.duration == event.duration ? whole : note.duration * whole / event.duration
      if !waiting.isEmpty, graceTime == .zero, let open = waiting.note(layer: event.layer, pitch: pitch),
        performance.notes[open].onset + performance.notes[open].duration >= onset
      {
        // In a chord a note may be longer than the chord, and still sound where the next one takes it over.
        let open = (note: open, length: onset + duration - performance.notes[open].onset)
        performance.notes[open.note].duration = max(performance.notes[open.note].duration, open.length)
        if note.isTied { ties.open(layer: event.layer, pitch: pitch, note: open.note) }
        continue
      }
      duration = duration > graceTime ? duration - graceTime : duration
      let first = performance.notes.count
      if delay > .zero, delay < duration * Fraction(1, 2) {
        append(note, pitch, onset + delay, duration - delay, velocity)
      } else if noteIndex == top, let pieces = touch.ornament?.pieces(of: duration), !isPlain {
        play(pieces, of: note, at: onset, velocity)
      } else {
        append(note, pitch, onset, duration, velocity)
      }
      delay += attack
      if note.isTied {
        ties.open(layer: event.layer, pitch: pitch, note: performance.notes.count - 1)
      } else if performance.notes.count == first + 1 {
        shorten(first, touch)
      }
    }
  }

  private mutating func append(
    _ note: ScoreNote, _ pitch: Int, _ onset: Fraction, _ duration: Fraction, _ velocity: Int
  ) {
    performance.notes.append(
      TimedNote(onset: onset, duration: duration, pitch: pitch, velocity: velocity, cents: note.cents))
  }

  private mutating func play(
    _ pieces: [Ornament.Piece], of note: ScoreNote, at start: Fraction, _ velocity: Int
  ) {
    var onset = start
    for piece in pieces {
      if let pitch = state.sounding(note.neighbor(piece.steps, in: key)) {
        // What adorns is lighter than what is adorned.
        append(note, pitch, onset, piece.duration, piece.steps == 0 ? velocity : max(velocity - 10, 1))
      }
      onset += piece.duration
    }
  }

  /// Plays the grace notes before a note, which begin on its beat, and moves its onset behind them.
  private mutating func playGraceNotes(
    of event: ScoreEvent, at onset: inout Fraction, before duration: Fraction, velocity: Int
  ) -> Fraction {
    guard !event.graceNotes.isEmpty else { return .zero }
    let graceNotes = allNotes[event.graceNotes]
    var written = Fraction.zero
    for note in graceNotes where !note.soundsWithPrevious { written += note.duration }
    guard written > .zero else { return .zero }
    let time = state.graceTime(written: written, before: duration)
    let scale = time / written
    var latest = onset
    for note in graceNotes {
      if !note.soundsWithPrevious { latest = onset }
      let length = note.duration * scale
      if let pitch = state.sounding(note.pitch) { append(note, pitch, latest, length, velocity) }
      if !note.soundsWithPrevious { onset += length }
    }
    return time
  }

  /// Shortens a note as its decorations and the gap between notes ask for, never beyond its onset.
  private mutating func shorten(_ index: Int, _ touch: Touch) {
    let duration = performance.notes[index].duration
    if touch.share != Fraction(1), !isPlain {
      performance.notes[index].duration = duration * touch.share
    } else if state.gap != .zero {
      performance.notes[index].duration =
        duration > state.gap ? duration - state.gap : duration * Fraction(1, 2)
    }
  }

  private mutating func hold(_ event: ScoreEvent, _ time: EventTime, at start: Fraction) {
    let duration = time.end - time.start
    guard duration > .zero else { return }
    let factor = state.fermataAddsUnit ? (duration + state.unitLength) / duration : Fraction(2)
    performance.holds.append(Hold(onset: start + time.start, duration: duration, factor: factor))
  }

  // MARK: - Decorations and directives

  private mutating func touch(of event: ScoreEvent, at onset: Fraction) -> Touch {
    var touch = Touch()
    // A mark first: it is what a hairpin at the same note begins or ends with.
    for place in event.attachments where attachments[place].kind == .decoration {
      if case .mark = effects.effect(of: attachments[place].text) {
        dynamics.obey(attachments[place].text, at: onset, notes: &performance.notes)
      }
    }
    for place in event.attachments where attachments[place].kind == .decoration {
      switch effects.effect(of: attachments[place].text) {
      case .trillBegins: openTrill = true
      case .trillEnds: openTrill = false
      case .hairpin: dynamics.obey(attachments[place].text, at: onset, notes: &performance.notes)
      case .touch(let change): touch.take(change)
      case .mark, .nothing: break
      }
    }
    if openTrill { touch.ornament = .trill }
    return touch
  }

  /// Obeys a directive from a time on.
  ///
  /// - Parameter leadsCompanions: whether the voice is the one that drums and drone follow.
  private mutating func obey(
    _ directive: Score.Directive, at onset: Fraction, leadsCompanions: Bool = true
  ) {
    for words in directive.commands {
      guard let name = words.first else { continue }
      do {
        let arguments = Array(words.dropFirst())
        if let command = try VoiceCommand(command: name, arguments: arguments) {
          obey(command, at: onset)
        } else if let command = try AccompanimentDirective(
          command: Substring(name.lowercased()), arguments: arguments)
        {
          if leadsCompanions || !command.isOfCompanions {
            plan.instructions.append(.init(onset: onset, instruction: .directive(command)))
          }
        } else {
          let message = "'%%MIDI \(name)' is no command that is known here"
          problems.append(ConversionProblem(range: directive.range, message: message))
        }
      } catch {
        problems.append(ConversionProblem(range: directive.range, message: error.description))
      }
    }
  }

  private mutating func obey(_ command: VoiceCommand, at onset: Fraction) {
    let shift = state.transposition
    commandCount += 1
    state.obey(command)
    dynamics.obey(command)
    if state.transposition != shift {
      plan.instructions.append(.init(onset: onset, instruction: .transposition(state.transposition)))
    }
    if case .instrument(let changes) = command {
      performance.instrumentChanges += changes.map { (onset, $0) }
    }
  }
}

/// What a performer leaves behind.
struct PlayedVoice {
  let performance: Performance
  /// What the voice says of its accompaniment; nil if there may be none at all.
  let plan: AccompanimentPlan?
  let problems: [ConversionProblem]
}

/// How much a performer has played, and how.
private struct Log {
  var onset = Fraction.zero
  var notes = 0
  var instructions = 0
  /// Commands, changes, fermatas and problems.
  var others = 0
  var level = Dynamics.Level(first: 0, strong: 0, weak: 0)
  var meter = Meter.free
}

/// A bar that has been played, to be played again by copying it.
private struct Recording {
  let notes: Range<Int>
  let instructions: Range<Int>
  let onset: Fraction
  let end: Fraction
  /// How loud it began and how many commands had been obeyed: only so it sounds the same again.
  let level: Dynamics.Level
  let commandCount: Int
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
  /// Appends some of them once more, all so much later.
  fileprivate mutating func `repeat`(_ range: Range<Int>, later shift: Fraction) {
    for place in range {
      var note = self[place]
      note.onset += shift
      append(note)
    }
  }

  /// Whether they are in the order of their onsets, and at one onset of their pitches.
  fileprivate var isSorted: Bool {
    for index in indices.dropFirst() {
      let (left, right) = (self[index - 1], self[index])
      if right.onset < left.onset || (right.onset == left.onset && right.pitch < left.pitch) { return false }
    }
    return true
  }
}
