import StandardMIDI

/// SplitMix64, so that every run of a property test sees the same files.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension MIDIFile {
  /// A file of any format, division, messages and unknown chunks.
  static func random(using generator: inout SeededGenerator) -> MIDIFile {
    let division: Division =
      Bool.random(using: &generator)
      ? .ticksPerQuarter(.random(in: 1...0x7FFF, using: &generator))
      : .smpte(
        FrameRate.allCases.randomElement(using: &generator)!,
        ticksPerFrame: .random(in: 1...255, using: &generator))
    let trackCount = Int.random(in: 0...4, using: &generator)
    var tracks: [MIDITrack] = []
    for _ in 0..<trackCount { tracks.append(.random(using: &generator)) }
    // In file order, since that is the order in which they come back.
    var positions: [Int] = []
    for _ in 0..<Int.random(in: 0...2, using: &generator) {
      positions.append(.random(in: 0...trackCount, using: &generator))
    }
    return MIDIFile(
      format: Format(rawValue: .random(in: 0...2, using: &generator))!, division: division, tracks: tracks,
      unknownChunks: positions.sorted().map {
        UnknownChunk(
          type: .random(in: 0...0x4D54_726A, using: &generator), data: randomBytes(using: &generator),
          precedingTracks: $0)
      })
  }
}

extension MIDITrack {
  static func random(using generator: inout SeededGenerator) -> MIDITrack {
    var track = MIDITrack(endDelta: .random(using: &generator))
    for _ in 0..<Int.random(in: 0...40, using: &generator) {
      var message = MIDIMessage.random(using: &generator)
      // Often the one before, so that running status has something to leave out.
      if let last = track.events.last, Bool.random(using: &generator) { message = last.message }
      track.events.append(MIDIEvent(delta: .random(using: &generator), message: message))
    }
    return track
  }
}

extension DeltaTime {
  /// Of any length in bytes, each as likely.
  static func random(using generator: inout SeededGenerator) -> DeltaTime {
    DeltaTime(
      UInt32.random(in: 0...maximum, using: &generator) >> (7 * UInt32.random(in: 0...4, using: &generator)))
  }
}

extension MIDIMessage {
  static func random(using generator: inout SeededGenerator) -> MIDIMessage {
    let channel = Channel.all.randomElement(using: &generator)!
    let first = UInt7(UInt8.random(in: 0...127, using: &generator))
    let second = UInt7(UInt8.random(in: 0...127, using: &generator))
    return switch Int.random(in: 0..<12, using: &generator) {
    case 0: .noteOff(channel: channel, key: first, velocity: second)
    case 1: .noteOn(channel: channel, key: first, velocity: second)
    case 2: .polyphonicPressure(channel: channel, key: first, pressure: second)
    case 3: .controlChange(channel: channel, controller: first, value: second)
    case 4: .programChange(channel: channel, program: first)
    case 5: .channelPressure(channel: channel, pressure: first)
    case 6: .pitchBend(channel: channel, value: UInt14(UInt16.random(in: 0...16383, using: &generator)))
    case 7: .systemExclusive(randomBytes(using: &generator))
    case 8: .escape(randomBytes(using: &generator))
    default: .meta(.random(using: &generator))
    }
  }
}

extension MetaEvent {
  static func random(using generator: inout SeededGenerator) -> MetaEvent {
    let bytes = (0..<5).map { _ in UInt8.random(in: 0...255, using: &generator) }
    return switch Int.random(in: 0..<11, using: &generator) {
    case 0: .sequenceNumber(.random(in: 0...0xFFFF, using: &generator))
    case 1, 2: .text(TextKind.allCases.randomElement(using: &generator)!, randomBytes(using: &generator))
    case 3: .channelPrefix(Channel(bytes[0] & 15))
    case 4: .port(bytes[0])
    case 5: .tempo(Tempo(UInt32.random(in: 0...Tempo.maximum, using: &generator)))
    case 6:
      .smpteOffset(
        SMPTEOffset(
          hours: bytes[0], minutes: bytes[1], seconds: bytes[2], frames: bytes[3], subframes: bytes[4]))
    case 7:
      .timeSignature(
        TimeSignature(
          numerator: bytes[0], denominatorPower: bytes[1], clocksPerClick: bytes[2],
          thirtySecondsPerQuarter: bytes[3]))
    case 8:
      .keySignature(
        KeySignature(sharps: .random(in: -7...7, using: &generator), isMinor: bytes[0] > 127)!)
    case 9: .sequencerSpecific(randomBytes(using: &generator))
    default: MetaEvent(type: bytes[0], data: randomBytes(using: &generator)) ?? .other(type: 0x2E, bytes)
    }
  }
}

/// Mostly a few bytes, now and then enough for a length of two.
private func randomBytes(using generator: inout SeededGenerator) -> [UInt8] {
  let longest = Int.random(in: 0..<20, using: &generator) == 0 ? 300 : 6
  return (0..<Int.random(in: 0...longest, using: &generator)).map { _ in
    UInt8.random(in: 0...255, using: &generator)
  }
}
