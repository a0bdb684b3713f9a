/// A second-order band-pass filter with unit gain at its centre (state variable form, trapezoidal).
struct BandPass {
  private let coefficient: Double
  private let damping: Double
  private var band = 0.0
  private var low = 0.0

  /// Centre in hertz below half of `rate`; `quality` is centre over bandwidth.
  init(centre: Double, quality: Double, rate: Int) {
    let turns = min(centre / Double(rate), 0.49) / 2
    coefficient = PortableMath.sine(turns: turns) / PortableMath.sine(turns: 0.25 - turns)
    damping = 1 / quality
  }

  mutating func process(_ input: Double) -> Double {
    let scale = 1 / (1 + coefficient * (coefficient + damping))
    let newBand = scale * (band + coefficient * (input - low))
    let newLow = low + coefficient * newBand
    band = 2 * newBand - band
    low = 2 * newLow - low
    return newBand * damping
  }
}
