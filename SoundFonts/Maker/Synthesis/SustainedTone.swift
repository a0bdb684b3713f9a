/// A tone held by breath, bow or bellows: harmonics that speak one after the other, with noise around them, then a
/// loop in which their strengths waver.
struct SustainedTone {
  /// Frames a second.
  var rate: Int
  /// Amplitude of harmonic `number` at `pitch` hertz, of a tone on the given fundamental in hertz.
  var amplitude: (_ number: Int, _ pitch: Double, _ fundamental: Double) -> Double
  /// Seconds until the fundamental has spoken, and how much longer harmonics take for every thousand hertz.
  var attack: Double
  var lag = 0.0
  /// Seconds of the loop at middle C; it shrinks by a quarter an octave.
  var loop: Double
  /// Strength of the random wavering of each harmonic, relative to it.
  var waver = 0.0
  /// Noise that lasts: level relative to the tone's RMS, centre in hertz, quality; several bands may sound.
  var breath: [(level: Double, centre: Double, quality: Double)] = []
  /// Noise of the attack only: level relative to the tone's RMS, centre in hertz, quality, decay in seconds.
  var chiff = (level: 0.0, centre: 2000.0, quality: 1.0, decay: 0.03)
  var seed: UInt64

  /// The tone on `key`.
  func tone(key: Int) -> Tone {
    let frequency = PortableMath.frequency(key: key)
    let shrink = PortableMath.exp2(-0.4 * max(Double(key - 60) / 12, -0.5))
    let grid = LoopGrid(frequency: frequency, seconds: loop * shrink, rate: rate)
    var noise = NoiseSource(seed: seed &+ UInt64(key))
    let slowest = attack + lag * 8
    let loopStart = Int((slowest + chiff.decay * (chiff.level > 0 ? 4 : 0)) * Double(rate))
    let count = loopStart + grid.length + Tone.guardFrames
    var frames = Array(repeating: 0.0, count: count)
    for number in 1... {
      let bin = grid.bin(harmonic: Double(number))
      let pitch = grid.frequency(bin: bin)
      guard pitch < grid.highestFrequency else { break }
      let amplitude = self.amplitude(number, pitch, frequency)
      guard amplitude > 1e-5 else { continue }
      add(ring(bin: bin, amplitude: amplitude, grid: grid, noise: &noise), to: &frames) { time in
        Envelope.rise(time / min(attack + lag * pitch / 1000, slowest))
      }
    }
    let level = rootMeanSquare(of: frames.suffix(grid.length))
    for band in breath {
      let ring = grid.noise(centre: band.centre, quality: band.quality, source: &noise)
      let scale = band.level * level / rootMeanSquare(of: ring[...])
      add(ring.map { $0 * scale }, to: &frames) { time in Envelope.rise(time / (attack / 2)) }
    }
    addChiff(to: &frames, before: loopStart, level: level, noise: &noise)
    return Tone(frames: frames, rate: rate, key: key, loop: loopStart..<loopStart + grid.length)
  }

  /// One loop of a harmonic with weak partials a few bins to either side, which make it waver.
  private func ring(bin: Int, amplitude: Double, grid: LoopGrid, noise: inout NoiseSource) -> [Double] {
    let phase = grid.randomPhase(&noise)
    var ring = (0..<grid.length).map { amplitude * grid.sine(bin: bin, frame: $0, phase: phase) }
    guard waver > 0 else { return ring }
    for distance in 1...3 {
      for side in [bin - distance, bin + distance] where side > 0 {
        let strength = amplitude * waver * noise.unit() / Double(distance)
        let phase = grid.randomPhase(&noise)
        for frame in 0..<grid.length {
          ring[frame] += strength * grid.sine(bin: side, frame: frame, phase: phase)
        }
      }
    }
    return ring
  }

  private func add(_ ring: [Double], to frames: inout [Double], envelope: (Double) -> Double) {
    for frame in frames.indices {
      frames[frame] += ring[frame % ring.count] * envelope(Double(frame) / Double(rate))
    }
  }

  private func addChiff(to frames: inout [Double], before end: Int, level: Double, noise: inout NoiseSource) {
    guard chiff.level > 0 else { return }
    var filter = BandPass(centre: chiff.centre, quality: chiff.quality, rate: rate)
    let burst = (0..<end).map { _ in filter.process(noise.signed()) }
    let scale = chiff.level * level / rootMeanSquare(of: burst[...])
    for frame in 0..<end {
      let time = Double(frame) / Double(rate)
      let shape =
        Envelope.rise(time / 0.004) * PortableMath.exp(-time / chiff.decay)
        * (1 - Envelope.rise(Double(frame) / Double(end)))
      frames[frame] += burst[frame] * scale * shape
    }
  }

  private func rootMeanSquare(of frames: ArraySlice<Double>) -> Double {
    (frames.reduce(0) { $0 + $1 * $1 } / Double(frames.count)).squareRoot()
  }
}
