import Synchronization

/// The loss of each tune, filled in by any thread.
final class TuneLosses: Sendable {
  private let storage: Mutex<[Double]>

  init(count: Int) { storage = Mutex([Double](repeating: 0, count: count)) }

  func set(_ value: Double, at index: Int) { storage.withLock { $0[index] = value } }

  var values: [Double] { storage.withLock { $0 } }
}
