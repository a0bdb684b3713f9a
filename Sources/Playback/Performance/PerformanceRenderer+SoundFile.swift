import StandardMIDI
import SystemFiles

extension PerformanceRenderer {
  /// What the loudest moment of a sound file reaches at least, of full scale: -11.5 dB.
  private static let quietestPeak: Float = 0.266

  /// Performs a file into a sound file, which is written whole or not at all.
  ///
  /// Music that is soft throughout is turned up until its peak is at -11.5 dB of full scale, unless the synthesizer was
  /// given a gain: who hears a file turns the volume up, and with it the noise.
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
    func perform() throws(PlaybackError) -> (any SoundFileWriter)? {
      let writer: any SoundFileWriter =
        format == .wav
        ? try WAVWriter(path: path) : try CodedSoundWriter(path: path, format: format, title: title)
      var block: [Int16] = []
      while renderer.nextBlock(into: &block) {
        if shouldStop() { return nil }
        try writer.append(block)
      }
      return writer
    }
    var writer = try perform()
    let peak = renderer.peak
    // What a pipe has taken cannot be taken back.
    if writer != nil, peak > 0, peak < quietestPeak, !synthesizer.hasGivenGain, FileKind(path) != .special {
      renderer = try PerformanceRenderer(file, synthesizer: synthesizer, options: options)
      renderer.amplification = quietestPeak / peak
      writer = nil
      writer = try perform()
    }
    try writer?.finish()
    return writer != nil
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
