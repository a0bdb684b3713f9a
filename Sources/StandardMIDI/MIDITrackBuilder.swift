/// Makes a track out of events that come in any order, each at its own tick.
///
/// Events lie in sixteen bytes each and are only sorted where they came out of order, so that writing the notes
/// of a melody costs little more than its bytes.
public struct MIDITrackBuilder: Sendable {
  /// An event: the channel messages in four bytes, all others by their place among ``others``.
  private struct Entry {
    /// The tick, and in the two lowest bits the rank among the events of one tick.
    let order: UInt64
    /// How many events came before it.
    let sequence: UInt32
    let message: PackedMessage

    var tick: Int { Int(order >> 2) }

    static func precedes(_ left: Entry, _ right: Entry) -> Bool {
      left.order == right.order ? left.sequence < right.sequence : left.order < right.order
    }
  }

  private var entries: [Entry] = []
  private var others: [MIDIMessage] = []
  private var isSorted = true

  /// A builder without events.
  public init() {}

  /// Makes room for so many notes to come.
  public mutating func reserve(notes: Int) {
    entries.reserveCapacity(entries.count + 2 * notes + 8)
  }

  /// Adds a message at a tick, which must not be negative.
  public mutating func add(_ message: MIDIMessage, at tick: Int) {
    if let packed = PackedMessage(message) {
      append(packed, rank: message.rank, at: tick)
    } else {
      append(PackedMessage(otherAt: others.count), rank: message.rank, at: tick)
      others.append(message)
    }
  }

  /// Adds a note that sounds from `start` until `end`; one shorter than a tick lasts a tick, since its end
  /// would otherwise come before its beginning.
  @inline(__always)
  public mutating func addNote(
    channel: Channel, key: UInt7, velocity: UInt7, from start: Int, to end: Int, releaseVelocity: UInt7 = 64
  ) {
    append(
      PackedMessage(0x90 | channel.rawValue, key.rawValue, velocity.rawValue), rank: velocity > 0 ? 3 : 1,
      at: start)
    append(
      PackedMessage(0x80 | channel.rawValue, key.rawValue, releaseVelocity.rawValue), rank: 1,
      at: max(end, start + 1))
  }

  @inline(__always)
  private mutating func append(_ message: PackedMessage, rank: UInt64, at tick: Int) {
    precondition(tick >= 0, "a tick must not be negative")
    let entry = Entry(
      order: UInt64(tick) << 2 | rank, sequence: UInt32(truncatingIfNeeded: entries.count), message: message)
    if let last = entries.last, last.order > entry.order { isSorted = false }
    entries.append(entry)
  }

  private func sorted() -> [Entry] {
    isSorted ? entries : entries.sorted(by: Entry.precedes)
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
    for entry in sorted() {
      let delta = track.bridge(from: now, to: entry.tick)
      let message = entry.message.message ?? others[entry.message.otherIndex]
      track.events.append(MIDIEvent(delta: delta, message: message))
      now = entry.tick
    }
    track.endDelta = track.bridge(from: now, to: max(now, endTick))
    return track
  }

  /// Appends the track as it stands in a file: the same bytes as those of ``finish(endTick:)``, in a fraction of
  /// the time.
  func appendChunk(to bytes: inout [UInt8], endTick: Int) {
    bytes.appendChunk(type: ChunkType.track) { bytes in
      var now = 0
      for entry in sorted() {
        bytes.appendDelta(from: now, to: entry.tick)
        now = entry.tick
        if entry.message.isChannelMessage {
          entry.message.append(to: &bytes)
        } else {
          var runningStatus: UInt8?
          bytes.appendMessage(others[entry.message.otherIndex], runningStatus: &runningStatus)
        }
      }
      bytes.appendDelta(from: now, to: max(now, endTick))
      bytes.appendEndOfTrack()
    }
  }
}

extension MIDIFile {
  /// The file of these tracks.
  public init(format: Format, division: Division, builders: [MIDITrackBuilder], endTick: Int) {
    self.init(format: format, division: division, tracks: builders.map { $0.finish(endTick: endTick) })
  }

  /// The bytes of the file of these tracks, without making its values first. All tracks end together.
  ///
  /// They are those of ``encoded(options:)``, without running status.
  public static func encoded(
    format: Format, division: Division, builders: [MIDITrackBuilder], endTick: Int
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(14 + builders.reduce(0) { $0 + 16 + 5 * $1.count })
    bytes.appendHeader(format: format, trackCount: builders.count, division: division)
    for builder in builders { builder.appendChunk(to: &bytes, endTick: endTick) }
    return bytes
  }
}

extension MIDITrackBuilder {
  /// The number of events so far.
  public var count: Int { entries.count }
}

extension [UInt8] {
  /// A delta between two ticks, after as many empty text events as a long gap needs.
  @inline(__always)
  fileprivate mutating func appendDelta(from start: Int, to end: Int) {
    var gap = end - start
    while gap > Int(DeltaTime.maximum) {
      appendQuantity(DeltaTime(DeltaTime.maximum))
      self += [0xFF, TextKind.text.rawValue, 0]
      gap -= Int(DeltaTime.maximum)
    }
    if gap < 0x80 {
      append(UInt8(truncatingIfNeeded: gap))
    } else if gap < 0x4000 {
      append(UInt8(truncatingIfNeeded: gap >> 7) | 0x80)
      append(UInt8(truncatingIfNeeded: gap) & 0x7F)
    } else {
      appendQuantity(DeltaTime(gap))
    }
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
  fileprivate var rank: UInt64 {
    if case .meta = self { return 0 }
    if endsNote { return 1 }
    return beginsNote ? 3 : 2
  }
}
