import StandardMIDI

/// Files with every kind of event in the forms that other programs know.
enum RichFiles {
  static let all: [MIDIFile] = [
    MIDIFile(format: .singleTrack, division: .ticksPerQuarter(480), tracks: [everything]),
    MIDIFile(
      format: .simultaneous, division: .ticksPerQuarter(480), tracks: [conductor, scale(0), scale(1), drums]),
    MIDIFile(format: .sequential, division: .ticksPerQuarter(32767), tracks: [scale(0), scale(1)]),
    MIDIFile(format: .singleTrack, division: .smpte(.video25, ticksPerFrame: 40), tracks: [scale(2)]),
    MIDIFile(
      format: .simultaneous, division: .ticksPerQuarter(480), tracks: [conductor, scale(3)],
      unknownChunks: [.init(type: 0x5846_4948, data: [1, 2, 3], precedingTracks: 2)]),
  ]

  private static var conductor: MIDITrack {
    var track = MIDITrackBuilder()
    let events: [MetaEvent] = [
      .sequenceNumber(1), .text(.trackName, "A tune"), .text(.copyright, "Nobody's"), .tempo(600_000),
      .timeSignature(TimeSignature(numerator: 6, denominatorPower: 3, clocksPerClick: 36)),
      .keySignature(KeySignature(sharps: -3, isMinor: true)!),
      .smpteOffset(SMPTEOffset(hours: 0x20, minutes: 1, seconds: 2, frames: 3, subframes: 4)),
    ]
    for event in events { track.add(.meta(event), at: 0) }
    for kind in TextKind.allCases { track.add(.meta(.text(kind, "text")), at: 240) }
    track.add(.meta(.tempo(300_000)), at: 960)
    return track.finish(endTick: 9000)
  }

  private static func scale(_ channel: Channel) -> MIDITrack {
    var track = MIDITrackBuilder()
    track.add(.meta(.text(.instrumentName, "Flute")), at: 0)
    track.add(.programChange(channel: channel, program: 73), at: 0)
    for (place, key) in ([60, 62, 64, 65, 67, 69, 71, 72] as [UInt7]).enumerated() {
      track.addNote(channel: channel, key: key, velocity: 90, from: place * 480, to: place * 480 + 400)
    }
    return track.finish(endTick: 4000)
  }

  private static var drums: MIDITrack {
    var track = MIDITrackBuilder()
    for place in 0..<20 {
      track.addNote(channel: .percussion, key: 38, velocity: 70, from: place * 200, to: place * 200 + 10)
    }
    return track.finish()
  }

  private static var everything: MIDITrack {
    var track = MIDITrack(events: conductor.events)
    let messages: [MIDIMessage] = [
      .meta(.channelPrefix(0)), .meta(.port(0)), .meta(.sequencerSpecific([0x7D, 1])),
      .systemExclusive([0x7E, 0x7F, 9, 1, 0xF7]), .controlChange(channel: 0, controller: 7, value: 100),
      .programChange(channel: 0, program: 40), .noteOn(channel: 0, key: 60, velocity: 80),
      .polyphonicPressure(channel: 0, key: 60, pressure: 20), .channelPressure(channel: 0, pressure: 30),
      .pitchBend(channel: 0, value: 9000), .pitchBend(channel: 0, value: .center),
      .noteOff(channel: 0, key: 60, velocity: 0), .noteOn(channel: 0, key: 62, velocity: 80),
      .noteOn(channel: 0, key: 62, velocity: 0),
    ]
    track.events += messages.map { MIDIEvent(delta: 200, message: $0) }
    track.endDelta = 480
    return track
  }
}
