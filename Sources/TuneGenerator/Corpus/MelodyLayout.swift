import ABCNotation

/// Writes the bars of a melody in house layout.
struct MelodyLayout {
  let voice: Voice
  private let meter: Meter
  let barLength: Fraction
  private let unitLength: Fraction
  private let key: Key
  private let keepsMarks: Bool
  private var accidentals: [Int?] = Array(repeating: nil, count: 7)
  /// Notes that a tie leads into: they need no accidental of their own.
  private var tiedPitches: Set<Int> = []

  init(voice: Voice, meter: Meter, barLength: Fraction, unitLength: Fraction, key: Key, keepsMarks: Bool) {
    self.voice = voice
    self.meter = meter
    self.barLength = barLength
    self.unitLength = unitLength
    self.key = key
    self.keepsMarks = keepsMarks
  }

  /// The text of the bars, four a line, with a line end after each section.
  mutating func layOut() throws(NormalForm.Obstacle) -> String {
    let measures = voice.measures
    guard voice.events.contains(where: { !$0.notes.isEmpty }) else { throw .noMusic }
    let strains = Strains(measures, barLength: barLength)
    var text = ""
    var barsInLine = 0
    var isInLaterEnding = false
    for (index, measure) in measures.enumerated() {
      guard (measure.closing?.repeatsBefore ?? 0) <= 1 else { throw .unusualStructure }
      if strains.openings.contains(index) {
        if barsInLine > 0 {
          text += "\n"
          barsInLine = 0
        }
        text += "|:"
      }
      if let ending = measure.ending {
        if text.hasSuffix("|:") || text.hasSuffix("\n") || text.isEmpty { text += "[" }
        text += ending.description + " "
      }
      text += try bar(measure, next: index + 1 < measures.count ? measures[index + 1] : nil)
      if measure.length == barLength { barsInLine += 1 } else if barsInLine == 0 { barsInLine = -1 }
      let isLast = index + 1 == measures.count
      let next = isLast ? nil : measures[index + 1]
      if strains.outerPickups.contains(index) {
        // `|:` follows on the same line.
        barsInLine = 0
        continue
      }
      // A pickup ends no section, though a printer may have set a double bar or the sign of the repeat behind it.
      let isInnerPickup =
        measure.length < barLength && measure.closing?.repeatsBefore == 0 && measure.ending == nil && !isLast
        && (index == 0 || strains.openings.contains(index)
          || measures[index - 1].closing?.isSectionEnd == true)
      // Behind the last ending there is no way back, whatever a printer has set.
      if let ending = measure.ending { isInLaterEnding = ending.min ?? 1 > 1 }
      text += isInnerPickup ? "|" : sign(after: measure, before: next, endsLastEnding: isInLaterEnding)
      if measure.closing?.isSectionEnd == true, next?.ending == nil { isInLaterEnding = false }
      let endsSection = measure.closing?.isSectionEnd == true && next?.ending == nil && !isInnerPickup
      if isLast || endsSection || (barsInLine >= 4 && next?.ending == nil) {
        text += "\n"
        barsInLine = 0
      } else if barsInLine < 0 {
        barsInLine = 0
        continue
      }
    }
    return text
  }

  /// The sign at the right of a bar. A repeat that starts there is written at the head of the next line.
  private func sign(after measure: Measure, before next: Measure?, endsLastEnding: Bool) -> String {
    let closing = measure.closing
    if let closing, closing.repeatsBefore > 0, !endsLastEnding || next?.ending != nil { return ":|" }
    if next == nil { return "|]" }
    if next?.ending != nil { return "|" }
    return closing?.isSectionEnd == true ? "||" : "|"
  }

  /// The notes of a bar; with a lead-in, those of the pickup that is played behind them as well.
  mutating func bar(
    _ measure: Measure, leadIn: Measure? = nil, next: Measure?
  ) throws(NormalForm.Obstacle) -> String {
    accidentals = Array(repeating: nil, count: 7)
    var text = ""
    let lead = leadIn.map(timedEvents) ?? []
    let events = timedEvents(measure) + lead
    // A pickup counts from the bar line that follows it, so that its beams fall on the same beats.
    let isPickup = leadIn == nil && measure.length < barLength && measure.closing?.isSectionEnd != true
    let offset = isPickup ? barLength - measure.length : .zero
    var index = 0
    while index < events.count {
      let event = events[index]
      let onset = event.onset + (index < events.count - lead.count ? offset : measure.length)
      if index > 0, startsGroup(at: onset, events[index - 1], event) { text += " " }
      let length = event.duration / unitLength
      if length.denominator % 3 == 0 {
        let (triplet, count) = try triplet(events[index...], following: following(events, index, next))
        text += triplet
        index += count
      } else if let pair = try brokenPair(events[index...], at: onset, next: next) {
        text += pair
        index += 2
      } else {
        text += try note(event, length: length, following: following(events, index, next))
        index += 1
      }
    }
    return text
  }

  /// A note or rest as it is written: one that is tied to the next of its bar is one with it, where one note can say it.
  struct LaidEvent {
    let event: ScoreEvent
    var duration: Fraction
    /// Whether it leads into the note behind it.
    var isTied: Bool

    var onset: Fraction { event.onset }
  }

  private func timedEvents(_ measure: Measure) -> [LaidEvent] {
    var events: [LaidEvent] = []
    for event in voice.events(in: measure) where event.kind != .spacer {
      let notes = voice.notes(of: event)
      let next = LaidEvent(event: event, duration: event.duration, isTied: notes.contains(where: \.isTied))
      if let last = events.last, last.isTied, event.attachments.isEmpty || !keepsMarks,
        let pitch = notes.map(\.pitch).max(), pitch == voice.notes(of: last.event).map(\.pitch).max(),
        isOneNote(last.duration + event.duration)
      {
        events[events.count - 1].duration = last.duration + event.duration
        events[events.count - 1].isTied = next.isTied
      } else {
        events.append(next)
      }
    }
    return events
  }

  /// Whether one note, dotted or not, is so long.
  private func isOneNote(_ duration: Fraction) -> Bool {
    let length = duration / unitLength
    return length.denominator.nonzeroBitCount == 1 && length.denominator <= 8
      && [1, 2, 3, 4, 6, 7, 8, 12, 16, 24].contains(length.numerator)
  }

  private func following(_ events: [LaidEvent], _ index: Int, _ next: Measure?) -> LaidEvent? {
    index + 1 < events.count ? events[index + 1] : next.flatMap { timedEvents($0).first }
  }

  /// Beams break at the beat (at the half bar in 4/4 and 2/2), and around notes that have no beam.
  private func startsGroup(at onset: Fraction, _ previous: LaidEvent, _ event: LaidEvent) -> Bool {
    if previous.duration >= Fraction(1, 4), event.duration >= Fraction(1, 4) { return true }
    let beat: Fraction
    if meter.isCompound || (meter.numerator == 3 && meter.noteValue == 8) {
      beat = Fraction(3, meter.noteValue)
    } else if meter.noteValue == 4 && meter.numerator == 4 || meter.noteValue == 2 {
      beat = Fraction(1, 2)
    } else {
      beat = Fraction(1, 4)
    }
    return (onset / beat).denominator == 1
  }

  /// Two notes of 3:1 (or 1:3) that fill a beat of one or two units: broken rhythm.
  private mutating func brokenPair(
    _ events: ArraySlice<LaidEvent>, at onset: Fraction, next: Measure?
  ) throws(NormalForm.Obstacle) -> String? {
    guard events.count > 1, let first = events.first else { return nil }
    let second = events[events.startIndex + 1]
    let sum = first.duration + second.duration
    let unit = sum * Fraction(1, 2)
    guard unit == unitLength, (onset / sum).denominator == 1 else { return nil }
    let sign: String
    if first.duration == unit * Fraction(3, 2) {
      sign = ">"
    } else if first.duration == unit * Fraction(1, 2) {
      sign = "<"
    } else {
      return nil
    }
    guard !first.isTied else { return nil }
    let left = try note(first, length: Fraction(1), following: second)
    let after =
      events.startIndex + 2 < events.endIndex
      ? events[events.startIndex + 2] : next.flatMap { timedEvents($0).first }
    return try left + sign + note(second, length: Fraction(1), following: after)
  }

  /// Notes of which three fill the time of two, up to where the time is whole again.
  private mutating func triplet(
    _ events: ArraySlice<LaidEvent>, following: LaidEvent?
  ) throws(NormalForm.Obstacle) -> (String, Int) {
    var sum = Fraction.zero
    var text = ""
    var count = 0
    for (index, event) in zip(events.indices, events) {
      let length = event.duration / unitLength * Fraction(3, 2)
      guard length.denominator.nonzeroBitCount == 1 else { throw .unusualLength }
      let next = index + 1 < events.endIndex ? events[index + 1] : following
      text += try note(event, length: length, following: next)
      sum += event.duration / unitLength
      count += 1
      if sum.denominator.nonzeroBitCount == 1, sum.denominator <= 2 { break }
      if count == 6 { throw .unusualLength }
    }
    let isEven = count == 3 && Set(events.prefix(3).map(\.duration)).count == 1
    guard sum.denominator.nonzeroBitCount == 1, isEven || count == 2 else { throw .unusualLength }
    return ((count == 3 ? "(3" : "(3:2:\(count)") + text, count)
  }

  private mutating func note(
    _ event: LaidEvent, length: Fraction, following: LaidEvent?
  ) throws(NormalForm.Obstacle) -> String {
    let lengthText = try self.text(of: length)
    // Of a double stop the upper note is the melody.
    guard let note = voice.notes(of: event.event).max(by: { $0.pitch < $1.pitch }) else {
      tiedPitches = []
      return marks(at: event.event) + "z" + lengthText
    }
    guard (48...100).contains(note.pitch) else { throw .unusualPitch }
    let inForce = accidentals[note.step.rawValue] ?? key.alterations[note.step]
    var text = marks(at: event.event)
    if note.alteration != inForce, !tiedPitches.contains(note.pitch) {
      guard (-1...1).contains(note.alteration) else { throw .unusualPitch }
      text += ["_", "=", "^"][note.alteration + 1]
      accidentals[note.step.rawValue] = note.alteration
    }
    text += Self.name(step: note.step, octave: note.octave) + lengthText
    let leadsOn =
      event.isTied && following.map { voice.notes(of: $0.event).map(\.pitch).max() == note.pitch } ?? false
    tiedPitches = leadsOn ? [note.pitch] : []
    return leadsOn ? text + "-" : text
  }

  /// Chord symbols, annotations and decorations, if they are to be kept.
  private func marks(at event: ScoreEvent) -> String {
    guard keepsMarks else { return "" }
    return voice.attachments(of: event).map { attachment in
      switch attachment.kind {
      case .chordSymbol: "\"\(attachment.text)\""
      case .annotation(let placement): "\"\(placement.rawValue)\(attachment.text)\""
      case .decoration:
        switch attachment.text {
        case "staccato": "."
        case "roll": "~"
        default: "!\(attachment.text)!"
        }
      }
    }.joined()
  }

  /// The name of a note: a letter, and the signs of its octave, 0 for that of capital letters.
  static func name(step: Step, octave: Int) -> String {
    let letter = ["C", "D", "E", "F", "G", "A", "B"][step.rawValue]
    if octave >= 1 { return letter.lowercased() + String(repeating: "'", count: octave - 1) }
    return letter + String(repeating: ",", count: -octave)
  }

  private func text(of length: Fraction) throws(NormalForm.Obstacle) -> String {
    guard length > .zero, length.denominator.nonzeroBitCount == 1, length.denominator <= 8,
      length.numerator <= 24
    else { throw .unusualLength }
    if length.denominator == 1 { return length.numerator == 1 ? "" : "\(length.numerator)" }
    let denominator = length.denominator == 2 ? "/" : "/\(length.denominator)"
    return length.numerator == 1 ? denominator : "\(length.numerator)/\(length.denominator)"
  }
}
