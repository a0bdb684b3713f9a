import Dispatch
import Synchronization

/// How many may come in and how much is done at a time, so that a flood of requests is refused and not answered late.
final class Doors: Sendable {
  private struct State {
    var connections = 0
    var jobs = 0
    var sounds = 0
    var port = 0
  }

  static let mostConnections = 128
  static let mostJobs = 16
  static let mostSounds = 6

  private let state = Mutex(State())
  /// As many jobs run at once as there may be without one of them waiting long for a core.
  private let turns = DispatchSemaphore(value: 4)

  /// The port of the page.
  var port: Int {
    get { state.withLock { $0.port } }
    set { state.withLock { $0.port = newValue } }
  }

  /// Whether one more connection may stay.
  func enter() -> Bool {
    state.withLock { state in
      guard state.connections < Self.mostConnections else { return false }
      state.connections += 1
      return true
    }
  }

  func leave() { state.withLock { $0.connections -= 1 } }

  /// Does a job on another thread; false where too many are waiting.
  ///
  /// - Parameter isSound: whether it lasts as long as somebody listens. Such jobs take no turn from others.
  func work(isSound: Bool, _ job: @escaping @Sendable () -> Void) -> Bool {
    let isWelcome = state.withLock { state in
      if isSound {
        guard state.sounds < Self.mostSounds else { return false }
        state.sounds += 1
      } else {
        guard state.jobs < Self.mostJobs else { return false }
        state.jobs += 1
      }
      return true
    }
    guard isWelcome else { return false }
    let queue = isSound ? DispatchQueue(label: "sound") : .global()
    queue.async { [self] in
      if !isSound { turns.wait() }
      job()
      if !isSound { turns.signal() }
      state.withLock { isSound ? ($0.sounds -= 1) : ($0.jobs -= 1) }
    }
    return true
  }
}
