/// Makes a track out of events that come in any order, each at its own tick.
public struct MIDITrackBuilder: Sendable {
  private struct Entry {
    let tick: Int
    let rank: Int
    let message: MIDIMessage
  }

  private var entries: [Entry] = []

  /// A builder without events.
  public init() {}

  /// Adds a message at a tick, which must not be negative.
  public mutating func add(_ message: MIDIMessage, at tick: Int) {
    precondition(tick >= 0, "a tick must not be negative")
    entries.append(Entry(tick: tick, rank: message.rank, message: message))
  }

  /// Adds a note that sounds from `start` until `end`; one shorter than a tick lasts a tick, since its end
  /// would otherwise come before its beginning.
  public mutating func addNote(
    channel: Channel, key: UInt7, velocity: UInt7, from start: Int, to end: Int, releaseVelocity: UInt7 = 64
  ) {
    add(.noteOn(channel: channel, key: key, velocity: velocity), at: start)
    add(.noteOff(channel: channel, key: key, velocity: releaseVelocity), at: max(end, start + 1))
  }

  /// The track: events by tick, and at one tick meta events first, then the ends of notes, then all other
  /// messages, then the beginnings of notes, each kind in the order in which it was added.
  ///
  /// A gap longer than a delta time can say is bridged by empty text events.
  ///
  /// - Parameter endTick: where the track ends, if that is after its last event.
  public func finish(endTick: Int = 0) -> MIDITrack {
    let sorted = entries.indices.sorted {
      let (left, right) = (entries[$0], entries[$1])
      return (left.tick, left.rank, $0) < (right.tick, right.rank, $1)
    }
    var track = MIDITrack()
    track.events.reserveCapacity(entries.count)
    var now = 0
    for index in sorted {
      let entry = entries[index]
      let delta = track.bridge(from: now, to: entry.tick)
      track.events.append(MIDIEvent(delta: delta, message: entry.message))
      now = entry.tick
    }
    track.endDelta = track.bridge(from: now, to: max(now, endTick))
    return track
  }
}

extension MIDITrack {
  /// The delta between two ticks, after as many empty events as a long gap needs.
  fileprivate mutating func bridge(from start: Int, to end: Int) -> DeltaTime {
    var gap = end - start
    while gap > Int(DeltaTime.maximum) {
      let longest = DeltaTime(DeltaTime.maximum)
      events.append(MIDIEvent(delta: longest, message: .meta(.text(.text, []))))
      gap -= Int(DeltaTime.maximum)
    }
    return DeltaTime(gap)
  }
}

extension MIDIMessage {
  /// The order in which messages at one tick must come for each note to end before the next begins, and
  /// for a note to begin with its instrument and controllers set.
  fileprivate var rank: Int {
    if case .meta = self { return 0 }
    if endsNote { return 1 }
    return beginsNote ? 3 : 2
  }
}
