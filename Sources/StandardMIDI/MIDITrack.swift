/// A track: events in order, and the end that every track has.
public struct MIDITrack: Hashable, Sendable {
  /// The events; the end-of-track event is not among them.
  public var events: [MIDIEvent]
  /// The ticks from the last event to the end of the track.
  public var endDelta: DeltaTime

  /// A track of these events.
  public init(events: [MIDIEvent] = [], endDelta: DeltaTime = 0) {
    self.events = events
    self.endDelta = endDelta
  }

  /// The tick at which the track ends.
  public var endTick: Int {
    events.reduce(Int(endDelta.rawValue)) { $0 + Int($1.delta.rawValue) }
  }
}

/// A message and the time since the one before it.
public struct MIDIEvent: Hashable, Sendable {
  // The message stands first so that an event takes 16 bytes and not 24.
  /// What happens.
  public var message: MIDIMessage
  /// The ticks since the event before it in the track.
  public var delta: DeltaTime

  /// A message so many ticks after the one before it.
  public init(delta: DeltaTime, message: MIDIMessage) {
    self.delta = delta
    self.message = message
  }
}
