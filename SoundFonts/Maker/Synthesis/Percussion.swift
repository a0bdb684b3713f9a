/// A drum, block or cymbal: modes whose pitch may fall after the stroke, and bands of noise; it plays once.
struct Percussion {
  /// A mode: start and end frequency in hertz, amplitude, and seconds to fall by 60 dB.
  struct Mode {
    var frequency: Double
    var fallsTo: Double?
    var amplitude: Double
    var decay: Double
  }

  /// A band of noise: centre in hertz, quality, amplitude, seconds to fall by 60 dB, and to rise.
  struct Noise {
    var centre: Double
    var quality: Double
    var amplitude: Double
    var decay: Double
    var rise = 0.0005
  }

  var modes: [Mode] = []
  var noises: [Noise] = []
  /// Seconds that the pitch takes to fall by most of its way.
  var glide = 0.03
  /// Length in seconds; the last tenth fades to silence.
  var length: Double
  /// Frames a second.
  var rate = 24_000
  var seed: UInt64

  /// The sound, recorded at `key`.
  func tone(key: Int) -> Tone {
    let count = Int(length * Double(rate))
    var frames = Array(repeating: 0.0, count: count)
    for mode in modes { add(mode, to: &frames) }
    var source = NoiseSource(seed: seed)
    for noise in noises { add(noise, to: &frames, source: &source) }
    for frame in 0..<count {
      let position = Double(frame) / Double(count)
      frames[frame] *= 1 - Envelope.rise((position - 0.9) * 10)
    }
    return Tone(frames: frames, rate: rate, key: key, loop: nil)
  }

  private func add(_ mode: Mode, to frames: inout [Double]) {
    var turns = 0.0
    for frame in frames.indices {
      let time = Double(frame) / Double(rate)
      let target = mode.fallsTo ?? mode.frequency
      let frequency = target + (mode.frequency - target) * PortableMath.exp(-time / glide)
      let level =
        mode.amplitude * PortableMath.exp(-6.9078 * time / mode.decay) * Envelope.rise(time / 0.0008)
      frames[frame] += level * PortableMath.sine(turns: turns)
      turns += frequency / Double(rate)
    }
  }

  private func add(_ noise: Noise, to frames: inout [Double], source: inout NoiseSource) {
    // Twice through the band: the skirts of a single filter leave too much hiss.
    var first = BandPass(centre: noise.centre, quality: noise.quality, rate: rate)
    var second = first
    for frame in frames.indices {
      let time = Double(frame) / Double(rate)
      let level =
        noise.amplitude * PortableMath.exp(-6.9078 * time / noise.decay) * Envelope.rise(time / noise.rise)
      frames[frame] += level * 3 * second.process(first.process(source.signed()))
    }
  }
}
