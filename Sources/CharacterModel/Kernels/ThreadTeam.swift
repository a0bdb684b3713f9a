import Dispatch
import Glibc
import Synchronization

/// Threads that stand by during some work and take their share of each small task at once: to wake a sleeping thread
/// takes longer than a step of a small network.
///
/// Only one thread at a time lets a team stand by, and only that thread hands out tasks.
@safe
final class ThreadTeam: @unchecked Sendable {
  /// Threads in all, the one that hands out included.
  let size: Int
  private let queues: [DispatchQueue]
  /// Counts the tasks that were handed out.
  private let tasks = Atomic<Int>(0)
  /// Helpers that stand by.
  private let ready = Atomic<Int>(0)
  /// Helpers that have done their share of the last task.
  private let finished = Atomic<Int>(0)
  private let isOver = Atomic<Bool>(false)
  /// How many times more to do without helpers, since other programs want the processors: then they keep each other
  /// waiting.
  private var timesAlone = 0
  /// The share of a helper; written before `tasks` grows, read after that was seen.
  private var share: @Sendable (Int) -> Void = { _ in }

  init(size: Int) {
    precondition(size >= 1)
    self.size = size
    // Queues of their own, which always get a thread: a busy pool must not keep a helper from starting.
    queues = (1..<size).map { DispatchQueue(label: "hornpipe.team.\($0)") }
  }

  /// Whether all helpers stand by.
  var isReady: Bool { size > 1 && ready.load(ordering: .acquiring) == size - 1 }

  /// Does some work, during which the helpers stand by. They may come late: until then `run` does without them.
  func standBy<Result, Failure: Error>(during work: () throws(Failure) -> Result) throws(Failure) -> Result {
    guard size > 1, timesAlone == 0 else {
      timesAlone = max(timesAlone - 1, 0)
      return try work()
    }
    let group = DispatchGroup()
    isOver.store(false, ordering: .relaxed)
    let start = tasks.load(ordering: .relaxed)
    for (index, queue) in queues.enumerated() {
      queue.async(group: group) { [self] in serve(as: index + 1, after: start) }
    }
    defer {
      isOver.store(true, ordering: .releasing)
      group.wait()
      ready.store(0, ordering: .relaxed)
    }
    return try work()
  }

  /// Calls `body` with 0..<size, each on a thread of its own; all helpers stand by.
  func run(_ body: @Sendable (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      share = body
      finished.store(0, ordering: .relaxed)
      tasks.add(1, ordering: .releasing)
      body(0)
      var turns = 0
      while finished.load(ordering: .acquiring) < size - 1 { Self.wait(&turns) }
      // The shares are alike, and small: a helper that takes so much longer was put aside.
      if turns > 3_000 { timesAlone = 200 }
      share = { _ in }
    }
  }

  private func serve(as index: Int, after start: Int) {
    // What was handed out before this helper was ready was done without it.
    var seen = start
    ready.add(1, ordering: .acquiringAndReleasing)
    var turns = 0
    while true {
      let current = tasks.load(ordering: .acquiring)
      if current != seen {
        seen = current
        share(index)
        finished.add(1, ordering: .releasing)
        turns = 0
      } else if isOver.load(ordering: .acquiring) {
        return
      } else {
        Self.wait(&turns)
      }
    }
  }

  /// A moment; where it lasts, others may have the processor.
  private static func wait(_ turns: inout Int) {
    turns += 1
    if turns > 2_000 { sched_yield() }
  }
}
