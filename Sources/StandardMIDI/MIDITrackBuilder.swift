/// Makes a track out of events that come in any order, each at its own tick.
///
/// An event takes sixteen bytes, and events are only sorted where they came out of order, so that writing the
/// notes of a melody costs little more than its bytes.
public struct MIDITrackBuilder: Sendable {
  /// An event: the channel messages in four bytes, all others by their place among ``others``.
  private struct Entry {
    /// The tick, and in the two lowest bits the rank among the events of one tick.
    let order: UInt64
    /// How many events came before it.
    let sequence: UInt32
    let message: PackedMessage

    var tick: Int { Int(truncatingIfNeeded: order >> 2) }

    static func precedes(_ left: Entry, _ right: Entry) -> Bool {
      left.order == right.order ? left.sequence < right.sequence : left.order < right.order
    }
  }

  private var entries: [Entry] = []
  /// A melody that came in one piece behind everything in ``entries``: each note over before the next begins, so that
  /// nothing has to be sorted.
  private var melody: [NoteSpan] = []
  /// The messages that belong to no channel.
  private var others: [MIDIMessage] = []
  /// The order of the latest event, as long as none came out of order; then nothing is later.
  private var latest: UInt64 = 0
  private var isInOrder = true

  /// A builder without events.
  public init() {}

  /// Makes room for so many messages, of which a note takes two, and so many among them that have no channel.
  public mutating func reserveCapacity(_ count: Int, ofOtherKinds otherCount: Int = 0) {
    entries.reserveCapacity(count)
    if otherCount > 0 { others.reserveCapacity(otherCount) }
  }

  /// Adds a message at a tick, which must not be negative.
  public mutating func add(_ message: MIDIMessage, at tick: Int) {
    if let packed = PackedMessage(message) {
      append(packed, rank: message.rank, tick: tick)
    } else {
      append(PackedMessage(otherAt: others.count), rank: message.rank, tick: tick)
      others.append(message)
    }
  }

  /// Adds a note that sounds from `start` until `end`; one shorter than a tick lasts a tick, since its end
  /// would otherwise come before its beginning. A velocity of 0 is the end of a note and no beginning.
  public mutating func addNote(
    channel: Channel, key: UInt7, velocity: UInt7, from start: Int, to end: Int,
    releaseVelocity: UInt7 = NoteSpan.releaseVelocity
  ) {
    append(
      PackedMessage(0x90 | channel.rawValue, key.rawValue, velocity.rawValue),
      rank: velocity.rawValue > 0 ? Rank.beginning : Rank.end, tick: start)
    append(
      PackedMessage(0x80 | channel.rawValue, key.rawValue, releaseVelocity.rawValue), rank: Rank.end,
      tick: max(end, start + 1))
  }

  /// Adds notes; a melody whose notes follow each other costs least.
  public mutating func add(_ notes: [NoteSpan]) {
    guard let first = notes.first else { return }
    if melody.isEmpty, isInOrder, latest >> 2 <= first.start, NoteSpan.isMelody(notes),
      UInt64(first.start) - latest >> 2 <= DeltaTime.maximum
    {
      melody = notes
    } else {
      for note in notes { add(note) }
    }
  }

  /// Adds a note.
  public mutating func add(_ note: NoteSpan) {
    addNote(
      channel: note.channel, key: note.key, velocity: note.velocity, from: Int(note.start), to: Int(note.end))
  }

  /// Makes room for something that is not of the melody.
  private mutating func scatterMelody() {
    let notes = melody
    melody = []
    for note in notes { add(note) }
  }

  @inline(__always)
  private mutating func append(_ message: PackedMessage, rank: UInt64, tick: Int) {
    precondition(tick >= 0, "a tick must not be negative")
    if !melody.isEmpty { scatterMelody() }
    let order = UInt64(truncatingIfNeeded: tick) << 2 | rank
    if order < latest { isInOrder = false }
    latest = order
    entries.append(
      Entry(order: order, sequence: UInt32(truncatingIfNeeded: entries.count), message: message))
  }

  /// The track: events by tick, and at one tick meta events first, then the ends of notes, then all other
  /// messages, then the beginnings of notes, each kind in the order in which it was added.
  ///
  /// A gap longer than a delta time can say is bridged by empty text events.
  ///
  /// - Parameter endTick: where the track ends, if that is after its last event.
  public func finish(endTick: Int = 0) -> MIDITrack {
    if !melody.isEmpty {
      var scattered = self
      scattered.scatterMelody()
      return scattered.finish(endTick: endTick)
    }
    var track = MIDITrack()
    track.events.reserveCapacity(entries.count)
    var now = 0
    for entry in inOrder() {
      let delta = track.bridge(from: now, to: entry.tick)
      let message = entry.message.message ?? others[entry.message.otherIndex]
      track.events.append(MIDIEvent(delta: delta, message: message))
      now = entry.tick
    }
    track.endDelta = track.bridge(from: now, to: max(now, endTick))
    return track
  }

  private func inOrder() -> [Entry] {
    isInOrder ? entries : entries.sorted(by: Entry.precedes)
  }
}

// MARK: - Bytes

extension MIDITrackBuilder {
  /// The most bytes that ``append(to:endTick:)`` writes.
  func encodedLengthLimit(endTick: Int) -> Int {
    let last = max(entries.reduce(0) { max($0, $1.tick) }, Int(melody.last?.end ?? 0))
    let end = max(endTick, last)
    let bridges = (end / Int(DeltaTime.maximum) + 1) * 7
    return others.reduce(bridges + 7 + 7 * entries.count + OutputSpan.noteLengthLimit * melody.count) {
      $0 + $1.encodedLength
    }
  }

  /// Appends what ``finish(endTick:)`` makes as it stands in a file, without making it first.
  func append(to bytes: inout OutputSpan<UInt8>, endTick: Int) {
    var now = 0
    for entry in inOrder() {
      bytes.append(from: now, to: entry.tick)
      now = entry.tick
      if entry.message.isChannelMessage {
        entry.message.append(to: &bytes)
      } else {
        bytes.append(others[entry.message.otherIndex].status)
        others[entry.message.otherIndex].appendData(to: &bytes)
      }
    }
    if !melody.isEmpty { now = bytes.append(melody: melody, from: now) }
    bytes.append(from: now, to: max(now, endTick))
    bytes.appendEndOfTrack()
  }
}

extension OutputSpan<UInt8> {
  /// The delta between two ticks, after as many empty text events as a long gap needs.
  @inline(__always)
  fileprivate mutating func append(from start: Int, to end: Int) {
    var gap = end - start
    while gap > Int(DeltaTime.maximum) {
      append(quantity: DeltaTime(DeltaTime.maximum))
      append(MIDIMessage.meta(.text(.text, [])).status)
      MIDIMessage.meta(.text(.text, [])).appendData(to: &self)
      gap -= Int(DeltaTime.maximum)
    }
    append(quantity: UInt32(truncatingIfNeeded: gap))
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

/// The order in which messages at one tick must come for each note to end before the next begins, and for a
/// note to begin with its instrument and controllers set.
private enum Rank {
  static let meta: UInt64 = 0
  static let end: UInt64 = 1
  static let setting: UInt64 = 2
  static let beginning: UInt64 = 3
}

extension MIDIMessage {
  fileprivate var rank: UInt64 {
    if case .meta = self { return Rank.meta }
    if endsNote { return Rank.end }
    return beginsNote ? Rank.beginning : Rank.setting
  }
}
