/// Notices when a device has made no progress for too long.
struct StallWatch {
  let limitSeconds: Int
  private var deadline: ContinuousClock.Instant

  init(limitSeconds: Int) {
    self.limitSeconds = limitSeconds
    deadline = .now + .seconds(limitSeconds)
  }

  /// Whether nothing has moved for as long as the limit.
  var isOver: Bool {
    ContinuousClock.now >= deadline
  }

  /// Something has moved.
  mutating func restart() {
    deadline = .now + .seconds(limitSeconds)
  }
}
