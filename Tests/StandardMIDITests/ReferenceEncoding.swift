import StandardMIDI

/// The canonical bytes of a file, written once more from the words of SMF 1.0, as plainly as can be and without
/// anything of the library's own writing: two that agree are likely both right.
enum ReferenceEncoding {
  static func bytes(_ file: MIDIFile, usesRunningStatus: Bool) -> [UInt8] {
    var bytes = chunk(
      Array("MThd".utf8), number(Int(file.format.rawValue), 2) + number(file.tracks.count, 2) + division(file)
    )
    for index in 0...file.tracks.count {
      for unknown in file.unknownChunks where unknown.precedingTracks == index {
        bytes += chunk(number(Int(unknown.type), 4), unknown.data)
      }
      guard index < file.tracks.count else { break }
      bytes += chunk(Array("MTrk".utf8), track(file.tracks[index], usesRunningStatus))
    }
    return bytes
  }

  private static func number(_ value: Int, _ length: Int) -> [UInt8] {
    (0..<length).map { UInt8(value / (1 << (8 * (length - 1 - $0))) % 256) }
  }

  private static func chunk(_ type: [UInt8], _ data: [UInt8]) -> [UInt8] {
    type + number(data.count, 4) + data
  }

  private static func division(_ file: MIDIFile) -> [UInt8] {
    switch file.division {
    case .ticksPerQuarter(let ticks): number(Int(ticks), 2)
    case .smpte(let rate, let ticks): [UInt8(256 - Int(rate.rawValue)), ticks]
    }
  }

  private static func quantity(_ value: Int) -> [UInt8] {
    var digits = [UInt8(value % 128)]
    var rest = value / 128
    while rest > 0 {
      digits.append(UInt8(rest % 128 + 128))
      rest /= 128
    }
    return digits.reversed()
  }

  private static func track(_ track: MIDITrack, _ usesRunningStatus: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    var previous: UInt8?
    for event in track.events {
      var message = self.message(event.message)
      let status = message[0]
      if usesRunningStatus, status == previous { message.removeFirst() }
      previous = status < 0xF0 ? status : nil
      bytes += quantity(Int(event.delta.rawValue)) + message
    }
    return bytes + quantity(Int(track.endDelta.rawValue)) + [0xFF, 0x2F, 0x00]
  }

  private static func message(_ message: MIDIMessage) -> [UInt8] {
    let channel = message.channel?.rawValue ?? 0
    return switch message {
    case .noteOff(_, let key, let velocity): [0x80 + channel, key.rawValue, velocity.rawValue]
    case .noteOn(_, let key, let velocity): [0x90 + channel, key.rawValue, velocity.rawValue]
    case .polyphonicPressure(_, let key, let pressure): [0xA0 + channel, key.rawValue, pressure.rawValue]
    case .controlChange(_, let controller, let value): [0xB0 + channel, controller.rawValue, value.rawValue]
    case .programChange(_, let program): [0xC0 + channel, program.rawValue]
    case .channelPressure(_, let pressure): [0xD0 + channel, pressure.rawValue]
    case .pitchBend(_, let value): [0xE0 + channel, UInt8(value.rawValue % 128), UInt8(value.rawValue / 128)]
    case .systemExclusive(let data): [0xF0] + quantity(data.count) + data
    case .escape(let data): [0xF7] + quantity(data.count) + data
    case .meta(let event): meta(event)
    }
  }

  private static func meta(_ event: MetaEvent) -> [UInt8] {
    func block(_ type: UInt8, _ data: [UInt8]) -> [UInt8] { [0xFF, type] + quantity(data.count) + data }
    return switch event {
    case .sequenceNumber(let number): block(0x00, self.number(Int(number), 2))
    case .text(let kind, let text): block(kind.rawValue, text)
    case .channelPrefix(let channel): [0xFF, 0x20, 0x01, channel.rawValue]
    case .port(let port): [0xFF, 0x21, 0x01, port]
    case .tempo(let tempo): [0xFF, 0x51, 0x03] + number(Int(tempo.rawValue), 3)
    case .smpteOffset(let time):
      [0xFF, 0x54, 0x05, time.hours, time.minutes, time.seconds, time.frames, time.subframes]
    case .timeSignature(let time):
      [
        0xFF, 0x58, 0x04, time.numerator, time.denominatorPower, time.clocksPerClick,
        time.thirtySecondsPerQuarter,
      ]
    case .keySignature(let key):
      [0xFF, 0x59, 0x02, UInt8((Int(key.sharps) + 256) % 256), key.isMinor ? 1 : 0]
    case .sequencerSpecific(let data): block(0x7F, data)
    case .other(let type, let data): block(type, data)
    }
  }
}
