import Dispatch

/// Divides work over threads. What is computed never depends on the number of threads: callers divide the
/// work into tasks by its size alone, and combine their results in the order of the tasks.
struct Parallel: Sendable {
  /// At least 1.
  let threads: Int

  init(threads: Int) {
    precondition(threads >= 1)
    self.threads = threads
  }

  /// Calls `body` once for each of `0..<tasks`, in any order, at most `threads` at a time.
  func forEach(_ tasks: Int, _ body: @Sendable (Int) -> Void) {
    if threads == 1 || tasks <= 1 {
      for task in 0..<tasks { body(task) }
      return
    }
    let workers = min(threads, tasks)
    let next = TaskCounter(limit: tasks)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while let task = next.take() { body(task) }
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
