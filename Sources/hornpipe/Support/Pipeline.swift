import Dispatch
import FoundationEssentials
import Synchronization

/// Work that several threads do at once, given out and taken back in order by one.
///
/// Nobody waits for a whole batch: while the thread that owns the pipeline does something else, such as writing what
/// it took, others go on with what it has added; when it wants what is not done yet, it helps.
final class Pipeline<Input: Sendable, Output: Sendable>: Sendable {
  private struct State {
    /// Not yet begun, oldest first.
    var waiting: [(number: Int, input: Input)] = []
    /// Done and not yet taken.
    var done: [Int: Output] = [:]
    /// The number of the next one to be added, and of the next one to be taken.
    var added = 0
    var taken = 0
    var isOver = false
  }

  private let state = Mutex(State())
  private let body: @Sendable (Input) -> Output
  private let helpers: Int
  /// One for each that waits, and one for each helper when it is over.
  private let available = DispatchSemaphore(value: 0)
  /// One for each that a helper has done.
  private let finished = DispatchSemaphore(value: 0)
  private let group = DispatchGroup()

  /// - Parameters:
  ///   - jobs: how many threads work, this one included; nil for one on each core.
  ///   - body: what is done to each.
  init(jobs: Int?, _ body: @escaping @Sendable (Input) -> Output) {
    self.body = body
    helpers = max(jobs ?? ProcessInfo.processInfo.activeProcessorCount, 1) - 1
  }

  /// Whether so much is under way that something should be taken before more is added.
  var isFull: Bool { state.withLock { $0.added - $0.taken > 8 * helpers } }

  /// Adds something to be done.
  func add(_ input: Input) {
    let number = state.withLock { state in
      state.waiting.append((state.added, input))
      state.added += 1
      return state.added
    }
    guard helpers > 0 else { return }
    available.signal()
    if number <= helpers { DispatchQueue.global().async(group: group) { [self] in help() } }
  }

  /// What has become of the oldest that was added and not taken; nil if there is none.
  func next() -> Output? {
    while true {
      let (output, isEmpty) = state.withLock { state -> (Output?, Bool) in
        guard let output = state.done.removeValue(forKey: state.taken) else {
          return (nil, state.added == state.taken)
        }
        state.taken += 1
        return (output, false)
      }
      if let output { return output }
      if isEmpty { return nil }
      if helpers == 0 || available.wait(timeout: .now()) == .success {
        work()
      } else {
        finished.wait()
      }
    }
  }

  /// Drops what has not begun, and returns when no other thread works any more.
  func stop() {
    state.withLock { state in
      state.waiting = []
      state.isOver = true
    }
    for _ in 0..<helpers { available.signal() }
    group.wait()
  }

  private func help() {
    while !state.withLock(\.isOver) {
      available.wait()
      work()
      finished.signal()
    }
  }

  /// Does the oldest that waits, if one does.
  private func work() {
    let first = state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
    guard let (number, input) = first else { return }
    let output = body(input)
    state.withLock { $0.done[number] = output }
  }
}
