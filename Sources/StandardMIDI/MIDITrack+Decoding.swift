extension MIDITrack {
  /// Reads a track from the bytes of its chunk; what stands after the end of the track is ignored.
  ///
  /// - Parameters:
  ///   - eventsLeft: how many more events may be read; the end of the track is none.
  ///   - limit: what the error names if there are more.
  init(_ reader: inout ByteReader, eventsLeft: inout Int, limit: Int) throws(MIDIFileError) {
    self.init()
    var runningStatus: UInt8?
    while reader.remaining > 0 {
      let start = reader.position
      let delta = try reader.readQuantity()
      guard let message = try MIDIMessage(&reader, runningStatus: &runningStatus) else {
        endDelta = delta
        return
      }
      guard eventsLeft > 0 else { throw .tooLarge(limit: limit, offset: start) }
      eventsLeft -= 1
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
  /// Reads a meta event; nil at the end of the track.
  fileprivate init?(_ reader: inout ByteReader) throws(MIDIFileError) {
    let type = try reader.readByte()
    self.init(type: type, data: try reader.readBlock())
  }
}
