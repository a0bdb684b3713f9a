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
    var renderer = try PerformanceRenderer(file, synthesizer: synthesizer, options: options)
    try output.prepare()
    var block: [Int16] = []
    while renderer.nextBlock(into: &block) {
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
