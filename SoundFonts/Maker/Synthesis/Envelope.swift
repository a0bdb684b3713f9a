/// Envelope curves over time.
enum Envelope {
  /// A smooth rise from 0 to 1 as `position` goes from 0 to 1, flat outside.
  static func rise(_ position: Double) -> Double {
    let clamped = min(max(position, 0), 1)
    return clamped * clamped * (3 - 2 * clamped)
  }

  /// Time that runs at its natural pace at first and comes smoothly to rest at `end` seconds.
  static func time(_ seconds: Double, restingAt end: Double) -> Double {
    guard seconds < end else { return end * 2 / 3 }
    // The integral of 1 - (t/end)², which has both its ends' slopes right.
    let ratio = seconds / end
    return seconds * (1 - ratio * ratio / 3)
  }
}
