import Synchronization

/// Hands out the numbers below a limit, each once, to any thread that asks.
final class TaskCounter: Sendable {
  private let next = Atomic<Int>(0)
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  func take() -> Int? {
    let task = next.wrappingAdd(1, ordering: .relaxed).oldValue
    return task < limit ? task : nil
  }
}
