import Dispatch
import FoundationEssentials
import Synchronization

/// Work on several cores at once.
enum Parallel {
  /// The number of cores.
  static var cores: Int { max(ProcessInfo.processInfo.activeProcessorCount, 1) }

  /// The results of a number of jobs, in order; at most so many run at a time.
  ///
  /// - Parameter meanwhile: what this thread does first, while others begin with the jobs.
  static func map<Result: Sendable>(
    _ count: Int, jobs: Int, while meanwhile: () throws -> Void,
    _ body: @escaping @Sendable (Int) -> Result
  ) rethrows -> [Result] {
    guard jobs > 1, count > 0 else {
      try meanwhile()
      return (0..<count).map(body)
    }
    let work = Work(count, body)
    let group = DispatchGroup()
    for _ in 1..<min(jobs, count + 1) { DispatchQueue.global().async(group: group) { work.run() } }
    defer { group.wait() }
    try meanwhile()
    work.run()
    group.wait()
    return work.results
  }

  /// The results of a number of jobs, in order; at most so many run at a time.
  static func map<Result: Sendable>(
    _ count: Int, jobs: Int, _ body: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    map(count, jobs: jobs, while: {}, body)
  }

  /// Jobs that threads take one by one.
  private final class Work<Result: Sendable>: Sendable {
    private let next = Atomic<Int>(0)
    private let found: Mutex<[Result?]>
    private let body: @Sendable (Int) -> Result
    private let count: Int

    init(_ count: Int, _ body: @escaping @Sendable (Int) -> Result) {
      self.count = count
      self.body = body
      found = Mutex(Array(repeating: nil, count: count))
    }

    var results: [Result] { found.withLock { $0.compactMap { $0 } } }

    /// Does jobs until none is left.
    func run() {
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        let result = body(index)
        found.withLock { $0[index] = result }
      }
    }
  }
}
