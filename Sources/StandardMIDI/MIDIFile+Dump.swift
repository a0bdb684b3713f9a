extension MIDIFile {
  /// The whole file as text, for reading and for comparing: files whose dumps are the same bytes are the same file.
  ///
  /// The first line says the format, the number of tracks and what a tick is. Each track is a line with its number,
  /// counted from 1, a line for every event, and a line for its end. An event's line begins with the tick since the
  /// start of the track; channels and channel prefixes are counted from 1, programs, ports and controllers from 0
  /// as in the file, and middle C, key 60, is C4. Velocities are given for the ends of notes too; a note-on of
  /// velocity 0 stays a note-on. A pitch bend is the distance from rest, -8192...8191. Time signatures and the like
  /// are in words, bytes without a meaning here in hexadecimal. Chunks other than tracks stand where they are in the
  /// file.
  ///
  /// Texts are in quotes; what is not UTF-8, and what would break the line, is written as bytes `\xNN`, so that
  /// every line is one event. The time that it takes is proportional to the size of the file.
  public var dump: String {
    var text = "format \(format.rawValue), \(tracks.count) tracks, \(division)\n"
    let chunks = unknownChunksByTrack
    for index in tracks.indices {
      for chunk in chunks[index, default: []] { text.append(line: chunk.description) }
      text.append(line: "track \(index + 1)")
      var tick = 0
      for event in tracks[index].events {
        tick += Int(event.delta.rawValue)
        text += String(tick)
        text += " "
        text.append(line: event.message.description)
      }
      text.append(line: "\(tick + Int(tracks[index].endDelta.rawValue)) end of track")
    }
    for chunk in chunks[tracks.count, default: []] { text.append(line: chunk.description) }
    return text
  }
}

extension String {
  fileprivate mutating func append(line: String) {
    self += line
    self += "\n"
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
      "ch \(channel.number) key pressure \(keyName(key)) \(pressure)"
    case .controlChange(let channel, let controller, let value):
      "ch \(channel.number) control \(controller) value \(value)"
    case .programChange(let channel, let program):
      "ch \(channel.number) program \(program)"
    case .channelPressure(let channel, let pressure):
      "ch \(channel.number) channel pressure \(pressure)"
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
