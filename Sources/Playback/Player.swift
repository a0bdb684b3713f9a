import Glibc
import StandardMIDI

/// Plays files on a sound device.
public final class Player {
  private let synthesizer: Synthesizer
  private let output: ALSAOutput

  /// A player that has both to itself.
  public init(synthesizer: Synthesizer, output: ALSAOutput) {
    self.synthesizer = synthesizer
    self.output = output
  }

  /// Plays a file from the beginning, or from where the options say, and returns when it has been heard.
  ///
  /// - Parameters:
  ///   - shouldStop: asked at least fifty times a second; once it says true the sound ends at once.
  ///   - commands: asked as often what to do next, until it gives nil.
  ///   - progress: told, about every 12 ms of sound, where it is.
  /// - Returns: whether all was heard; false where it was stopped.
  /// - Throws: what happened to the device.
  @discardableResult
  public func play(
    _ file: MIDIFile, options: PerformanceOptions = PerformanceOptions(),
    shouldStop: () -> Bool = { false }, commands: () -> PlayerCommand? = { nil },
    progress: (PlayerProgress) -> Void = { _ in }
  ) throws(PlaybackError) -> Bool {
    let music = GrowingMusic()
    music.complete(file)
    return try play(music, options: options, shouldStop: shouldStop, commands: commands, progress: progress)
  }

  /// Plays music from the beginning while the rest of it is still being made.
  ///
  /// - Parameters: as those of `play` for a file; the seconds in all are those that are known so far.
  /// - Returns: whether all was heard; false where it was stopped, or where there was nothing to hear.
  @discardableResult
  public func play(
    _ music: GrowingMusic, options: PerformanceOptions = PerformanceOptions(),
    shouldStop: () -> Bool = { false }, commands: () -> PlayerCommand? = { nil },
    progress: (PlayerProgress) -> Void = { _ in }
  ) throws(PlaybackError) -> Bool {
    guard let first = music.next(after: 0, shouldStop: shouldStop) else { return false }
    var version = first.version
    let renderer = try PerformanceRenderer(first.file, synthesizer: synthesizer, options: options)
    var run = Run(renderer: renderer, output: output)
    run.renderer.grow(to: first.file, stableSeconds: first.stableSeconds)
    try output.prepare()
    while true {
      guard !shouldStop(), try run.obey(commands) else {
        output.drop()
        return false
      }
      if run.isPaused {
        progress(run.progress)
        usleep(10_000)
        continue
      }
      if run.isAtEnd {
        // Whatever is asked for while the last of it is heard still counts.
        var asked: PlayerCommand?
        let isHeard = try output.finish(shouldStop: {
          progress(run.progress)
          asked = asked ?? commands()
          return asked != nil || shouldStop()
        })
        guard let command = asked else {
          if isHeard { progress(run.finalProgress) }
          return isHeard
        }
        try output.prepare()
        guard try run.obey(command) else { return false }
        continue
      }
      guard run.renderer.nextBlock(into: &run.block) else {
        guard run.renderer.isAtHorizon else {
          run.isAtEnd = true
          continue
        }
        guard let more = music.next(after: version, shouldStop: shouldStop) else {
          output.drop()
          return false
        }
        version = more.version
        run.renderer.grow(to: more.file, stableSeconds: more.stableSeconds)
        continue
      }
      guard try output.write(run.block, shouldStop: shouldStop) else {
        output.drop()
        return false
      }
      progress(run.progress)
    }
  }
}

extension Player {
  /// A performance on a device, and what has been asked of it.
  private struct Run {
    var renderer: PerformanceRenderer
    let output: ALSAOutput
    var block: [Int16] = []
    var isPaused = false
    /// Whether all has been handed to the device.
    var isAtEnd = false

    /// The frame that is heard now.
    private var heardFrame: Int { max(0, renderer.position - output.delay) }

    var progress: PlayerProgress {
      // On a device that is silent everything has been heard.
      let frame = isPaused ? renderer.position : heardFrame
      return PlayerProgress(
        heardSeconds: min(Double(frame) / Double(Synthesizer.sampleRate), renderer.duration),
        totalSeconds: renderer.duration, writtenSeconds: renderer.writtenSeconds(atFrame: frame),
        isPaused: isPaused)
    }

    var finalProgress: PlayerProgress {
      var last = progress
      last.heardSeconds = last.totalSeconds
      return last
    }

    /// Does what is asked; false where that is to stop.
    mutating func obey(_ commands: () -> PlayerCommand?) throws(PlaybackError) -> Bool {
      while let command = commands() { guard try obey(command) else { return false } }
      return true
    }

    mutating func obey(_ command: PlayerCommand) throws(PlaybackError) -> Bool {
      switch command {
      case .stop: return false
      case .pause where !isPaused:
        let place = renderer.writtenSeconds(atFrame: heardFrame)
        output.drop()
        // What was on its way to the ear is played again later.
        renderer.move(toSeconds: place, strikingHeldNotes: false)
        isPaused = true
        isAtEnd = false
      case .resume where isPaused:
        try output.prepare()
        renderer.move(
          toSeconds: renderer.writtenSeconds(atFrame: renderer.position), strikingHeldNotes: true)
        isPaused = false
      case .move(let seconds):
        output.drop()
        try output.prepare()
        renderer.move(toSeconds: max(seconds, 0), strikingHeldNotes: !isPaused)
        isAtEnd = false
      case .tempo(let factor): renderer.setTempo(factor)
      case .transposition(let semitones): renderer.setTransposition(semitones)
      case .loop(let seconds):
        renderer.setLoop(seconds)
        // The last note may be dying away already.
        if seconds != nil { isAtEnd = false }
      case .metronome(let isOn): renderer.setMetronome(isOn)
      case .pause, .resume: break
      }
      return true
    }
  }
}
