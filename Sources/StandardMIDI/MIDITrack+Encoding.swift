extension MIDITrack {
  /// How many bytes `append(to:_:)` writes. Known beforehand, all chunks go into one buffer of the right size,
  /// and no length is written twice.
  func encodedLength(_ options: MIDIFile.EncodingOptions) -> Int {
    var length = endDelta.encodedLength + 3
    var runningStatus: UInt8 = 0
    let events = events.span
    for index in events.indices {
      length += events[index].delta.encodedLength + events[index].message.encodedLength
      guard options.usesRunningStatus else { continue }
      let status = events[index].message.status
      if status == runningStatus { length -= 1 }
      runningStatus = status.asRunningStatus
    }
    return length
  }

  /// Writes the events and the end of the track (SMF 1.0, "MTrk chunks").
  func append(to bytes: inout OutputSpan<UInt8>, _ options: MIDIFile.EncodingOptions) {
    var runningStatus: UInt8 = 0
    let events = events.span
    for index in events.indices {
      bytes.append(quantity: events[index].delta)
      let status = events[index].message.status
      if status != runningStatus { bytes.append(status) }
      if options.usesRunningStatus { runningStatus = status.asRunningStatus }
      events[index].message.appendData(to: &bytes)
    }
    bytes.append(quantity: endDelta)
    bytes.appendEndOfTrack()
  }
}

extension OutputSpan<UInt8> {
  /// The meta event that ends a track, without its delta.
  mutating func appendEndOfTrack() {
    append(0xFF)
    append(MetaEvent.endOfTrackType)
    append(0)
  }
}

extension UInt8 {
  /// The status that the next channel message shares: this one, or none after meta and system exclusive events.
  fileprivate var asRunningStatus: UInt8 { self < 0xF0 ? self : 0 }
}

extension MIDIMessage {
  /// The first byte.
  var status: UInt8 {
    switch self {
    case .noteOff(let channel, _, _): 0x80 | channel.rawValue
    case .noteOn(let channel, _, _): 0x90 | channel.rawValue
    case .polyphonicPressure(let channel, _, _): 0xA0 | channel.rawValue
    case .controlChange(let channel, _, _): 0xB0 | channel.rawValue
    case .programChange(let channel, _): 0xC0 | channel.rawValue
    case .channelPressure(let channel, _): 0xD0 | channel.rawValue
    case .pitchBend(let channel, _): 0xE0 | channel.rawValue
    case .systemExclusive: 0xF0
    case .escape: 0xF7
    case .meta: 0xFF
    }
  }

  /// The number of bytes with the status.
  var encodedLength: Int {
    switch self {
    case .noteOff, .noteOn, .polyphonicPressure, .controlChange, .pitchBend: 3
    case .programChange, .channelPressure: 2
    case .systemExclusive(let data), .escape(let data): 1 + DeltaTime(data.count).encodedLength + data.count
    case .meta(let event): 2 + DeltaTime(event.dataLength).encodedLength + event.dataLength
    }
  }

  /// Writes what comes after the status.
  func appendData(to bytes: inout OutputSpan<UInt8>) {
    switch self {
    case .noteOff(_, let first, let second), .noteOn(_, let first, let second),
      .polyphonicPressure(_, let first, let second), .controlChange(_, let first, let second):
      bytes.append(first.rawValue)
      bytes.append(second.rawValue)
    case .programChange(_, let value), .channelPressure(_, let value):
      bytes.append(value.rawValue)
    case .pitchBend(_, let value):
      bytes.append(UInt8(value.rawValue & 0x7F))
      bytes.append(UInt8(value.rawValue >> 7))
    case .systemExclusive(let data), .escape(let data):
      bytes.append(quantity: DeltaTime(data.count))
      bytes.append(contentsOf: data)
    case .meta(let event):
      bytes.append(event.type)
      bytes.append(quantity: DeltaTime(event.dataLength))
      event.appendData(to: &bytes)
    }
  }
}
