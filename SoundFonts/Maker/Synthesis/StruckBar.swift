/// A struck bar or bell: a few modes at ratios of their own, each with its own decay, and the click of the mallet.
struct StruckBar {
  /// Frames a second.
  var rate: Int
  /// Frequency ratio to the strike note, amplitude, and decay beyond the slowest mode's in nepers a second.
  var modes: [(ratio: Double, amplitude: Double, decay: Double)]
  /// Seconds before the loop, and of the loop.
  var ringing: Double
  var loop: Double
  /// Level of the mallet's noise against the peak, and its centre in hertz.
  var click = (level: 0.1, centre: 2500.0)
  var seed: UInt64

  /// The tone on `key`.
  func tone(key: Int) -> Tone {
    let grid = LoopGrid(frequency: PortableMath.frequency(key: key), seconds: loop, rate: rate)
    let loopStart = Int(ringing * Double(rate))
    let count = loopStart + grid.length + Tone.guardFrames
    var noise = NoiseSource(seed: seed &+ UInt64(key))
    var filter = BandPass(centre: click.centre, quality: 0.7, rate: rate)
    let bins = modes.map { grid.bin(harmonic: $0.ratio) }
    let frames = (0..<count).map { frame in
      let seconds = Double(frame) / Double(rate)
      let clock = Envelope.time(seconds, restingAt: ringing)
      var sum = 0.0
      for (mode, bin) in zip(modes, bins) where grid.frequency(bin: bin) < grid.highestFrequency {
        sum +=
          mode.amplitude * PortableMath.exp(-mode.decay * clock) * grid.sine(bin: bin, frame: frame, phase: 0)
      }
      let hit = filter.process(noise.signed())
      guard frame < loopStart else { return sum }
      let fade = 1 - Envelope.rise(Double(frame) / Double(loopStart))
      return sum * Envelope.rise(seconds / 0.0008) + click.level * 3 * hit
        * PortableMath.exp(-seconds / 0.006) * fade
    }
    return Tone(frames: frames, rate: rate, key: key, loop: loopStart..<loopStart + grid.length)
  }
}
