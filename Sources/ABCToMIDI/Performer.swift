import ABCNotation

/// Plays one voice: lays its bars end to end in the order of play and joins tied notes.
struct Performer {
  /// The share of its note that a group of grace notes takes, all together.
  static let graceShare = Fraction(1, 4)

  private(set) var performance = Performance()
  /// For each pitch with an open tie, the index of the note that it prolongs. One map a layer.
  private var openTies: [Int: [Int: Int]] = [:]
  private var meter: Meter
  private let voice: Voice

  init(_ voice: Voice, order: [Int], meter: Meter) {
    self.meter = meter
    self.voice = voice
    for index in order { play(voice.measures[index]) }
    performance.notes.sort { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
  }

  private mutating func play(_ measure: Measure) {
    let start = performance.length
    if measure.meter != meter, !measure.changes.contains(where: \.isMeter) {
      performance.changes.append(TimedChange(onset: start, kind: .meter(measure.meter)))
    }
    meter = measure.meter
    for change in measure.changes {
      performance.changes.append(TimedChange(onset: start + change.onset, kind: change.kind))
      if case .meter(let next) = change.kind { meter = next }
    }
    for event in voice.events(in: measure) { play(event, at: start, in: measure) }
    performance.length = start + measure.length
  }

  private mutating func play(_ event: ScoreEvent, at start: Fraction, in measure: Measure) {
    var onset = start + event.onset
    let isStaccato = voice.decorations(of: event).contains("staccato")
    let velocity = Self.velocity(at: event.onset, meter: measure.meter)
    let ties = openTies[event.layer] ?? [:]
    var newTies: [Int: Int] = [:]
    var lost = Fraction.zero
    let graceNotes = voice.graceNotes(of: event)
    if !graceNotes.isEmpty, !event.notes.isEmpty {
      lost = event.duration * Self.graceShare
      let each = lost / Fraction(max(graceNotes.count { !$0.soundsWithPrevious }, 1))
      onset = onset - each
      for grace in graceNotes {
        if !grace.soundsWithPrevious { onset += each }
        guard (0...127).contains(grace.pitch) else { continue }
        performance.notes.append(
          TimedNote(onset: onset, duration: each, pitch: grace.pitch, velocity: velocity))
      }
      onset += each
    }
    for note in voice.notes(of: event) where (0...127).contains(note.pitch) {
      var duration = note.duration
      if let open = ties[note.pitch], lost == .zero,
        performance.notes[open].onset + performance.notes[open].duration == onset
      {
        performance.notes[open].duration += duration
        if note.isTied { newTies[note.pitch] = open }
        continue
      }
      duration = duration > lost ? duration - lost : duration
      if isStaccato, !note.isTied { duration = duration * Fraction(1, 2) }
      performance.notes.append(
        TimedNote(onset: onset, duration: duration, pitch: note.pitch, velocity: velocity))
      if note.isTied { newTies[note.pitch] = performance.notes.count - 1 }
    }
    openTies[event.layer] = newTies
  }

  /// The first note of a bar is the strongest, those on a beat come next.
  private static func velocity(at onset: Fraction, meter: Meter) -> Int {
    if onset == .zero { return 100 }
    let beat = meter.isCompound ? Fraction(3, meter.noteValue) : Fraction(1, meter.noteValue)
    return (onset / beat).denominator == 1 ? 88 : 78
  }
}

extension ScoreChange {
  fileprivate var isMeter: Bool {
    if case .meter = kind { return true }
    return false
  }
}
