import StandardMIDI

extension PerformanceRenderer {
  /// Performs a file into a WAV file, which is written whole or not at all.
  ///
  /// - Parameter shouldStop: asked before each block, 12 ms of sound; once it says true nothing is written.
  /// - Returns: whether the file was written; false where it was stopped.
  @discardableResult
  public static func writeWAV(
    _ file: MIDIFile, to path: String, synthesizer: Synthesizer,
    options: PerformanceOptions = PerformanceOptions(), shouldStop: () -> Bool = { false }
  ) throws(PlaybackError) -> Bool {
    var renderer = try PerformanceRenderer(file, synthesizer: synthesizer, options: options)
    let longest = Double(WAVWriter.maximumDataLength / 4 - longestTail) / Double(Synthesizer.sampleRate)
    guard renderer.duration <= longest else {
      throw .tooLongForWAV(path: path, seconds: renderer.duration)
    }
    let writer = try WAVWriter(path: path)
    var block: [Int16] = []
    while renderer.nextBlock(into: &block) {
      if shouldStop() { return false }
      try writer.append(block)
    }
    try writer.finish()
    return true
  }
}
