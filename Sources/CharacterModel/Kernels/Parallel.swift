import Dispatch

/// Divides work over threads. What is computed never depends on the number of threads: callers divide the
/// work into tasks by its size alone, and combine their results in the order of the tasks.
struct Parallel: Sendable {
  /// At least 1.
  let threads: Int
  private let team: ThreadTeam?

  /// One thread.
  static let none = Parallel(threads: 1)

  init(threads: Int) {
    precondition(threads >= 1)
    self.threads = threads
    team = threads > 1 ? ThreadTeam(size: threads) : nil
  }

  /// Whether even a small task is worth dividing: all threads stand by.
  var isStandingBy: Bool { team?.isReady ?? false }

  /// Does some work with many small tasks in it, for which the threads stand by.
  func standBy<Result, Failure: Error>(during work: () throws(Failure) -> Result) throws(Failure) -> Result {
    guard let team else { return try work() }
    return try team.standBy(during: work)
  }

  /// Calls `body` once for each of `0..<tasks`, in any order, at most `threads` at a time.
  func forEach(_ tasks: Int, _ body: @Sendable (Int) -> Void) {
    if threads == 1 || tasks <= 1 {
      for task in 0..<tasks { body(task) }
      return
    }
    let next = TaskCounter(limit: tasks)
    let work: @Sendable (Int) -> Void = { _ in
      while let task = next.take() { body(task) }
    }
    if let team, team.isReady {
      team.run(work)
    } else {
      DispatchQueue.concurrentPerform(iterations: min(threads, tasks), execute: work)
    }
  }

  /// Calls `body` with pieces of `range`, cut at multiples of `blockSize` from its start.
  func forEachBlock(of range: Range<Int>, blockSize: Int, _ body: @Sendable (Range<Int>) -> Void) {
    let blocks = (range.count + blockSize - 1) / blockSize
    forEach(blocks) { block in
      let start = range.lowerBound + block * blockSize
      body(start..<min(start + blockSize, range.upperBound))
    }
  }
}
