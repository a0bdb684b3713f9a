import ABCNotation
import StandardMIDI

/// Turns scores into Standard MIDI Files: format 1, 480 ticks a quarter note, a first track with the title, tempo,
/// meter and key, then a track for each voice.
public struct MIDIConverter: Sendable {
  /// Ticks a quarter note.
  public static let ticksPerQuarter = 480

  /// The General MIDI program of every voice that does not choose its own by `%%MIDI program`.
  public var program: UInt7
  /// Whether nothing but the written notes is to be heard: no accompaniment, no ornaments, no swing, no fermatas.
  public var isMelodyOnly: Bool
  /// How pairs of short notes share their time.
  public var swing: Swing

  /// A converter.
  ///
  /// - Parameters:
  ///   - program: the instrument, General MIDI 0…127; 0 is a piano.
  ///   - isMelodyOnly: whether nothing but the written notes is to be heard.
  ///   - swing: how pairs of short notes share their time.
  public init(program: UInt7 = 0, isMelodyOnly: Bool = false, swing: Swing = .byRhythm) {
    self.program = program
    self.isMelodyOnly = isMelodyOnly
    self.swing = swing
  }

  /// The voices as they sound: unfolded, ties joined, with exact onsets and lengths.
  public func performances(of score: Score) throws(ConversionError) -> [Performance] {
    try play(score).map(\.performance)
  }

  private func play(_ score: Score) throws(ConversionError) -> [PlayedVoice] {
    let share = isMelodyOnly ? nil : swing.share(rhythm: score.firstValue(of: "R"))
    let orders = try Unfolding.orders(of: score)
    // By index here and below: a voice that is handed around is a dozen arrays to be counted.
    return orders.indices.map {
      Performer(
        score.voices[$0], order: orders[$0], score: score, isPlain: isMelodyOnly, swing: share
      ).played
    }
  }

  /// The MIDI file of a score.
  ///
  /// - Parameter report: is told what the tune asks for and does not get.
  /// - Throws: ``ConversionError`` where the tune is too long or has too many voices.
  public func convert(
    _ score: Score, report: (ConversionProblem) -> Void = { _ in }
  ) throws(ConversionError) -> MIDIFile {
    let (builders, end) = try builders(for: score, report: report)
    return MIDIFile(
      format: .simultaneous, division: Self.division, tracks: builders.map { $0.finish(endTick: end) })
  }

  /// The bytes of the MIDI file of a score: those of `convert(score).encoded()`, without the file in between.
  ///
  /// - Parameter report: is told what the tune asks for and does not get.
  /// - Throws: ``ConversionError`` where the tune is too long or has too many voices.
  public func encode(
    _ score: Score, report: (ConversionProblem) -> Void = { _ in }
  ) throws(ConversionError) -> [UInt8] {
    let (builders, end) = try builders(for: score, report: report)
    return MIDIFile.encoded(
      format: .simultaneous, division: Self.division, builders: builders, endTick: end)
  }

  private static let division = MIDIFile.Division.ticksPerQuarter(UInt16(ticksPerQuarter))

  /// The tracks of a score and the tick at which they end.
  private func builders(
    for score: Score, report: (ConversionProblem) -> Void
  ) throws(ConversionError) -> (builders: [MIDITrackBuilder], endTick: Int) {
    let voices = try play(score)
    var conductor = ConductorTrack()
    var builders: [MIDITrackBuilder] = []
    builders.reserveCapacity(voices.count + 1)
    builders.append(conductor.write(score, voices))
    var pool = ChannelPool(taken: Set(voices.compactMap(\.performance.ownChannel)))
    for index in voices.indices {
      let performance = voices[index].performance
      let ownProgram = performance.firstProgram.map { UInt7($0) } ?? program
      let own = performance.ownChannel ?? (performance.isPercussion ? .percussion : nil)
      guard let channel = own ?? pool.take(program: ownProgram) else {
        throw .tooManyVoices(voices.count)
      }
      var track = VoiceTrack(
        performance, name: score.voices[index].identifier, channel: channel, program: ownProgram)
      builders.append(track.write(pool: &pool))
    }
    for index in voices.indices {
      guard let plan = voices[index].plan else { continue }
      for accompaniment in Accompaniment.tracks(for: plan) {
        if let track = AccompanimentWriter.track(accompaniment, pool: &pool) { builders.append(track) }
      }
    }
    var reported: Set<ConversionProblem> = []
    for index in voices.indices where !voices[index].problems.isEmpty {
      for problem in voices[index].problems where reported.insert(problem).inserted { report(problem) }
    }
    return (builders, Self.tick(voices.map(\.performance.length).max() ?? .zero))
  }

  /// The nearest tick to an exact time in whole notes.
  @inline(__always)
  static func tick(_ time: Fraction) -> Int {
    if let exact = exactTick(time) { return exact }
    // Numerators stay below 2³¹, so that nothing overflows.
    return (8 * ticksPerQuarter * time.numerator + time.denominator) / (2 * time.denominator)
  }

  /// The tick of a time that falls on one, if that is seen at once: in halves of halves, and thirds and fifths of them.
  @inline(__always)
  static func exactTick(_ time: Fraction) -> Int? {
    // A whole note has 1920 = 2⁷ · 3 · 5 ticks.
    let twos = time.denominator.trailingZeroBitCount
    guard twos <= 7 else { return nil }
    let share: Int
    switch time.denominator >> twos {
    case 1: share = 15
    case 3: share = 5
    case 5: share = 3
    default: return nil
    }
    return (time.numerator &* share) << (7 - twos)
  }
}

extension Performance {
  /// The channel that the voice asks for before its first note.
  fileprivate var ownChannel: Channel? {
    for (onset, change) in instrumentChanges where onset == .zero {
      if case .channel(let number) = change { return Channel(number) }
    }
    return nil
  }

  /// The program that the voice asks for before its first note.
  fileprivate var firstProgram: Int? {
    for (onset, change) in instrumentChanges where onset == .zero {
      if case .program(let number, nil) = change { return number }
    }
    return nil
  }
}
