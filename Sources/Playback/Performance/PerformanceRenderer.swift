import StandardMIDI

/// A file performed by a synthesizer, block by block: the one source of sound for WAV files and devices.
///
/// The same file, SoundFont and options give the same samples. The sound ends when the last note has died
/// away, at most two seconds after it was released; rests at the end of the file are left out.
public struct PerformanceRenderer {
  /// The most frames in a block, under 12 ms.
  public static let blockLength = 512
  /// The longest time from the release of the last note to the end, in frames.
  static let longestTail = 2 * Synthesizer.sampleRate
  /// How long the sound fades where it has not died away by then, in frames.
  private static let fadeLength = Synthesizer.sampleRate / 20
  /// Below this, four units of sixteen bits, a sound has died away.
  private static let silence: Float = 4 / 32768

  private let synthesizer: Synthesizer
  private var script: PerformanceScript
  /// From where on the music is not yet known.
  private var horizonPlace: Int?
  private var isReleased = false
  /// Where the sound ends at the latest, once the last note has been let go of.
  private var end = Int.max
  private var isFinished: Bool
  private var limiter = PeakLimiter()
  /// How many times as loud as the synthesizer makes it.
  var amplification: Float = 1
  /// The highest level so far, of full scale.
  private(set) var peak: Float = 0
  private var mix: [Float] = []

  /// The frames given out so far.
  public private(set) var position = 0

  /// A performance from the beginning; the synthesizer is reset and must be used by nothing else meanwhile.
  public init(
    _ file: MIDIFile, synthesizer: Synthesizer, options: PerformanceOptions = PerformanceOptions()
  ) throws(PlaybackError) {
    self.synthesizer = synthesizer
    script = PerformanceScript(file, options: options)
    isFinished = script.isEmpty
    try synthesizer.reset()
  }

  /// Goes on with a longer file that begins as the one so far does.
  ///
  /// - Parameter stableSeconds: until where, in seconds of the file as written, a still longer file would be the same;
  ///   nothing beyond is performed. Nil for the whole file.
  mutating func grow(to file: MIDIFile, stableSeconds: Double?) {
    script.grow(to: file)
    horizonPlace = stableSeconds.map(PerformanceScript.place)
    isFinished = horizonPlace == nil && script.isEmpty
  }

  private var horizon: Int { horizonPlace.map(script.frame(of:)) ?? Int.max }

  /// Whether nothing can be performed until the file has grown.
  var isAtHorizon: Bool { position >= horizon }

  /// The seconds of sound until the last note is let go of, as the tempo is now; 0 where there are no notes.
  public var duration: Double {
    Double(script.endFrame) / Double(Synthesizer.sampleRate)
  }

  /// The place in the file as written, in seconds, that is heard with a frame; below 0 while it is counted in.
  func writtenSeconds(atFrame frame: Int) -> Double {
    Double(script.place(at: frame)) / Double(Synthesizer.sampleRate)
  }

  /// Goes on from another place, in seconds of the file as written.
  ///
  /// - Parameter strikingHeldNotes: whether notes that would sound there by now are struck, late.
  mutating func move(toSeconds seconds: Double, strikingHeldNotes: Bool) {
    let place = PerformanceScript.place(seconds)
    send(script.move(to: place, at: position, strikingHeldNotes: strikingHeldNotes))
    isReleased = false
    isFinished = false
  }

  /// Lets go of every key; what sounds dies away.
  mutating func releaseKeys() { send(script.releaseAll()) }

  /// Another tempo from here on, above 0.
  mutating func setTempo(_ factor: Double) { script.setTempo(factor, at: position) }

  /// Another key for the notes that come.
  mutating func setTransposition(_ semitones: Int) { script.setTransposition(semitones) }

  /// Whether the metronome is heard from here on.
  mutating func setMetronome(_ isOn: Bool) { script.setMetronome(isOn) }

  /// What is played again and again, in seconds of the file as written.
  mutating func setLoop(_ seconds: Range<Double>?) {
    script.setLoop(seconds)
    if seconds != nil { (isReleased, isFinished) = (false, script.isEmpty) }
  }

  private func send(_ messages: [MIDIMessage]) {
    for message in messages { synthesizer.send(message) }
  }

  /// Puts the next frames, left and right in turn, in place of what the array holds.
  ///
  /// - Returns: false, with an empty array, at the end.
  public mutating func nextBlock(into block: inout [Int16]) -> Bool {
    block.removeAll(keepingCapacity: true)
    guard !isFinished, !isAtHorizon else { return false }
    send(script.takeDue(at: position))
    releaseAtTheEnd()
    let boundary = isReleased ? end : script.nextFrame(after: position) ?? Int.max
    let frames = min(Self.blockLength, boundary - position, horizon - position)
    if mix.count != 2 * frames { mix = [Float](repeating: 0, count: 2 * frames) }
    synthesizer.render(into: &mix)
    let loudest = convertMix(into: &block)
    peak = max(peak, loudest)
    position += frames
    if isReleased {
      let hasDiedAway = synthesizer.activeVoiceCount == 0 && loudest < Self.silence * amplification
      isFinished = hasDiedAway || position >= end
    }
    return true
  }

  /// At the end lets go of every key and pedal.
  private mutating func releaseAtTheEnd() {
    guard !isReleased, script.isOver(at: position) else { return }
    isReleased = true
    end = position + Self.longestTail
    for channel in Channel.all {
      synthesizer.send(.controlChange(channel: channel, controller: 64, value: 0))
      synthesizer.send(.controlChange(channel: channel, controller: 123, value: 0))
    }
  }

  /// The mix in 16 bits, below full scale and faded where it must end; returns its peak.
  private mutating func convertMix(into block: inout [Int16]) -> Float {
    var loudest: Float = 0
    for index in 0..<mix.count / 2 {
      let (left, right) = limiter.limit(mix[2 * index] * amplification, mix[2 * index + 1] * amplification)
      let fade = isReleased ? min(1, Float(end - position - index) / Float(Self.fadeLength)) : 1
      loudest = max(loudest, abs(left), abs(right))
      block.append(Int16((left * fade * 32767).rounded()))
      block.append(Int16((right * fade * 32767).rounded()))
    }
    return loudest
  }
}
