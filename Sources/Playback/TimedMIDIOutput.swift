import Glibc
import StandardMIDI

/// Something that takes MIDI messages and sends each at its time.
public protocol TimedMIDIOutput {
  /// The seconds that its clock has run.
  var seconds: Double { get }
  /// Sends a message when the clock has run for so many seconds.
  func schedule(_ message: MIDIMessage, atSeconds seconds: Double) throws(PlaybackError)
  /// Sends a message at once.
  func send(_ message: MIDIMessage) throws(PlaybackError)
  /// Hands on what was scheduled.
  func flush() throws(PlaybackError)
  /// Takes back what has not been sent yet.
  func dropScheduled()
}

/// Plays files on a synthesizer outside of this program.
public struct MIDIPlayer {
  private let output: any TimedMIDIOutput
  /// How far ahead messages are handed over, in frames.
  private static let lead = Synthesizer.sampleRate / 5
  private let pause: (Int) -> Void

  /// A player on an output.
  ///
  /// - Parameter pause: waits for so many microseconds.
  public init(output: any TimedMIDIOutput, pause: @escaping (Int) -> Void = { usleep(UInt32($0)) }) {
    self.output = output
    self.pause = pause
  }

  /// Plays a file and returns when its last note has ended.
  ///
  /// - Parameters: as those of ``Player``.
  /// - Returns: whether all was played; false where it was stopped.
  @discardableResult
  public func play(
    _ file: MIDIFile, options: PerformanceOptions = PerformanceOptions(),
    shouldStop: () -> Bool = { false }, commands: () -> PlayerCommand? = { nil },
    progress: (PlayerProgress) -> Void = { _ in }
  ) throws(PlaybackError) -> Bool {
    var run = Run(script: PerformanceScript(file, options: options), output: output)
    guard !run.script.isEmpty else { return true }
    do {
      while true {
        guard !shouldStop(), try run.obey(commands) else {
          try run.silence()
          return false
        }
        try run.hand(ahead: Self.lead)
        progress(run.progress)
        if !run.isPaused, run.script.isOver(at: run.frame) {
          try run.silence()
          return true
        }
        pause(10_000)
      }
    } catch {
      // The keys come up, if they still can.
      try? run.silence()
      throw error
    }
  }

  /// A performance on the output, whose clock goes on while the music pauses.
  private struct Run {
    var script: PerformanceScript
    let output: any TimedMIDIOutput
    var isPaused = false
    /// The frame until which everything has been handed over.
    private var handed = -1
    /// When frame 0 was, by the clock.
    private var origin: Double
    /// What was handed over and may still be on its way, and the keys that are down by what has gone out.
    private var onTheWay: [(seconds: Double, message: MIDIMessage)] = []
    private var keysDown: [(channel: Channel, key: UInt7)] = []

    init(script: PerformanceScript, output: any TimedMIDIOutput) {
      self.script = script
      self.output = output
      origin = output.seconds + 0.05
    }

    private static let rate = Double(Synthesizer.sampleRate)

    /// The frame that is heard now.
    var frame: Int { isPaused ? max(handed, 0) : max(Int((output.seconds - origin) * Self.rate), 0) }

    var progress: PlayerProgress {
      let total = Double(script.endFrame) / Self.rate
      return PlayerProgress(
        heardSeconds: min(Double(frame) / Self.rate, total), totalSeconds: total,
        writtenSeconds: Double(script.place(at: frame)) / Self.rate, isPaused: isPaused)
    }

    mutating func hand(ahead: Int) throws(PlaybackError) {
      guard !isPaused else { return }
      let end = frame + ahead
      var due = max(handed, 0)
      while due <= end {
        for message in script.takeDue(at: due) {
          let seconds = origin + Double(due) / Self.rate
          try output.schedule(message, atSeconds: seconds)
          onTheWay.append((seconds, message))
        }
        guard let next = script.nextFrame(after: due) else { break }
        due = next
      }
      handed = max(end, handed)
      try output.flush()
      noteWhatHasGoneOut()
    }

    private mutating func noteWhatHasGoneOut() {
      let now = output.seconds
      let gone = onTheWay.prefix { $0.seconds <= now }
      for entry in gone { keepAccount(of: entry.message) }
      onTheWay.removeFirst(gone.count)
    }

    private mutating func keepAccount(of message: MIDIMessage) {
      switch message {
      case .noteOn(let channel, let key, _): keysDown.append((channel, key))
      case .noteOff(let channel, let key, _):
        keysDown.removeAll { $0.channel == channel && $0.key == key }
      default: break
      }
    }

    /// Takes back what is on its way and lets go of every key.
    mutating func silence() throws(PlaybackError) {
      output.dropScheduled()
      noteWhatHasGoneOut()
      _ = script.releaseAll()
      for (channel, key) in keysDown {
        try output.send(.noteOff(channel: channel, key: key, velocity: 64))
      }
      (keysDown, onTheWay) = ([], [])
      for channel in Channel.all {
        try output.send(.controlChange(channel: channel, controller: 64, value: 0))
        try output.send(.controlChange(channel: channel, controller: 123, value: 0))
      }
      try output.flush()
    }

    mutating func obey(_ commands: () -> PlayerCommand?) throws(PlaybackError) -> Bool {
      while let command = commands() {
        switch command {
        case .stop: return false
        case .pause where !isPaused:
          let now = frame
          try silence()
          // Nothing is struck while it waits.
          _ = script.move(to: script.place(at: now), at: now, strikingHeldNotes: false)
          (isPaused, handed) = (true, now)
        case .resume where isPaused:
          let place = script.place(at: handed)
          origin = output.seconds + 0.05 - Double(handed) / Self.rate
          isPaused = false
          try strike(place, at: handed)
        case .move(let asked):
          let seconds = max(asked, 0)
          let now = frame
          try silence()
          handed = now
          if isPaused {
            _ = script.move(to: PerformanceScript.place(seconds), at: now, strikingHeldNotes: false)
          } else {
            try strike(PerformanceScript.place(seconds), at: now)
          }
        case .tempo(let factor): script.setTempo(factor, at: max(handed, 0))
        case .transposition(let semitones): script.setTransposition(semitones)
        case .loop(let seconds): script.setLoop(seconds)
        case .metronome(let isOn): script.setMetronome(isOn)
        case .pause, .resume: break
        }
      }
      return true
    }

    private mutating func strike(_ place: Int, at frame: Int) throws(PlaybackError) {
      for message in script.move(to: place, at: frame, strikingHeldNotes: true) {
        try output.send(message)
        keepAccount(of: message)
      }
    }
  }
}
