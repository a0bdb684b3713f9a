/// A rendered sound before it is scaled to 16 bits.
struct Tone {
  /// Frames that follow the loop's end so that an interpolating player reads true ones (SoundFont 2.04, section 7.10).
  static let guardFrames = 8
  /// Highest absolute amplitude of a finished sample; interpolation between frames may overshoot a little.
  static let ceiling = 0.97

  var frames: [Double]
  /// Frames a second.
  var rate: Int
  /// MIDI key that the tone sounds.
  var key: Int
  var loop: Range<Int>?

  /// The sample, its loudest `window` seconds scaled to `level` decibels RMS relative to full scale, or as near as
  /// its peak allows.
  func sample(named name: String, level: Double, window: Double = 0.2) -> SoundFont.Sample {
    let target = PortableMath.amplitude(decibels: level)
    let gain = min(target / loudestRootMeanSquare(window: window), Self.ceiling / peak)
    let scaled = frames.map { Int16((32767 * gain * $0).rounded()) }
    return SoundFont.Sample(name: name, frames: scaled, rate: rate, rootKey: key, loop: loop)
  }

  private var peak: Double { frames.reduce(0) { max($0, $1.magnitude) } }

  private func loudestRootMeanSquare(window: Double) -> Double {
    let length = min(frames.count, max(1, Int(window * Double(rate))))
    var loudest = 0.0
    for start in stride(from: 0, through: frames.count - length, by: max(1, length / 2)) {
      var sum = 0.0
      for frame in frames[start..<start + length] { sum += frame * frame }
      loudest = max(loudest, sum)
    }
    return (loudest / Double(length)).squareRoot()
  }
}
