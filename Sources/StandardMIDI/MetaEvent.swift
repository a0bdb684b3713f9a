/// A meta event of a Standard MIDI File (SMF 1.0, "Meta-Events"). The end of a track is not among them:
/// every `MIDITrack` has exactly one, in `MIDITrack.endDelta`.
public enum MetaEvent: Hashable, Sendable {
  /// `00`: the number of this sequence.
  case sequenceNumber(UInt16)
  /// `01` to `09`: text, in no declared encoding; UTF-8 is usual today.
  case text(TextKind, [UInt8])
  /// `20`: the channel that the meta events after it belong to.
  case channelPrefix(Channel)
  /// `21`: the output port of the track.
  case port(UInt8)
  /// `51`: the tempo from here on.
  case tempo(Tempo)
  /// `54`: when the track starts, in SMPTE time.
  case smpteOffset(SMPTEOffset)
  /// `58`: the time signature from here on.
  case timeSignature(TimeSignature)
  /// `59`: the key signature from here on.
  case keySignature(KeySignature)
  /// `7F`: a maker's own data.
  case sequencerSpecific([UInt8])
  /// A type not listed above, or a listed one whose data is not of its form. The type is never `2F`; it is below
  /// 128 in files that keep to the specification. `init(type:data:)` makes this case only where no other fits.
  case other(type: UInt8, [UInt8])

  /// A text event in UTF-8.
  public static func text(_ kind: TextKind, _ string: String) -> MetaEvent {
    .text(kind, Array(string.utf8))
  }
}

/// What a text meta event is for; the raw value is its type byte.
public enum TextKind: UInt8, CaseIterable, Hashable, Sendable {
  /// Any text.
  case text = 1
  /// A copyright notice.
  case copyright = 2
  /// The name of the sequence (first track) or of the track.
  case trackName = 3
  /// What instrument the track is for.
  case instrumentName = 4
  /// A syllable to be sung.
  case lyric = 5
  /// A point in the music, such as a rehearsal letter.
  case marker = 6
  /// Something that happens on stage or screen.
  case cuePoint = 7
  /// The name of a program (RP-019).
  case programName = 8
  /// The name of a device (RP-019).
  case deviceName = 9
}

/// A time signature and its metronome (SMF 1.0, `FF 58`).
public struct TimeSignature: Hashable, Sendable {
  /// Beats a bar.
  public var numerator: UInt8
  /// The note value of a beat as a power of two: 2 is a quarter, 3 an eighth.
  public var denominatorPower: UInt8
  /// MIDI clocks, 24 a quarter, between two clicks of a metronome.
  public var clocksPerClick: UInt8
  /// Notated thirty-second notes in what MIDI calls a quarter note; 8 in all ordinary music.
  public var thirtySecondsPerQuarter: UInt8

  /// A time signature of `numerator` over two to the power of `denominatorPower`.
  public init(
    numerator: UInt8, denominatorPower: UInt8, clocksPerClick: UInt8 = 24, thirtySecondsPerQuarter: UInt8 = 8
  ) {
    self.numerator = numerator
    self.denominatorPower = denominatorPower
    self.clocksPerClick = clocksPerClick
    self.thirtySecondsPerQuarter = thirtySecondsPerQuarter
  }
}

/// A key signature (SMF 1.0, `FF 59`).
public struct KeySignature: Hashable, Sendable {
  /// The number of sharps, or of flats where negative: -7...7.
  public let sharps: Int8
  /// Whether the key is minor.
  public let isMinor: Bool

  /// A key signature, or nil where there are more than seven accidentals.
  public init?(sharps: Int8, isMinor: Bool) {
    guard (-7...7).contains(sharps) else { return nil }
    self.sharps = sharps
    self.isMinor = isMinor
  }
}

/// The SMPTE time at which a track starts (SMF 1.0, `FF 54`), byte for byte.
public struct SMPTEOffset: Hashable, Sendable {
  /// Hours, with the frame rate in the two bits above them.
  public var hours: UInt8
  /// Minutes.
  public var minutes: UInt8
  /// Seconds.
  public var seconds: UInt8
  /// Frames.
  public var frames: UInt8
  /// Hundredths of a frame.
  public var subframes: UInt8

  /// An offset of these five bytes.
  public init(hours: UInt8, minutes: UInt8, seconds: UInt8, frames: UInt8, subframes: UInt8) {
    self.hours = hours
    self.minutes = minutes
    self.seconds = seconds
    self.frames = frames
    self.subframes = subframes
  }
}
