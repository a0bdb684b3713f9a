/// A note between two ticks, in twelve bytes.
public struct NoteSpan: Sendable {
  let start: UInt32
  let end: UInt32
  let channel: Channel
  let key: UInt7
  let velocity: UInt7

  /// What the end of a note says of how it is let go.
  public static let releaseVelocity: UInt7 = 64

  /// A note that sounds from `start` until `end`, neither of which must be negative or beyond 2³²; one shorter than a
  /// tick lasts a tick.
  public init(channel: Channel, key: UInt7, velocity: UInt7, from start: Int, to end: Int) {
    self.start = UInt32(start)
    self.end = UInt32(max(end, start + 1))
    self.channel = channel
    self.key = key
    self.velocity = velocity
  }

  /// Whether each is over before the next begins, no gap is longer than a delta time can say, and all do begin: a
  /// velocity of 0 is the end of a note.
  static func isMelody(_ notes: [NoteSpan]) -> Bool {
    var end: UInt32 = 0
    for note in notes {
      // Wraps around to more than any delta time where the note begins too early.
      let (wait, length) = (note.start &- end, note.end &- note.start)
      if max(wait, length) > DeltaTime.maximum || note.start < end || note.velocity.rawValue == 0 {
        return false
      }
      end = note.end
    }
    return true
  }
}

extension OutputSpan<UInt8> {
  /// The most bytes that a note of a melody takes.
  static var noteLengthLimit: Int { 14 }

  /// Appends the beginnings and ends of the notes of a melody (``NoteSpan/isMelody(_:)``) that begins at a tick or
  /// later, and returns the tick at which it ends.
  mutating func append(melody notes: [NoteSpan], from start: Int) -> Int {
    guard let last = notes.last else { return start }
    // Room for all is checked once, and then bytes are written without a look at it.
    precondition(freeCapacity >= notes.count * Self.noteLengthLimit, "a melody needs its room")
    unsafe withUnsafeMutableBufferPointer { buffer, count in
      guard let base = buffer.baseAddress else { return }
      var cursor = unsafe ByteCursor(at: base + count)
      var now = UInt32(start)
      for note in notes {
        unsafe cursor.write(quantity: note.start &- now)
        unsafe cursor.write(0x90 | note.channel.rawValue, note.key.rawValue, note.velocity.rawValue)
        unsafe cursor.write(quantity: note.end &- note.start)
        unsafe cursor.write(
          0x80 | note.channel.rawValue, note.key.rawValue, NoteSpan.releaseVelocity.rawValue)
        now = note.end
      }
      count = unsafe cursor.place - base
    }
    return Int(last.end)
  }
}

/// Writes bytes behind each other into memory that somebody else has seen to.
@unsafe
private struct ByteCursor {
  private(set) var place: UnsafeMutablePointer<UInt8>

  @inline(__always)
  init(at place: UnsafeMutablePointer<UInt8>) { unsafe self.place = place }

  @inline(__always)
  mutating func write(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
    unsafe place[0] = first
    unsafe place[1] = second
    unsafe place[2] = third
    unsafe place += 3
  }

  /// At most 2²⁸ − 1.
  @inline(__always)
  mutating func write(quantity value: UInt32) {
    if value >= 1 << 7 {
      if value >= 1 << 14 {
        if value >= 1 << 21 { unsafe write(UInt8(truncatingIfNeeded: value >> 21) | 0x80) }
        unsafe write(UInt8(truncatingIfNeeded: value >> 14) | 0x80)
      }
      unsafe write(UInt8(truncatingIfNeeded: value >> 7) | 0x80)
    }
    unsafe write(UInt8(truncatingIfNeeded: value) & 0x7F)
  }

  @inline(__always)
  private mutating func write(_ byte: UInt8) {
    unsafe place[0] = byte
    unsafe place += 1
  }
}
