import Glibc

/// Notices when a device has made no progress for too long.
struct StallWatch {
  private let limitSeconds: Int
  private var deadline: ContinuousClock.Instant

  init(limitSeconds: Int) {
    self.limitSeconds = limitSeconds
    deadline = .now + .seconds(limitSeconds)
  }

  /// Something has moved.
  mutating func restart() {
    deadline = .now + .seconds(limitSeconds)
  }

  /// Throws once nothing has moved for as long as the limit.
  func check(_ device: String) throws(PlaybackError) {
    guard ContinuousClock.now < deadline else {
      throw .deviceStalled(name: device, seconds: limitSeconds)
    }
  }

  /// Sleeps, then checks.
  func pause(milliseconds: Int32, _ device: String) throws(PlaybackError) {
    usleep(UInt32(milliseconds) * 1000)
    try check(device)
  }
}
