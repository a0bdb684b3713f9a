import StandardMIDI

/// A beat of a metronome.
public struct MetronomeClick: Hashable, Sendable {
  /// When, in seconds of the file as written; below 0 before it begins.
  public var seconds: Double
  /// Whether a bar begins with it.
  public var isAccented: Bool

  /// Whether it leads to the start of a performance, and is heard only then.
  public var isCountIn: Bool

  /// A click at a time.
  public init(seconds: Double, isAccented: Bool, isCountIn: Bool = false) {
    self.seconds = seconds
    self.isAccented = isAccented
    self.isCountIn = isCountIn
  }

  /// General MIDI's wood blocks, the high one where a bar begins.
  var message: MIDIMessage {
    .noteOn(channel: .percussion, key: isAccented ? 76 : 77, velocity: isAccented ? 120 : 90)
  }
}
