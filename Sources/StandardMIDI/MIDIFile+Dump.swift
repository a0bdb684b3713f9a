extension MIDIFile {
  /// The file as text, an event a line, for reading and for comparing: the tick since the start of the
  /// track, the channel counted from 1, and what happens.
  public var dump: String {
    var lines = ["format \(format.rawValue), \(tracks.count) tracks, \(division)"]
    let chunks = unknownChunksByTrack
    for (index, track) in tracks.enumerated() {
      lines += chunks[index, default: []].map(\.description)
      lines.append("track \(index + 1)")
      var tick = 0
      for event in track.events {
        tick += Int(event.delta.rawValue)
        lines.append("\(tick) \(event.message)")
      }
      lines.append("\(tick + Int(track.endDelta.rawValue)) end of track")
    }
    lines += chunks[tracks.count, default: []].map(\.description)
    return lines.joined(separator: "\n") + "\n"
  }
}

extension MIDIFile.Division: CustomStringConvertible {
  /// What a tick is, in words.
  public var description: String {
    switch self {
    case .ticksPerQuarter(let ticks): "\(ticks) ticks a quarter"
    case .smpte(.video2997, let ticks): "29.97 frames a second, \(ticks) ticks a frame"
    case .smpte(let rate, let ticks): "\(rate.rawValue) frames a second, \(ticks) ticks a frame"
    }
  }
}

extension MIDIFile.UnknownChunk: CustomStringConvertible {
  /// The type and the bytes.
  public var description: String {
    let type = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: self.type >> $0) }
    return "chunk \(quoted(type)) \(hexadecimal(data))"
  }
}

extension MIDIMessage: CustomStringConvertible {
  /// What happens, on one line.
  public var description: String {
    switch self {
    case .noteOff(let channel, let key, let velocity):
      "ch \(channel.number) note off \(keyName(key)) velocity \(velocity)"
    case .noteOn(let channel, let key, let velocity):
      "ch \(channel.number) note on \(keyName(key)) velocity \(velocity)"
    case .polyphonicPressure(let channel, let key, let pressure):
      "ch \(channel.number) pressure \(keyName(key)) \(pressure)"
    case .controlChange(let channel, let controller, let value):
      "ch \(channel.number) control \(controller) value \(value)"
    case .programChange(let channel, let program):
      "ch \(channel.number) program \(program)"
    case .channelPressure(let channel, let pressure):
      "ch \(channel.number) pressure \(pressure)"
    case .pitchBend(let channel, let value):
      "ch \(channel.number) pitch bend \(Int(value.rawValue) - Int(UInt14.center.rawValue))"
    case .systemExclusive(let data):
      "system exclusive \(hexadecimal(data))"
    case .escape(let data):
      "escape \(hexadecimal(data))"
    case .meta(let event):
      event.description
    }
  }
}

extension MetaEvent: CustomStringConvertible {
  /// What it says, on one line.
  public var description: String {
    switch self {
    case .sequenceNumber(let number): return "sequence number \(number)"
    case .text(let kind, let text): return "\(kind.label) \(quoted(text))"
    case .channelPrefix(let channel): return "channel prefix \(channel.number)"
    case .port(let port): return "port \(port)"
    case .tempo(let tempo): return "tempo \(tempo) microseconds a quarter"
    case .smpteOffset(let offset):
      let (hours, rate) = (offset.hours & 0x1F, offset.hours >> 5)
      return "smpte offset \(hours):\(offset.minutes):\(offset.seconds):\(offset.frames).\(offset.subframes)"
        + " rate \(rate)"
    case .timeSignature(let time):
      let denominator =
        time.denominatorPower < 16 ? "\(1 << Int(time.denominatorPower))" : "2^\(time.denominatorPower)"
      return "time signature \(time.numerator)/\(denominator), \(time.clocksPerClick) clocks a click"
        + ", \(time.thirtySecondsPerQuarter) thirty-seconds a quarter"
    case .keySignature(let key):
      return "key signature \(key.sharps.magnitude) \(key.sharps < 0 ? "flats" : "sharps")"
        + " \(key.isMinor ? "minor" : "major")"
    case .sequencerSpecific(let data): return "sequencer specific \(hexadecimal(data))"
    case .other(let type, let data): return "meta \(hexadecimal(type)) \(hexadecimal(data))"
    }
  }
}

extension TextKind {
  fileprivate var label: String {
    switch self {
    case .text: "text"
    case .copyright: "copyright"
    case .trackName: "track name"
    case .instrumentName: "instrument name"
    case .lyric: "lyric"
    case .marker: "marker"
    case .cuePoint: "cue point"
    case .programName: "program name"
    case .deviceName: "device name"
    }
  }
}

extension Channel {
  /// The channel as a front panel counts it, 1...16.
  public var number: Int { Int(rawValue) + 1 }
}

/// The key with its name; middle C, key 60, is C4.
private func keyName(_ key: UInt7) -> String {
  let names = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]
  let number = Int(key.rawValue)
  return "\(key) \(names[number % 12])\(number / 12 - 1)"
}

private func hexadecimal(_ bytes: [UInt8]) -> String {
  "[" + bytes.map { hexadecimal($0) }.joined(separator: " ") + "]"
}

/// The text in quotes; bytes that are not plain UTF-8 text are written as `\xNN`.
private func quoted(_ bytes: [UInt8]) -> String {
  let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
  var result: [UInt8] = []
  for byte in bytes {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      result += [UInt8(ascii: "\\"), byte]
    case 0x20..<0x7F:
      result.append(byte)
    case 0x80... where isUTF8:
      result.append(byte)
    default:
      result += Array("\\x\(hexadecimal(byte))".utf8)
    }
  }
  return "\"" + String(decoding: result, as: UTF8.self) + "\""
}
