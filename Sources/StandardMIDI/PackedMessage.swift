/// A channel message in four bytes, or the place of another message in a list.
struct PackedMessage: Sendable {
  /// Status and data bytes from the highest byte down, the lowest one empty; without bit 31 a place in a list.
  private let bits: UInt32

  /// A channel message of two data bytes, or of one, the other being 0.
  @inline(__always)
  init(_ status: UInt8, _ first: UInt8, _ second: UInt8) {
    bits = UInt32(status) << 24 | UInt32(first) << 16 | UInt32(second) << 8
  }

  /// Stands for the message at a place in a list.
  init(otherAt index: Int) {
    bits = UInt32(index)
    precondition(!isChannelMessage, "too many events")
  }

  /// Packs a channel message; nil for any other.
  init?(_ message: MIDIMessage) {
    switch message {
    case .noteOff(_, let first, let second), .noteOn(_, let first, let second),
      .polyphonicPressure(_, let first, let second), .controlChange(_, let first, let second):
      self.init(message.status, first.rawValue, second.rawValue)
    case .programChange(_, let value), .channelPressure(_, let value):
      self.init(message.status, value.rawValue, 0)
    case .pitchBend(_, let value):
      self.init(message.status, UInt8(value.rawValue & 0x7F), UInt8(value.rawValue >> 7))
    case .systemExclusive, .escape, .meta: return nil
    }
  }

  @inline(__always)
  var isChannelMessage: Bool { bits >> 31 == 1 }

  /// The place in the list.
  var otherIndex: Int { Int(bits) }

  private var status: UInt8 { UInt8(truncatingIfNeeded: bits >> 24) }
  private var first: UInt8 { UInt8(truncatingIfNeeded: bits >> 16) }
  private var second: UInt8 { UInt8(truncatingIfNeeded: bits >> 8) }

  /// The message; nil where it stands in a list.
  var message: MIDIMessage? {
    guard isChannelMessage else { return nil }
    let channel = Channel(status & 0x0F)
    let (first, second) = (UInt7(first), UInt7(second))
    switch status & 0xF0 {
    case 0x80: return .noteOff(channel: channel, key: first, velocity: second)
    case 0x90: return .noteOn(channel: channel, key: first, velocity: second)
    case 0xA0: return .polyphonicPressure(channel: channel, key: first, pressure: second)
    case 0xB0: return .controlChange(channel: channel, controller: first, value: second)
    case 0xC0: return .programChange(channel: channel, program: first)
    case 0xD0: return .channelPressure(channel: channel, pressure: first)
    default:
      return .pitchBend(
        channel: channel, value: UInt14(UInt16(second.rawValue) << 7 | UInt16(first.rawValue)))
    }
  }

  /// Appends its bytes, three at most.
  @inline(__always)
  func append(to bytes: inout OutputSpan<UInt8>) {
    bytes.append(status)
    bytes.append(first)
    // Programs and channel pressure have one data byte.
    if status & 0xE0 != 0xC0 { bytes.append(second) }
  }
}
