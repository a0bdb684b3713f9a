extension MIDITrack {
  /// Reads a track from the bytes of its chunk; what stands after the end of the track is ignored.
  init(_ reader: inout ByteReader, eventsLeft: inout Int, limit: Int) throws(MIDIFileError) {
    self.init()
    var runningStatus: UInt8?
    while reader.remaining > 0 {
      let delta = try reader.readQuantity()
      guard eventsLeft > 0 else { throw .tooLarge(limit: limit, offset: reader.position) }
      eventsLeft -= 1
      guard let message = try MIDIMessage(&reader, runningStatus: &runningStatus) else {
        endDelta = delta
        return
      }
      events.append(MIDIEvent(delta: delta, message: message))
    }
  }
}

extension MIDIMessage {
  /// Reads a message; nil at the end of the track.
  fileprivate init?(_ reader: inout ByteReader, runningStatus: inout UInt8?) throws(MIDIFileError) {
    var status = try reader.readByte()
    if status < 0x80 {
      guard let shared = runningStatus else { throw .missingStatus(status, offset: reader.position - 1) }
      reader.stepBack()
      status = shared
    }
    switch status {
    case 0xFF:
      guard let event = try MetaEvent(&reader) else { return nil }
      self = .meta(event)
    case 0xF0:
      self = .systemExclusive(try reader.readBlock())
    case 0xF7:
      self = .escape(try reader.readBlock())
    case 0x80..<0xF0:
      runningStatus = status
      self = try MIDIMessage(status: status, &reader)
    default:
      throw .forbiddenStatus(status, offset: reader.position - 1)
    }
  }

  private init(status: UInt8, _ reader: inout ByteReader) throws(MIDIFileError) {
    let channel = Channel(status & 0x0F)
    let first = try reader.readData()
    switch status & 0xF0 {
    case 0x80: self = .noteOff(channel: channel, key: first, velocity: try reader.readData())
    case 0x90: self = .noteOn(channel: channel, key: first, velocity: try reader.readData())
    case 0xA0: self = .polyphonicPressure(channel: channel, key: first, pressure: try reader.readData())
    case 0xB0: self = .controlChange(channel: channel, controller: first, value: try reader.readData())
    case 0xC0: self = .programChange(channel: channel, program: first)
    case 0xD0: self = .channelPressure(channel: channel, pressure: first)
    default:
      let high = UInt16(try reader.readData().rawValue)
      self = .pitchBend(channel: channel, value: UInt14(high << 7 | UInt16(first.rawValue)))
    }
  }
}

extension ByteReader {
  /// A length and that many bytes.
  fileprivate mutating func readBlock() throws(MIDIFileError) -> [UInt8] {
    let length = Int(try readQuantity().rawValue)
    return try readBytes(length)
  }
}

extension MetaEvent {
  static let endOfTrackType: UInt8 = 0x2F

  /// Reads a meta event; nil at the end of the track.
  fileprivate init?(_ reader: inout ByteReader) throws(MIDIFileError) {
    let type = try reader.readByte()
    let data = try reader.readBlock()
    if type == Self.endOfTrackType { return nil }
    self = MetaEvent(type: type, data: data) ?? .other(type: type, data)
  }

  /// The typed event, or nil where the type is not known or the data is not of its form.
  private init?(type: UInt8, data: [UInt8]) {
    if let kind = TextKind(rawValue: type) {
      self = .text(kind, data)
      return
    }
    switch (type, data.count) {
    case (0x00, 2):
      self = .sequenceNumber(UInt16(data[0]) << 8 | UInt16(data[1]))
    case (0x20, 1):
      guard let channel = Channel(rawValue: data[0]) else { return nil }
      self = .channelPrefix(channel)
    case (0x21, 1):
      self = .port(data[0])
    case (0x51, 3):
      self = .tempo(Tempo(UInt32(data[0]) << 16 | UInt32(data[1]) << 8 | UInt32(data[2])))
    case (0x54, 5):
      self = .smpteOffset(
        SMPTEOffset(
          hours: data[0], minutes: data[1], seconds: data[2], frames: data[3], subframes: data[4]))
    case (0x58, 4):
      self = .timeSignature(
        TimeSignature(
          numerator: data[0], denominatorPower: data[1], clocksPerClick: data[2],
          thirtySecondsPerQuarter: data[3]))
    case (0x59, 2):
      guard data[1] <= 1, let key = KeySignature(sharps: Int8(bitPattern: data[0]), isMinor: data[1] == 1)
      else { return nil }
      self = .keySignature(key)
    case (0x7F, _):
      self = .sequencerSpecific(data)
    default:
      return nil
    }
  }
}
