import StandardMIDI

extension PerformanceRenderer {
  /// Performs a file into a sound file, which is written whole or not at all.
  ///
  /// - Parameters:
  ///   - format: what to write.
  ///   - title: the title that FLAC and Ogg files keep.
  ///   - shouldStop: asked before each block, 12 ms of sound; once it says true nothing is written.
  /// - Returns: whether the file was written; false where it was stopped.
  @discardableResult
  public static func write(
    _ file: MIDIFile, to path: String, as format: SoundFileFormat = .wav, title: String = "",
    synthesizer: Synthesizer, options: PerformanceOptions = PerformanceOptions(),
    shouldStop: () -> Bool = { false }
  ) throws(PlaybackError) -> Bool {
    var renderer = try PerformanceRenderer(file, synthesizer: synthesizer, options: options)
    let longest = Double(WAVWriter.maximumDataLength / 4 - longestTail) / Double(Synthesizer.sampleRate)
    guard renderer.duration <= longest else {
      throw .tooLong(path: path, seconds: renderer.duration)
    }
    let writer: any SoundFileWriter =
      format == .wav
      ? try WAVWriter(path: path) : try CodedSoundWriter(path: path, format: format, title: title)
    var block: [Int16] = []
    while renderer.nextBlock(into: &block) {
      if shouldStop() { return false }
      try writer.append(block)
    }
    try writer.finish()
    return true
  }
}

extension PerformanceRenderer {
  /// The bytes of a WAV file of a performance.
  ///
  /// - Parameter shouldStop: asked before each block; once it says true the sound ends there.
  public static func wav(
    _ file: MIDIFile, synthesizer: Synthesizer, options: PerformanceOptions = PerformanceOptions(),
    shouldStop: () -> Bool = { false }
  ) throws(PlaybackError) -> [UInt8] {
    var renderer = try PerformanceRenderer(file, synthesizer: synthesizer, options: options)
    var samples: [UInt8] = []
    var block: [Int16] = []
    while !shouldStop(), renderer.nextBlock(into: &block) {
      for sample in block {
        samples.append(UInt8(truncatingIfNeeded: sample))
        samples.append(UInt8(truncatingIfNeeded: sample >> 8))
      }
    }
    return WAVWriter.header(dataLength: samples.count) + samples
  }
}
