/// A plucked or struck string as a sum of decaying modes.
///
/// The sample holds only how the modes decay relative to the slowest one; the common decay is the volume envelope's
/// work, so the sample ends in a steady loop and a note may ring for as long as its string would.
struct PluckedString {
  /// Highest number of frames a second; low strings, whose modes end earlier, are recorded with fewer.
  var highestRate: Int
  /// Where the string is excited, as a fraction of its length: modes with a node there stay silent.
  var position: Double
  /// Mode k starts with an amplitude of 1/k^rolloff.
  var rolloff: Double
  /// Frequency in hertz above which the plectrum or hammer is too soft to excite modes, at middle C; it follows half
  /// the key.
  var softness: Double
  /// Stretching of the modes, f(k) = k·f·√(1 + B·k²), at middle C; it doubles every octave.
  var inharmonicity = 0.0
  /// Decay of mode k beyond the fundamental's, in nepers a second at `dampingFrequency`, growing with frequency.
  var damping: Double
  var dampingFrequency = 2000.0
  /// Rise at the start, in seconds.
  var attack = 0.001
  /// Seconds before the loop, and of the loop, at middle C; they shrink by a third an octave.
  var ringing: Double
  var loop = 0.16
  var body: [Resonance] = []
  /// The noise of the finger, plectrum or hammer: level against the string, centre in hertz, decay in seconds.
  var touch = (level: 0.0, centre: 1000.0, decay: 0.02)
  var seed: UInt64

  /// The tone of the string tuned to `key`.
  func tone(key: Int) -> Tone {
    let octave = Double(key - 60) / 12
    let shrink = PortableMath.exp2(-0.55 * max(octave, -0.6))
    let frequency = PortableMath.frequency(key: key)
    let rate = LoopGrid.rate(reaching: brightest(octave: octave) * 2.5, limit: highestRate)
    let grid = LoopGrid(frequency: frequency, seconds: loop * shrink, rate: rate)
    let loopStart = Int(ringing * shrink * Double(rate))
    let count = loopStart + grid.length + Tone.guardFrames
    var noise = NoiseSource(seed: seed &+ UInt64(key))
    let clock = (0..<count).map {
      Envelope.time(Double($0) / Double(rate), restingAt: Double(loopStart) / Double(rate))
    }
    var frames = Array(repeating: 0.0, count: count)
    let stiffness = inharmonicity * PortableMath.exp2(octave)
    let brightest = brightest(octave: octave)
    for mode in 1... {
      let number = Double(mode)
      let bin = grid.bin(harmonic: number * (1 + stiffness * number * number).squareRoot())
      let pitch = grid.frequency(bin: bin)
      guard pitch < grid.highestFrequency else { break }
      let amplitude = self.amplitude(mode: number, pitch: pitch, brightest: brightest)
      guard amplitude > 1e-5 else { continue }
      let ratio = pitch / dampingFrequency
      let base = frequency / dampingFrequency
      let decay = damping * (ratio * ratio.squareRoot() - base * base.squareRoot())
      let phase = grid.randomPhase(&noise)
      for frame in 0..<count {
        let fall = PortableMath.exp(-decay * clock[frame])
        frames[frame] += amplitude * fall * grid.sine(bin: bin, frame: frame, phase: phase)
      }
    }
    addTouch(to: &frames, before: loopStart, rate: rate, noise: &noise)
    let rise = max(1, Int(attack * Double(rate)))
    for frame in 0..<min(rise, count) { frames[frame] *= Envelope.rise(Double(frame) / Double(rise)) }
    return Tone(frames: frames, rate: rate, key: key, loop: loopStart..<loopStart + grid.length)
  }

  private func brightest(octave: Double) -> Double { softness * PortableMath.exp2(octave / 2) }

  private func amplitude(mode: Double, pitch: Double, brightest: Double) -> Double {
    let excitation = PortableMath.sine(turns: mode * position / 2).magnitude
    let ratio = pitch / brightest
    return excitation * PortableMath.power(mode, -rolloff) / (1 + ratio * ratio * ratio * ratio)
      * Resonance.response(body, at: pitch)
  }

  private func addTouch(to frames: inout [Double], before end: Int, rate: Int, noise: inout NoiseSource) {
    guard touch.level > 0 else { return }
    let peak = frames.reduce(0) { max($0, $1.magnitude) }
    var filter = BandPass(centre: touch.centre, quality: 0.8, rate: rate)
    for frame in 0..<end {
      let time = Double(frame) / Double(rate)
      let fall = PortableMath.exp(-time / touch.decay) * (1 - Envelope.rise(Double(frame) / Double(end)))
      frames[frame] += peak * touch.level * fall * 2 * filter.process(noise.signed())
    }
  }
}
