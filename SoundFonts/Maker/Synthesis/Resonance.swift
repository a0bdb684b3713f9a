/// A broad resonance of a body or a vocal tract: how much it lifts a partial at a frequency.
struct Resonance {
  /// Centre and half-width in hertz.
  let frequency: Double
  let width: Double
  /// Amplitude added at the centre, relative to 1 far away.
  let gain: Double

  /// The combined lift of several resonances over `floor`.
  static func response(_ resonances: [Resonance], at frequency: Double, floor: Double = 1) -> Double {
    var sum = floor
    for resonance in resonances {
      let distance = (frequency - resonance.frequency) / resonance.width
      sum += resonance.gain / (1 + distance * distance)
    }
    return sum
  }
}
