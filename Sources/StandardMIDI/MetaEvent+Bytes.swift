/// A meta event as its type and its data (SMF 1.0, "Meta-Events").
extension MetaEvent {
  static let endOfTrackType: UInt8 = 0x2F

  /// The event that a file holds as these bytes: the case for the type if the data is of its form, and `other`
  /// if not. Nil for type `2F`, the end of a track, which is `MIDITrack.endDelta`.
  ///
  /// - Parameters:
  ///   - type: the byte after `FF`; the specification gives out types below 128 only.
  ///   - data: the bytes after the length.
  public init?(type: UInt8, data: [UInt8]) {
    if type == Self.endOfTrackType { return nil }
    self = Self.typed(type, data) ?? .other(type: type, data)
  }

  /// The type byte.
  public var type: UInt8 {
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
  public var data: [UInt8] {
    [UInt8](capacity: dataLength) { appendData(to: &$0) }
  }

  /// The number of bytes after the length.
  var dataLength: Int {
    switch self {
    case .text(_, let data), .sequencerSpecific(let data), .other(_, let data): data.count
    case .channelPrefix, .port: 1
    case .sequenceNumber, .keySignature: 2
    case .tempo: 3
    case .timeSignature: 4
    case .smpteOffset: 5
    }
  }

  /// Writes the bytes after the length.
  func appendData(to bytes: inout OutputSpan<UInt8>) {
    switch self {
    case .sequenceNumber(let number):
      bytes.append(bigEndian: number)
    case .text(_, let data), .sequencerSpecific(let data):
      bytes.append(contentsOf: data)
    case .other(let type, let data):
      precondition(type != Self.endOfTrackType, "the end of a track is MIDITrack.endDelta")
      bytes.append(contentsOf: data)
    case .channelPrefix(let channel):
      bytes.append(channel.rawValue)
    case .port(let port):
      bytes.append(port)
    case .tempo(let tempo):
      bytes.append(UInt8(truncatingIfNeeded: tempo.rawValue >> 16))
      bytes.append(bigEndian: UInt16(truncatingIfNeeded: tempo.rawValue))
    case .smpteOffset(let offset):
      bytes.append(offset.hours)
      bytes.append(offset.minutes)
      bytes.append(offset.seconds)
      bytes.append(offset.frames)
      bytes.append(offset.subframes)
    case .timeSignature(let time):
      bytes.append(time.numerator)
      bytes.append(time.denominatorPower)
      bytes.append(time.clocksPerClick)
      bytes.append(time.thirtySecondsPerQuarter)
    case .keySignature(let key):
      bytes.append(UInt8(bitPattern: key.sharps))
      bytes.append(key.isMinor ? 1 : 0)
    }
  }

  /// The typed event, or nil where the type is not known or the data is not of its form.
  private static func typed(_ type: UInt8, _ data: [UInt8]) -> MetaEvent? {
    if let kind = TextKind(rawValue: type) {
      return .text(kind, data)
    }
    switch (type, data.count) {
    case (0x00, 2):
      return .sequenceNumber(UInt16(data[0]) << 8 | UInt16(data[1]))
    case (0x20, 1):
      guard let channel = Channel(rawValue: data[0]) else { return nil }
      return .channelPrefix(channel)
    case (0x21, 1):
      return .port(data[0])
    case (0x51, 3):
      return .tempo(Tempo(UInt32(data[0]) << 16 | UInt32(data[1]) << 8 | UInt32(data[2])))
    case (0x54, 5):
      return .smpteOffset(
        SMPTEOffset(
          hours: data[0], minutes: data[1], seconds: data[2], frames: data[3], subframes: data[4]))
    case (0x58, 4):
      return .timeSignature(
        TimeSignature(
          numerator: data[0], denominatorPower: data[1], clocksPerClick: data[2],
          thirtySecondsPerQuarter: data[3]))
    case (0x59, 2):
      guard data[1] <= 1, let key = KeySignature(sharps: Int8(bitPattern: data[0]), isMinor: data[1] == 1)
      else { return nil }
      return .keySignature(key)
    case (0x7F, _):
      return .sequencerSpecific(data)
    default:
      return nil
    }
  }
}
