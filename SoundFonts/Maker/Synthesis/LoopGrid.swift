/// The frequencies that repeat exactly after a loop of whole frames and whole cycles.
///
/// A partial with an integer number of cycles a loop ("bin") is read from one table of a sine's period by integer
/// arithmetic, so the loop's seam is exact to the bit and nothing drifts.
struct LoopGrid {
  /// Frames of the loop.
  let length: Int
  /// Cycles of the fundamental in the loop.
  let cycles: Int
  /// Frames a second.
  let rate: Int
  private let sines: [Double]

  /// The loop near `seconds` long whose pitch is nearest to `frequency` (hertz).
  init(frequency: Double, seconds: Double, rate: Int) {
    let nominal = max(1, Int((frequency * seconds).rounded()))
    var best = (error: Double.infinity, length: 1, cycles: 1)
    for cycles in max(1, nominal * 7 / 8)...(nominal * 9 / 8 + 1) {
      let exact = Double(cycles) * Double(rate) / frequency
      let error = (exact.rounded() / exact - 1).magnitude
      if error < best.error { best = (error, Int(exact.rounded()), cycles) }
    }
    let length = best.length
    self.length = length
    cycles = best.cycles
    self.rate = rate
    sines = (0..<length).map { PortableMath.sine(turns: Double($0) / Double(length)) }
  }

  /// The lowest rate of a few, up to `limit`, that keeps partials of up to `highest` hertz clear of the alias band.
  static func rate(reaching highest: Double, limit: Int) -> Int {
    [16_000, 20_000, 24_000].first { $0 < limit && 0.4 * Double($0) > highest } ?? limit
  }

  /// The frequency in hertz of a bin.
  func frequency(bin: Int) -> Double { Double(bin) * Double(rate) / Double(length) }

  /// The bin nearest to `harmonic` times the fundamental; whole harmonics are exact.
  func bin(harmonic: Double) -> Int { Int((harmonic * Double(cycles)).rounded()) }

  /// The highest frequency a partial may have, clear of the alias band.
  var highestFrequency: Double { 0.46 * Double(rate) }

  /// The sine of a partial with `bin` cycles a loop at `frame`, `phase` in frames of its table.
  func sine(bin: Int, frame: Int, phase: Int) -> Double { sines[(bin * frame + phase) % length] }

  /// A phase drawn at random.
  func randomPhase(_ noise: inout NoiseSource) -> Int { Int(noise.next() % UInt64(length)) }

  /// Filtered noise that repeats every loop: the filter runs round the ring until its start no longer matters.
  func noise(centre: Double, quality: Double, source: inout NoiseSource) -> [Double] {
    let white = (0..<length).map { _ in source.signed() }
    var filter = BandPass(centre: centre, quality: quality, rate: rate)
    for _ in 0..<3 { for frame in white { _ = filter.process(frame) } }
    return white.map { filter.process($0) }
  }
}
