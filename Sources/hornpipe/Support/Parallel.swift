import Dispatch
import FoundationEssentials
import Synchronization

/// Work on several cores at once.
enum Parallel {
  /// The number of cores.
  static var cores: Int { max(ProcessInfo.processInfo.activeProcessorCount, 1) }

  /// The results of a number of jobs, in order; at most so many run at a time.
  static func map<Result: Sendable>(
    _ count: Int, jobs: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    guard jobs > 1, count > 1 else { return (0..<count).map(body) }
    let next = Atomic<Int>(0)
    let results = Mutex<[Result?]>(Array(repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: min(jobs, count)) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        let result = body(index)
        results.withLock { $0[index] = result }
      }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}
