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

  /// The clock at the start and behind each change of tempo.
  private let clocks: [TickClock]

  /// The tick at a number of seconds since the start, rounded down; 0 before it.
  public func tick(atSeconds seconds: Double) -> Int {
    let clock = self.clock { $0.time.seconds <= seconds }
    return max(clock.tick(atSeconds: seconds), 0)
  }

  /// The seconds from the start to a tick; 0 before the start. Behind the last event the last tempo goes on.
  public func seconds(atTick tick: Int) -> Double {
    var clock = self.clock { $0.tick <= tick }
    clock.advance(to: max(tick, 0))
    return clock.time.seconds
  }

  /// The last clock of which something holds that holds of none behind the first of which it does not; else the first.
  private func clock(_ holds: (TickClock) -> Bool) -> TickClock {
    var (low, high) = (0, clocks.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(clocks[middle]) { low = middle + 1 } else { high = middle }
    }
    return clocks[max(low - 1, 0)]
  }

  /// Merges the tracks of a file and applies every tempo, whatever track it stands in. The tracks of format
  /// 2, pieces of their own, follow one another, each with tempos of its own. Until a tempo is set, there are 120
  /// quarter notes a minute (SMF 1.0, "Meta-Events").
  public init(_ file: MIDIFile) {
    var player = Player(file)
    if file.format == .sequential {
      player.playInTurn(file.tracks)
    } else {
      player.playAtOnce(file.tracks)
    }
    events = player.events
    clocks = player.clocks
    duration = player.clock.time
    endTick = player.clock.tick
  }
}

/// Goes through the events in the order of performance and notes when each happens.
private struct Player {
  private(set) var events: [MIDISequence.Event] = []
  private(set) var clock: TickClock
  private(set) var clocks: [TickClock]

  init(_ file: MIDIFile) {
    clock = TickClock(file.division)
    clocks = [clock]
    events.reserveCapacity(file.tracks.reduce(0) { $0 + $1.events.count })
  }

  mutating func playInTurn(_ tracks: [MIDITrack]) {
    for (index, track) in tracks.enumerated() {
      clock.setTempo(.standard)
      var tick = clock.tick
      for event in track.events {
        tick += Int(event.delta.rawValue)
        play(event.message, at: tick, track: index)
      }
      clock.advance(to: tick + Int(track.endDelta.rawValue))
    }
  }

  mutating func playAtOnce(_ tracks: [MIDITrack]) {
    var entries: [(tick: Int, track: Int, index: Int)] = []
    entries.reserveCapacity(events.capacity)
    var endTick = 0
    for (track, content) in tracks.enumerated() {
      var tick = 0
      for (index, event) in content.events.enumerated() {
        tick += Int(event.delta.rawValue)
        entries.append((tick, track, index))
      }
      endTick = max(endTick, tick + Int(content.endDelta.rawValue))
    }
    if tracks.count > 1 { entries.sort { $0 < $1 } }
    for (tick, track, index) in entries { play(tracks[track].events[index].message, at: tick, track: track) }
    clock.advance(to: endTick)
  }

  private mutating func play(_ message: MIDIMessage, at tick: Int, track: Int) {
    clock.advance(to: tick)
    events.append(MIDISequence.Event(tick: tick, time: clock.time, track: track, message: message))
    if case .meta(.tempo(let tempo)) = message {
      clock.setTempo(tempo)
      clocks.append(clock)
    }
  }
}
