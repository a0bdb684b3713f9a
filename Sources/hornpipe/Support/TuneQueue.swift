import Dispatch
import Glibc
import Synchronization
import TuneGenerator

/// Seeds that are given out one by one to whoever writes tunes, and their tunes, taken back in order.
final class TuneQueue: Sendable {
  typealias Written = Result<GeneratedTune, GenerationError>

  private struct State {
    var begun = 0
    var taken = 0
    /// Finished and not yet taken.
    var finished: [Int: Written] = [:]
    var isStopped = false
  }

  private let seeds: [UInt64]
  private let state = Mutex(State())
  private let finished = DispatchSemaphore(value: 0)

  /// How far those who write may be ahead of what is taken.
  private static let window = 4096
  private static let pauseMicroseconds: UInt32 = 10_000

  init(_ seeds: [UInt64]) { self.seeds = seeds }

  /// The next seed. Who has nothing else to do waits a moment where none may be begun yet.
  func next(isIdle: Bool) -> TuneWriter.Next {
    let next: TuneWriter.Next = state.withLock { state in
      guard state.begun < seeds.count else { return .stop }
      guard state.begun - state.taken < Self.window else { return .wait }
      defer { state.begun += 1 }
      return .begin(number: state.begun, seed: seeds[state.begun])
    }
    if case .wait = next, isIdle { usleep(Self.pauseMicroseconds) }
    return next
  }

  /// Takes back a tune.
  func put(_ number: Int, _ tune: Written) {
    state.withLock { $0.finished[number] = tune }
    finished.signal()
  }

  /// The next tune in order, if it is finished.
  func takeNext() -> (Int, Written)? {
    state.withLock { state in
      guard let tune = state.finished.removeValue(forKey: state.taken) else { return nil }
      defer { state.taken += 1 }
      return (state.taken, tune)
    }
  }

  /// Whether all have been taken.
  var isEmpty: Bool { state.withLock { $0.taken == seeds.count } }

  /// Returns when one has been finished since, or after a moment.
  func waitForOne() { _ = finished.wait(timeout: .now() + 0.1) }

  func stop() { state.withLock { $0.isStopped = true } }

  /// Whether nothing more is to be written.
  var isStopped: Bool { Interruption.isRequested || state.withLock(\.isStopped) }
}
