import ABCNotation
import StandardMIDI

/// Turns scores into Standard MIDI Files: format 1, 480 ticks a quarter note, a first track with the title, tempo,
/// meter and key, then a track for each voice.
public struct MIDIConverter: Sendable {
  /// Ticks a quarter note.
  public static let ticksPerQuarter = 480

  /// The General MIDI program of every voice.
  public var program: UInt7

  /// A converter that gives every voice the same instrument, General MIDI 0…127; 0 is a piano.
  public init(program: UInt7 = 0) {
    self.program = program
  }

  /// The voices as they sound: unfolded, ties joined, with exact onsets and lengths.
  public func performances(of score: Score) throws(ConversionError) -> [Performance] {
    var result: [Performance] = []
    for voice in score.voices {
      let order = try Unfolding.order(of: voice.measures, partOrder: score.partOrder)
      result.append(Performer(voice, order: order, meter: score.meter).performance)
    }
    return result
  }

  /// The MIDI file of a score.
  public func convert(_ score: Score) throws(ConversionError) -> MIDIFile {
    let performances = try performances(of: score)
    let channels = Channel.all.filter { $0 != .percussion }
    guard performances.count <= channels.count else { throw .tooManyVoices(performances.count) }
    let end = Self.tick(performances.map(\.length).max() ?? .zero)
    var tracks = [conductor(score, performances, end: end)]
    for ((voice, performance), channel) in zip(zip(score.voices, performances), channels) {
      var track = MIDITrackBuilder()
      if !voice.identifier.isEmpty { track.add(.meta(.text(.trackName, voice.identifier)), at: 0) }
      track.add(.programChange(channel: channel, program: program), at: 0)
      for note in performance.notes {
        track.addNote(
          channel: channel, key: UInt7(note.pitch), velocity: UInt7(note.velocity),
          from: Self.tick(note.onset),
          to: Self.tick(note.onset + note.duration))
      }
      tracks.append(track.finish(endTick: end))
    }
    return MIDIFile(
      format: .simultaneous, division: .ticksPerQuarter(UInt16(Self.ticksPerQuarter)), tracks: tracks)
  }

  /// The nearest tick to an exact time in whole notes.
  static func tick(_ time: Fraction) -> Int {
    let numerator = 8 * Int128(ticksPerQuarter) * Int128(time.numerator)
    let denominator = Int128(time.denominator)
    return Int(clamping: (numerator + denominator) / (2 * denominator))
  }

  private func conductor(_ score: Score, _ performances: [Performance], end: Int) -> MIDITrack {
    var track = MIDITrackBuilder()
    for title in score.values(of: "T").prefix(1) { track.add(.meta(.text(.trackName, title)), at: 0) }
    for title in score.values(of: "T").dropFirst() { track.add(.meta(.text(.text, title)), at: 0) }
    for composer in score.values(of: "C") { track.add(.meta(.text(.text, "Composer: \(composer)")), at: 0) }
    for source in score.values(of: "S") { track.add(.meta(.text(.text, "Source: \(source)")), at: 0) }
    let rhythm = score.values(of: "R").first
    let tempo = score.tempo ?? DefaultTempo.tempo(rhythm: rhythm, meter: score.meter)
    add(.meter(score.meter), at: 0, to: &track)
    add(.key(score.key), at: 0, to: &track)
    if tempo.beat == nil {
      add(.tempo(DefaultTempo.tempo(rhythm: rhythm, meter: score.meter)), at: 0, to: &track)
    }
    add(.tempo(tempo), at: 0, to: &track)
    // Within a voice the last word holds; the voices agree, so that the first one to say something is enough.
    var said: [TimedChange.Identity: TimedChange] = [:]
    for performance in performances {
      let own = Dictionary(performance.changes.map { ($0.identity, $0) }) { $1 }
      said.merge(own) { first, _ in first }
    }
    let ordered = said.sorted { ($0.value.onset, $0.key.kind) < ($1.value.onset, $1.key.kind) }
    for (_, change) in ordered { add(change.kind, at: Self.tick(change.onset), to: &track) }
    return track.finish(endTick: end)
  }

  private func add(_ change: ScoreChange.Kind, at tick: Int, to track: inout MIDITrackBuilder) {
    switch change {
    case .tempo(let tempo):
      if let text = tempo.text { track.add(.meta(.text(.text, text)), at: tick) }
      if let rate = tempo.quartersPerMinute {
        track.add(.meta(.tempo(StandardMIDI.Tempo(quartersPerMinute: rate.value))), at: tick)
      }
    case .meter(let meter):
      guard !meter.isFree, let numerator = UInt8(exactly: meter.numerator) else { return }
      let power = UInt8(meter.noteValue.trailingZeroBitCount)
      track.add(.meta(.timeSignature(TimeSignature(numerator: numerator, denominatorPower: power))), at: tick)
    case .directive: break
    case .key(let key):
      let isMinor = key.mode == .minor || key.mode == .aeolian
      if let sharps = key.signatureFifths,
        let signature = KeySignature(sharps: Int8(sharps), isMinor: isMinor)
      {
        track.add(.meta(.keySignature(signature)), at: tick)
      }
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
