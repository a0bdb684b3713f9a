import ABCNotation
import StandardMIDI

/// Writes the first track: what the tune is, and its tempo, meter and key all along.
struct ConductorTrack {
  private var builder = MIDITrackBuilder()

  init() {
    builder.reserveCapacity(8, ofOtherKinds: 8)
  }

  /// The track.
  mutating func write(_ score: Score, _ voices: [PlayedVoice]) -> MIDITrackBuilder {
    addTexts(of: score)
    add(.meter(score.meter), at: 0)
    add(.key(score.key), at: 0)
    var tempos = TempoMap(start: DefaultTempo.start(of: score))
    if let text = score.tempo?.text { builder.add(.meta(.text(.text, text)), at: 0) }
    for change in Self.changes(of: voices) {
      if case .tempo(let tempo) = change.kind { tempos.add(tempo, at: change.onset) }
      add(change.kind, at: MIDIConverter.tick(change.onset))
    }
    if voices.indices.contains(where: { !voices[$0].performance.holds.isEmpty }) {
      tempos.holds = Array(Set(voices.flatMap(\.performance.holds)))
    }
    for (onset, rate) in tempos.rates {
      builder.add(
        .meta(.tempo(StandardMIDI.Tempo(quartersPerMinute: rate.value))), at: MIDIConverter.tick(onset))
    }
    return builder
  }

  /// What changes on the way, in order. Within a voice the last word holds; the voices agree, so that the first one to
  /// say something is enough.
  private static func changes(of voices: [PlayedVoice]) -> [TimedChange] {
    guard voices.indices.contains(where: { !voices[$0].performance.changes.isEmpty }) else { return [] }
    var said: [TimedChange.Identity: TimedChange] = [:]
    for voice in voices where !voice.performance.changes.isEmpty {
      let own = Dictionary(voice.performance.changes.map { ($0.identity, $0) }) { $1 }
      said.merge(own) { first, _ in first }
    }
    return said.sorted { ($0.value.onset, $0.key.kind) < ($1.value.onset, $1.key.kind) }.map(\.value)
  }

  private mutating func addTexts(of score: Score) {
    var hasTitle = false
    for index in score.header.indices {
      let letter = score.header[index].letter.asciiValue
      guard let letter, "TCS".utf8.contains(letter) else { continue }
      let field = score.header[index]
      switch letter {
      case UInt8(ascii: "T"):
        builder.add(.meta(.text(hasTitle ? .text : .trackName, field.value)), at: 0)
        hasTitle = true
      case UInt8(ascii: "C"): builder.add(.meta(.text(.text, "Composer: \(field.value)")), at: 0)
      case UInt8(ascii: "S"): builder.add(.meta(.text(.text, "Source: \(field.value)")), at: 0)
      default: break
      }
    }
    for directive in score.directives where directive.name == "abc-copyright" {
      builder.add(.meta(.text(.copyright, directive.value)), at: 0)
    }
  }

  private mutating func add(_ change: ScoreChange.Kind, at tick: Int) {
    switch change {
    case .tempo(let tempo):
      if let text = tempo.text { builder.add(.meta(.text(.text, text)), at: tick) }
    case .meter(let meter):
      guard !meter.isFree, let numerator = UInt8(exactly: meter.numerator) else { return }
      let power = UInt8(meter.noteValue.trailingZeroBitCount)
      // A metronome clicks on the beats: a dotted quarter is 36 clocks.
      let clocks = meter.isCompound ? 3 * 96 / meter.noteValue : 96 / meter.noteValue
      let signature = TimeSignature(
        numerator: numerator, denominatorPower: power, clocksPerClick: UInt8(clamping: max(clocks, 1)))
      builder.add(.meta(.timeSignature(signature)), at: tick)
    case .key(let key):
      if let sharps = key.signatureFifths,
        let signature = KeySignature(
          sharps: Int8(sharps), isMinor: key.mode == .minor || key.mode == .aeolian)
      {
        builder.add(.meta(.keySignature(signature)), at: tick)
      }
    case .directive: break
    }
  }
}

extension TimedChange {
  /// What makes two changes the same.
  fileprivate struct Identity: Hashable {
    let onset: Fraction
    let kind: Int
  }

  fileprivate var identity: Identity {
    switch kind {
    // A word alone does not take a tempo back.
    case .tempo(let tempo): Identity(onset: onset, kind: tempo.beat == nil ? 3 : 0)
    case .meter: Identity(onset: onset, kind: 1)
    case .key: Identity(onset: onset, kind: 2)
    case .directive: Identity(onset: onset, kind: 4)
    }
  }
}
