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

  private struct Step {
    let frame: Int
    let message: MIDIMessage
  }

  private let synthesizer: Synthesizer
  private let options: PerformanceOptions
  private var steps: [Step]
  private var releaseFrame: Int
  /// Where the music is not yet known, in frames of sound.
  private var horizon: Int
  private var nextStep = 0
  private var isReleased = false
  private var isFinished: Bool
  private var limiter = PeakLimiter()
  private var mix: [Float] = []

  /// The frames given out so far.
  public private(set) var position = 0

  /// A performance from the beginning; the synthesizer is reset and must be used by nothing else meanwhile.
  public init(
    _ file: MIDIFile, synthesizer: Synthesizer, options: PerformanceOptions = PerformanceOptions()
  ) throws(PlaybackError) {
    precondition(options.tempoFactor > 0 && options.tempoFactor.isFinite, "a tempo must be above zero")
    self.synthesizer = synthesizer
    self.options = options
    (steps, releaseFrame) = Self.steps(of: file, options)
    horizon = Int.max
    isFinished = releaseFrame == 0
    try synthesizer.reset()
  }

  /// What is to be sent and when, and where the last note ends; 0 where there is none.
  private static func steps(of file: MIDIFile, _ options: PerformanceOptions) -> ([Step], releaseFrame: Int) {
    let timeline = Timeline(options)
    var steps = options.program.map(programSteps) ?? []
    var releaseFrame = 0
    var neededSteps = 0
    var hasNotes = false
    for event in MIDISequence(file).events {
      let written = event.time.periods(ofRate: Synthesizer.sampleRate)
      guard written < timeline.end else {
        neededSteps = steps.count
        releaseFrame = timeline.frame(timeline.end)
        break
      }
      let isNote = event.message.beginsNote || event.message.endsNote
      guard event.message.isPerformed, !isNote || written >= timeline.start else { continue }
      steps.append(Step(frame: timeline.frame(written), message: options.applied(to: event.message)))
      if isNote {
        neededSteps = steps.count
        releaseFrame = timeline.frame(written)
      }
      if event.message.beginsNote { hasNotes = true }
    }
    steps.removeSubrange(neededSteps...)
    return (steps, hasNotes ? releaseFrame : 0)
  }

  /// Goes on with a longer file that begins as the one so far does.
  ///
  /// - Parameter stableSeconds: until where, in seconds of the file as written, a still longer file would be the same;
  ///   nothing beyond is performed. Nil for the whole file.
  mutating func grow(to file: MIDIFile, stableSeconds: Double?) {
    (steps, releaseFrame) = Self.steps(of: file, options)
    let timeline = Timeline(options)
    horizon = stableSeconds.map { timeline.frame(Int($0 * Double(Synthesizer.sampleRate))) } ?? Int.max
    isFinished = horizon == Int.max && releaseFrame == 0
  }

  /// Whether nothing can be performed until the file has grown.
  var isAtHorizon: Bool { position >= horizon }

  /// The seconds until the last note is released; 0 where there are no notes.
  public var duration: Double {
    Double(releaseFrame) / Double(Synthesizer.sampleRate)
  }

  private static func programSteps(_ program: UInt7) -> [Step] {
    Channel.all.filter { $0 != .percussion }
      .map { Step(frame: 0, message: .programChange(channel: $0, program: program)) }
  }

  /// Puts the next frames, left and right in turn, in place of what the array holds.
  ///
  /// - Returns: false, with an empty array, at the end.
  public mutating func nextBlock(into block: inout [Int16]) -> Bool {
    block.removeAll(keepingCapacity: true)
    guard !isFinished, !isAtHorizon else { return false }
    performDueSteps()
    let boundary =
      isReleased
      ? releaseFrame + Self.longestTail : nextStep < steps.count ? steps[nextStep].frame : releaseFrame
    let frames = min(Self.blockLength, boundary - position, horizon - position)
    if mix.count != 2 * frames { mix = [Float](repeating: 0, count: 2 * frames) }
    synthesizer.render(into: &mix)
    let peak = convertMix(into: &block)
    position += frames
    if isReleased {
      let hasDiedAway = synthesizer.activeVoiceCount == 0 && peak < Self.silence
      isFinished = hasDiedAway || position >= boundary
    }
    return true
  }

  /// Sends what is due, and at the end lets go of every key and pedal.
  private mutating func performDueSteps() {
    while nextStep < steps.count, steps[nextStep].frame <= position {
      synthesizer.send(steps[nextStep].message)
      nextStep += 1
    }
    guard !isReleased, nextStep == steps.count, position >= releaseFrame else { return }
    isReleased = true
    for channel in Channel.all {
      synthesizer.send(.controlChange(channel: channel, controller: 64, value: 0))
      synthesizer.send(.controlChange(channel: channel, controller: 123, value: 0))
    }
  }

  /// The mix in 16 bits, below full scale and faded where it must end; returns its peak.
  private mutating func convertMix(into block: inout [Int16]) -> Float {
    let end = releaseFrame + Self.longestTail
    var loudest: Float = 0
    for index in 0..<mix.count / 2 {
      let (left, right) = limiter.limit(mix[2 * index], mix[2 * index + 1])
      let fade = min(1, Float(end - position - index) / Float(Self.fadeLength))
      loudest = max(loudest, abs(left), abs(right))
      block.append(Int16((left * fade * 32767).rounded()))
      block.append(Int16((right * fade * 32767).rounded()))
    }
    return loudest
  }
}

extension PerformanceRenderer {
  /// From frames of the file as written to frames of sound.
  private struct Timeline {
    let start: Int
    let end: Int
    let tempoFactor: Double

    init(_ options: PerformanceOptions) {
      start = Self.frames(options.startSeconds)
      end = options.endSeconds.map(Self.frames) ?? Int.max
      tempoFactor = options.tempoFactor
    }

    func frame(_ written: Int) -> Int {
      let scaled = Double(max(written - start, 0)) / tempoFactor
      return Int(min(scaled.rounded(), Self.longest))
    }

    /// Beyond any performance, and exact as a `Double`.
    private static let longest = 0x1p52

    private static func frames(_ seconds: Double) -> Int {
      Int(min(max(seconds * Double(Synthesizer.sampleRate), 0), longest).rounded())
    }
  }
}

extension MIDIMessage {
  /// Whether an instrument is to be sent this.
  fileprivate var isPerformed: Bool {
    if case .meta = self { false } else { true }
  }
}
