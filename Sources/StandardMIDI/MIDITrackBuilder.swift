/// Makes a track out of events that come in any order, each at its own tick.
public struct MIDITrackBuilder: Sendable {
  private struct Entry {
    let message: MIDIMessage
    let rank: UInt8
    let tick: Int
  }

  private var entries: [Entry] = []
  /// Whether the entries already stand in the order of the track.
  private var isInOrder = true

  /// A builder without events.
  public init() {}

  /// Makes room for so many messages, of which a note takes two.
  public mutating func reserveCapacity(_ count: Int) {
    entries.reserveCapacity(count)
  }

  /// Adds a message at a tick, which must not be negative.
  public mutating func add(_ message: MIDIMessage, at tick: Int) {
    append(message, rank: message.rank, tick: tick)
  }

  /// Adds a note that sounds from `start` until `end`; one shorter than a tick lasts a tick, since its end
  /// would otherwise come before its beginning. A velocity of 0 is the end of a note and no beginning.
  public mutating func addNote(
    channel: Channel, key: UInt7, velocity: UInt7, from start: Int, to end: Int, releaseVelocity: UInt7 = 64
  ) {
    append(
      .noteOn(channel: channel, key: key, velocity: velocity),
      rank: velocity > 0 ? Rank.beginning : Rank.end, tick: start)
    append(
      .noteOff(channel: channel, key: key, velocity: releaseVelocity), rank: Rank.end,
      tick: max(end, start + 1))
  }

  private mutating func append(_ message: MIDIMessage, rank: UInt8, tick: Int) {
    precondition(tick >= 0, "a tick must not be negative")
    if isInOrder, let last = entries.last {
      isInOrder = last.tick < tick || (last.tick == tick && last.rank <= rank)
    }
    entries.append(Entry(message: message, rank: rank, tick: tick))
  }

  /// The track: events by tick, and at one tick meta events first, then the ends of notes, then all other
  /// messages, then the beginnings of notes, each kind in the order in which it was added.
  ///
  /// A gap longer than a delta time can say is bridged by empty text events.
  ///
  /// - Parameter endTick: where the track ends, if that is after its last event.
  public func finish(endTick: Int = 0) -> MIDITrack {
    var track = MIDITrack()
    track.events.reserveCapacity(entries.count)
    var now = 0
    if isInOrder {
      for index in entries.indices { track.append(entries[index].message, at: entries[index].tick, &now) }
    } else {
      for place in sortedPlaces() { track.append(entries[place].message, at: entries[place].tick, &now) }
    }
    track.endDelta = track.bridge(from: now, to: max(now, endTick))
    return track
  }

  /// The places of the entries in the order of the track. Each key holds tick, rank and place, so that one
  /// comparison of numbers orders two entries.
  private func sortedPlaces() -> [Int] {
    var keys: [UInt128] = []
    keys.reserveCapacity(entries.count)
    for place in entries.indices {
      let entry = entries[place]
      keys.append(UInt128(UInt(entry.tick)) << 64 | UInt128(UInt(entry.rank) << 62 | UInt(place)))
    }
    keys.sort()
    return keys.map { Int(truncatingIfNeeded: $0) & (1 << 62 - 1) }
  }
}

extension MIDITrack {
  /// Appends a message at a tick that is not before `now`, which becomes that tick.
  fileprivate mutating func append(_ message: MIDIMessage, at tick: Int, _ now: inout Int) {
    let delta = bridge(from: now, to: tick)
    events.append(MIDIEvent(delta: delta, message: message))
    now = tick
  }

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

/// The order in which messages at one tick must come for each note to end before the next begins, and for a
/// note to begin with its instrument and controllers set.
private enum Rank {
  static let meta: UInt8 = 0
  static let end: UInt8 = 1
  static let setting: UInt8 = 2
  static let beginning: UInt8 = 3
}

extension MIDIMessage {
  fileprivate var rank: UInt8 {
    if case .meta = self { return Rank.meta }
    if endsNote { return Rank.end }
    return beginsNote ? Rank.beginning : Rank.setting
  }
}
