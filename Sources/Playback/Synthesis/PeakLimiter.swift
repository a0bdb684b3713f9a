/// Keeps sound below full scale without a sharp edge: where it would pass the ceiling it is turned down at
/// once, left and right alike, and comes back slowly. What never reaches the ceiling passes unchanged.
struct PeakLimiter {
  /// -1 dB of full scale.
  static let ceiling: Float = 0.891
  /// The part of the way back to full gain made in a frame: nine tenths of it in half a second.
  private static let recovery: Float = 1.044e-4

  private var gain: Float = 1

  /// The frame, turned down where it must be.
  mutating func limit(_ left: Float, _ right: Float) -> (left: Float, right: Float) {
    gain += (1 - gain) * Self.recovery
    let peak = max(abs(left), abs(right))
    if peak * gain > Self.ceiling { gain = Self.ceiling / peak }
    return (left * gain, right * gain)
  }
}
