extension MIDIFile {
  /// How a file is written.
  public struct EncodingOptions: Sendable {
    /// Whether a channel message leaves out a status byte equal to the one before it. Smaller files; off,
    /// every event can be read by itself.
    public var usesRunningStatus: Bool

    /// Without running status unless asked for.
    public init(usesRunningStatus: Bool = false) {
      self.usesRunningStatus = usesRunningStatus
    }
  }

  /// The bytes of the file in canonical form: a six-byte header, shortest quantities, one end in each track.
  ///
  /// Decoding them gives this value back. More than 65535 tracks are the caller's error.
  public func encoded(options: EncodingOptions = EncodingOptions()) -> [UInt8] {
    precondition(tracks.count <= Self.maximumTrackCount, "a MIDI file holds at most 65535 tracks")
    var bytes: [UInt8] = []
    bytes.appendHeader(format: format, trackCount: tracks.count, division: division)
    let chunks = unknownChunksByTrack
    for (index, track) in tracks.enumerated() {
      bytes.appendUnknownChunks(chunks[index, default: []])
      bytes.appendChunk(type: ChunkType.track) { $0.appendTrack(track, options: options) }
    }
    bytes.appendUnknownChunks(chunks[tracks.count, default: []])
    return bytes
  }
}

extension [UInt8] {
  mutating func appendHeader(format: MIDIFile.Format, trackCount: Int, division: MIDIFile.Division) {
    append(bigEndian: ChunkType.header)
    append(bigEndian: 6 as UInt32)
    append(bigEndian: format.rawValue)
    append(bigEndian: UInt16(trackCount))
    append(bigEndian: division.encoded)
  }

  mutating func appendEndOfTrack() {
    append(0xFF)
    append(MetaEvent.endOfTrackType)
    append(0)
  }

  fileprivate mutating func appendUnknownChunks(_ chunks: [MIDIFile.UnknownChunk]) {
    for chunk in chunks {
      appendChunk(type: chunk.type) { $0 += chunk.data }
    }
  }

  mutating func appendChunk(type: UInt32, body: (inout [UInt8]) -> Void) {
    append(bigEndian: type)
    let lengthPosition = count
    append(bigEndian: 0 as UInt32)
    body(&self)
    let length = UInt32(count - lengthPosition - 4)
    for index in 0..<4 {
      self[lengthPosition + index] = UInt8(truncatingIfNeeded: length >> (24 - 8 * index))
    }
  }

  fileprivate mutating func appendTrack(_ track: MIDITrack, options: MIDIFile.EncodingOptions) {
    var runningStatus: UInt8?
    for event in track.events {
      appendQuantity(event.delta)
      appendMessage(event.message, runningStatus: &runningStatus)
      if !options.usesRunningStatus { runningStatus = nil }
    }
    appendQuantity(track.endDelta)
    appendEndOfTrack()
  }

  mutating func appendMessage(_ message: MIDIMessage, runningStatus: inout UInt8?) {
    switch message {
    case .noteOff(let channel, let key, let velocity):
      appendStatus(0x80, channel, &runningStatus)
      append(key.rawValue)
      append(velocity.rawValue)
    case .noteOn(let channel, let key, let velocity):
      appendStatus(0x90, channel, &runningStatus)
      append(key.rawValue)
      append(velocity.rawValue)
    case .polyphonicPressure(let channel, let key, let pressure):
      appendStatus(0xA0, channel, &runningStatus)
      self += [key.rawValue, pressure.rawValue]
    case .controlChange(let channel, let controller, let value):
      appendStatus(0xB0, channel, &runningStatus)
      self += [controller.rawValue, value.rawValue]
    case .programChange(let channel, let program):
      appendStatus(0xC0, channel, &runningStatus)
      append(program.rawValue)
    case .channelPressure(let channel, let pressure):
      appendStatus(0xD0, channel, &runningStatus)
      append(pressure.rawValue)
    case .pitchBend(let channel, let value):
      appendStatus(0xE0, channel, &runningStatus)
      self += [UInt8(value.rawValue & 0x7F), UInt8(value.rawValue >> 7)]
    case .systemExclusive(let data):
      runningStatus = nil
      append(0xF0)
      appendBlock(data)
    case .escape(let data):
      runningStatus = nil
      append(0xF7)
      appendBlock(data)
    case .meta(let event):
      runningStatus = nil
      self += [0xFF, event.type]
      appendBlock(event.data)
    }
  }

  private mutating func appendStatus(_ kind: UInt8, _ channel: Channel, _ runningStatus: inout UInt8?) {
    let status = kind | channel.rawValue
    if status != runningStatus { append(status) }
    runningStatus = status
  }

  private mutating func appendBlock(_ data: [UInt8]) {
    appendQuantity(DeltaTime(data.count))
    self += data
  }
}

extension MetaEvent {
  /// The type byte.
  var type: UInt8 {
    switch self {
    case .sequenceNumber: 0x00
    case .text(let kind, _): kind.rawValue
    case .channelPrefix: 0x20
    case .port: 0x21
    case .tempo: 0x51
    case .smpteOffset: 0x54
    case .timeSignature: 0x58
    case .keySignature: 0x59
    case .sequencerSpecific: 0x7F
    case .other(let type, _): type
    }
  }

  /// The bytes after the length.
  fileprivate var data: [UInt8] {
    switch self {
    case .sequenceNumber(let number):
      return [UInt8(number >> 8), UInt8(truncatingIfNeeded: number)]
    case .text(_, let data), .sequencerSpecific(let data):
      return data
    case .other(let type, let data):
      precondition(type != Self.endOfTrackType, "the end of a track is MIDITrack.endDelta")
      return data
    case .channelPrefix(let channel):
      return [channel.rawValue]
    case .port(let port):
      return [port]
    case .tempo(let tempo):
      return [16, 8, 0].map { UInt8(truncatingIfNeeded: tempo.rawValue >> $0) }
    case .smpteOffset(let offset):
      return [offset.hours, offset.minutes, offset.seconds, offset.frames, offset.subframes]
    case .timeSignature(let time):
      return [time.numerator, time.denominatorPower, time.clocksPerClick, time.thirtySecondsPerQuarter]
    case .keySignature(let key):
      return [UInt8(bitPattern: key.sharps), key.isMinor ? 1 : 0]
    }
  }
}
