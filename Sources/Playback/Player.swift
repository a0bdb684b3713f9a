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
  ///   - progress: told, about every 12 ms of sound, how many seconds have been heard and how many there
  ///     are until the last note ends; both count sound, whatever the tempo.
  /// - Returns: whether all was heard; false where it was stopped.
  /// - Throws: what happened to the device.
  @discardableResult
  public func play(
    _ file: MIDIFile, options: PerformanceOptions = PerformanceOptions(),
    shouldStop: () -> Bool = { false }, progress: (_ seconds: Double, _ total: Double) -> Void = { _, _ in }
  ) throws(PlaybackError) -> Bool {
    let music = GrowingMusic()
    music.complete(file)
    return try play(music, options: options, shouldStop: shouldStop, progress: progress)
  }

  /// Plays music from the beginning while the rest of it is still being made.
  ///
  /// - Parameters: as those of `play` for a file; the seconds in all are those that are known so far.
  /// - Returns: whether all was heard; false where it was stopped, or where there was nothing to hear.
  @discardableResult
  public func play(
    _ music: GrowingMusic, options: PerformanceOptions = PerformanceOptions(),
    shouldStop: () -> Bool = { false }, progress: (_ seconds: Double, _ total: Double) -> Void = { _, _ in }
  ) throws(PlaybackError) -> Bool {
    guard let first = music.next(after: 0, shouldStop: shouldStop) else { return false }
    var version = first.version
    var renderer = try PerformanceRenderer(first.file, synthesizer: synthesizer, options: options)
    renderer.grow(to: first.file, stableSeconds: first.stableSeconds)
    try output.prepare()
    var block: [Int16] = []
    while true {
      guard renderer.nextBlock(into: &block) else {
        guard renderer.isAtHorizon else { break }
        guard let more = music.next(after: version, shouldStop: shouldStop) else {
          output.drop()
          return false
        }
        version = more.version
        renderer.grow(to: more.file, stableSeconds: more.stableSeconds)
        continue
      }
      guard try output.write(block, shouldStop: shouldStop) else {
        output.drop()
        return false
      }
      let heard = Double(max(0, renderer.position - output.delay)) / Double(Synthesizer.sampleRate)
      progress(min(heard, renderer.duration), renderer.duration)
    }
    let isWhole = try output.finish(shouldStop: shouldStop)
    if isWhole { progress(renderer.duration, renderer.duration) }
    return isWhole
  }
}
