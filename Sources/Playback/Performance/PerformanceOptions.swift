import StandardMIDI

/// How a file is performed.
public struct PerformanceOptions: Sendable {
  /// How much faster than written, above 0; 2 is twice as fast.
  public var tempoFactor: Double
  /// Semitones up, or down where negative. Percussion stays; a key that would leave MIDI's range moves back
  /// by octaves.
  public var transposition: Int
  /// An instrument for every channel but percussion, whatever the file asks for.
  public var program: UInt7?
  /// Where to begin, in seconds of the file as written. Instruments and controllers are set as they would
  /// be there; notes that began earlier stay silent.
  public var startSeconds: Double
  /// Where to end, in seconds of the file as written; nil is its end.
  public var endSeconds: Double?
  /// The clicks of a metronome, in the order of time.
  public var clicks: [MetronomeClick]
  /// Whether they are heard; those before the start always are.
  public var isMetronomeOn: Bool
  /// How long before the start the performance begins, in seconds of the file as written: nothing but clicks.
  public var countInSeconds: Double

  /// The default is the file as written.
  public init(
    tempoFactor: Double = 1, transposition: Int = 0, program: UInt7? = nil, startSeconds: Double = 0,
    endSeconds: Double? = nil, clicks: [MetronomeClick] = [], isMetronomeOn: Bool = false,
    countInSeconds: Double = 0
  ) {
    self.tempoFactor = tempoFactor
    self.transposition = transposition
    self.program = program
    self.startSeconds = startSeconds
    self.endSeconds = endSeconds
    self.clicks = clicks
    self.isMetronomeOn = isMetronomeOn
    self.countInSeconds = countInSeconds
  }
}

extension PerformanceOptions {
  /// The message as these options change it.
  func applied(to message: MIDIMessage) -> MIDIMessage {
    switch message {
    case .noteOn(let channel, let key, let velocity):
      .noteOn(channel: channel, key: transposed(key, on: channel), velocity: velocity)
    case .noteOff(let channel, let key, let velocity):
      .noteOff(channel: channel, key: transposed(key, on: channel), velocity: velocity)
    case .polyphonicPressure(let channel, let key, let pressure):
      .polyphonicPressure(channel: channel, key: transposed(key, on: channel), pressure: pressure)
    case .programChange(let channel, let written):
      .programChange(channel: channel, program: channel == .percussion ? written : program ?? written)
    default:
      message
    }
  }

  private func transposed(_ key: UInt7, on channel: Channel) -> UInt7 {
    guard channel != .percussion else { return key }
    let (moved, overflow) = Int(key.rawValue).addingReportingOverflow(transposition)
    guard !overflow else { return key }
    if let inRange = UInt7(exactly: moved) { return inRange }
    let pitchClass = (moved % 12 + 12) % 12
    return UInt7(moved < 0 ? pitchClass : (127 - pitchClass) / 12 * 12 + pitchClass)
  }
}
