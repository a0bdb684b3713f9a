import ABCNotation

/// A note as it sounds, in the time of the unfolded tune.
public struct TimedNote: Hashable, Sendable {
  /// When it starts, in whole notes from the start of the tune.
  public var onset: Fraction
  /// How long it sounds, in whole notes.
  public var duration: Fraction
  private let pitchByte: UInt8
  private var velocityByte: UInt8
  private let centsByte: Int8

  /// The MIDI key number; always 0…127.
  public var pitch: Int { Int(pitchByte) }

  /// How hard it is struck, 1…127.
  public var velocity: Int {
    get { Int(velocityByte) }
    set { velocityByte = UInt8(newValue) }
  }

  /// Hundredths of a semitone that it sounds higher than its key, −99…99: of quarter tones and the like.
  public var cents: Int { Int(centsByte) }

  /// A note of a key between two times.
  public init(onset: Fraction, duration: Fraction, pitch: Int, velocity: Int, cents: Int = 0) {
    self.onset = onset
    self.duration = duration
    pitchByte = UInt8(pitch)
    velocityByte = UInt8(velocity)
    centsByte = Int8(cents)
  }
}

/// A change of tempo, meter or key in the time of the unfolded tune.
public struct TimedChange: Sendable {
  /// When, in whole notes from the start of the tune.
  public let onset: Fraction
  /// What changes.
  public let kind: ScoreChange.Kind
}

/// A syllable in the time of the unfolded tune.
public struct TimedLyric: Hashable, Sendable {
  /// When it is sung, in whole notes from the start of the tune.
  public let onset: Fraction
  /// The syllable, with a hyphen behind it where the word goes on.
  public let text: String
}

/// What a `%%MIDI` command asks of the instrument that plays a voice.
enum InstrumentChange: Hashable, Sendable {
  /// Another channel, 0…15, from here on.
  case channel(Int)
  /// A General MIDI program, 0…127, on a channel or on that of the voice.
  case program(Int, channel: Int?)
  /// A controller and its value, each 0…127.
  case controller(Int, value: Int)
  /// The pitch wheel, 0…16383.
  case pitchBend(Int)
}

/// A stretch of time that is held longer than it is written: a fermata.
struct Hold: Hashable, Sendable {
  let onset: Fraction
  let duration: Fraction
  /// How many times as long it takes.
  let factor: Fraction
}

/// One voice of a tune as it sounds.
public struct Performance: Sendable {
  /// The notes in the order of their onsets.
  public var notes: [TimedNote] = []
  /// The changes in the order of their onsets.
  public var changes: [TimedChange] = []
  /// The syllables that are sung, in the order of their onsets.
  public var lyrics: [TimedLyric] = []
  /// The length of the whole, in whole notes.
  public var length = Fraction.zero

  /// What is asked of its instrument, in the order of time.
  var instrumentChanges: [(onset: Fraction, change: InstrumentChange)] = []
  /// The fermatas.
  var holds: [Hold] = []
  /// Whether a note may begin while another of its pitch still sounds, as where voices share a staff.
  var hasUnisons = false
  /// Whether it is for percussion.
  var isPercussion = false
}
