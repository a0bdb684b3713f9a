import ABCNotation

/// A note as it sounds, in the time of the unfolded tune.
public struct TimedNote: Hashable, Sendable {
  /// When it starts, in whole notes from the start of the tune.
  public var onset: Fraction
  /// How long it sounds, in whole notes.
  public var duration: Fraction
  /// The MIDI key number; always 0…127.
  public var pitch: Int
  /// How hard it is struck, 1…127.
  public var velocity: Int
}

/// A change of tempo, meter or key in the time of the unfolded tune.
public struct TimedChange: Sendable {
  /// When, in whole notes from the start of the tune.
  public let onset: Fraction
  /// What changes.
  public let kind: ScoreChange.Kind
}

/// One voice of a tune as it sounds.
public struct Performance: Sendable {
  /// The notes in the order of their onsets.
  public var notes: [TimedNote] = []
  /// The changes in the order of their onsets.
  public var changes: [TimedChange] = []
  /// The length of the whole, in whole notes.
  public var length = Fraction.zero
}
