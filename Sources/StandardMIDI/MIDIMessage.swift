/// What one event in a Standard MIDI File says (MIDI 1.0, "Channel messages"; SMF 1.0, "MTrk chunks").
public enum MIDIMessage: Hashable, Sendable {
  /// A key goes up.
  case noteOff(channel: Channel, key: UInt7, velocity: UInt7)
  /// A key goes down. Velocity 0 means that it goes up.
  case noteOn(channel: Channel, key: UInt7, velocity: UInt7)
  /// Aftertouch of one key.
  case polyphonicPressure(channel: Channel, key: UInt7, pressure: UInt7)
  /// A controller moves.
  case controlChange(channel: Channel, controller: UInt7, value: UInt7)
  /// Another instrument, counted from 0.
  case programChange(channel: Channel, program: UInt7)
  /// Aftertouch of a whole channel.
  case channelPressure(channel: Channel, pressure: UInt7)
  /// The pitch wheel moves; `UInt14.center` is its rest.
  case pitchBend(channel: Channel, value: UInt14)
  /// An `F0` event: the bytes after its length, the closing `F7` among them where the file has one. Where it has
  /// none, the message is in packets, and `escape` events hold the others; the last one ends in `F7`.
  case systemExclusive([UInt8])
  /// An `F7` event: a later packet of a system exclusive message, or any bytes to be sent as they are.
  case escape([UInt8])
  /// Something about the music that is not sent to an instrument. Held elsewhere, so that the many messages that
  /// are notes stay small.
  indirect case meta(MetaEvent)
}

extension MIDIMessage {
  /// The channel, for the seven kinds of message that have one.
  public var channel: Channel? {
    switch self {
    case .noteOff(let channel, _, _), .noteOn(let channel, _, _), .polyphonicPressure(let channel, _, _),
      .controlChange(let channel, _, _), .programChange(let channel, _), .channelPressure(let channel, _),
      .pitchBend(let channel, _):
      channel
    case .systemExclusive, .escape, .meta: nil
    }
  }

  /// Whether a note begins: a note-on with a velocity above 0.
  public var beginsNote: Bool {
    if case .noteOn(_, _, let velocity) = self { velocity > 0 } else { false }
  }

  /// Whether a note ends: a note-off, or a note-on of velocity 0.
  public var endsNote: Bool {
    switch self {
    case .noteOff: true
    case .noteOn(_, _, let velocity): velocity == 0
    default: false
    }
  }
}
