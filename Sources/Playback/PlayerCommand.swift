/// What can be asked of a player while it plays. Seconds are those of the file as written.
public enum PlayerCommand: Hashable, Sendable {
  /// No sound until it is asked to go on; the place is kept.
  case pause
  /// Goes on from where it was.
  case resume
  /// Goes on from another place; a place behind the end ends the music.
  case move(seconds: Double)
  /// Another tempo, as a factor of what is written, above 0. The pitch stays.
  case tempo(Double)
  /// Semitones up, or down where negative, for the notes that come.
  case transposition(Int)
  /// What is played again and again; nil for no such thing.
  case loop(Range<Double>?)
  /// Whether the metronome is heard.
  case metronome(Bool)
  /// The end, at once.
  case stop
}

/// Where a player is.
public struct PlayerProgress: Hashable, Sendable {
  /// Seconds of sound that have been heard.
  public var heardSeconds: Double
  /// Seconds of sound until the last note ends, as far as it is known, at the tempo of now.
  public var totalSeconds: Double
  /// The place that is heard, in seconds of the file as written; below 0 while it is counted in.
  public var writtenSeconds: Double
  /// Whether it waits to be told to go on.
  public var isPaused: Bool
}
