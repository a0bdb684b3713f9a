/// A file as it is performed: the events of all tracks in one order, each with its time.
public struct MIDISequence: Sendable {
  /// An event of a sequence.
  public struct Event: Hashable, Sendable {
    /// Ticks since the start.
    public let tick: Int
    /// The time since the start.
    public let time: MIDITime
    /// The index of its track.
    public let track: Int
    /// What happens.
    public let message: MIDIMessage
  }

  /// The events by tick; at one tick by track, and within a track as they stand there.
  public let events: [Event]
  /// When the last track ends.
  public let duration: MIDITime
  /// The tick at which the last track ends.
  public let endTick: Int

  /// Merges the tracks of a file and applies every tempo, whatever track it stands in. The tracks of format
  /// 2, pieces of their own, follow one another.
  public init(_ file: MIDIFile) {
    var entries: [(tick: Int, track: Int, message: MIDIMessage)] = []
    entries.reserveCapacity(file.tracks.reduce(0) { $0 + $1.events.count })
    var endTick = 0
    for (index, track) in file.tracks.enumerated() {
      var tick = file.format == .sequential ? endTick : 0
      for event in track.events {
        tick += Int(event.delta.rawValue)
        entries.append((tick, index, event.message))
      }
      endTick = max(endTick, tick + Int(track.endDelta.rawValue))
    }
    let order = entries.indices.sorted { (entries[$0].tick, $0) < (entries[$1].tick, $1) }

    var clock = TickClock(file.division)
    var events: [Event] = []
    events.reserveCapacity(entries.count)
    for index in order {
      let entry = entries[index]
      clock.advance(to: entry.tick)
      events.append(
        Event(tick: entry.tick, time: clock.time, track: entry.track, message: entry.message))
      if case .meta(.tempo(let tempo)) = entry.message { clock.setTempo(tempo) }
    }
    clock.advance(to: endTick)
    self.events = events
    self.duration = clock.time
    self.endTick = endTick
  }
}
