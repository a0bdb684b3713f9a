import Glibc
import Synchronization

/// Ctrl-C: the first asks the work to stop and leave things whole, the second ends the program at once.
enum Interruption {
  private static let isAsked = Atomic<Bool>(false)

  /// Starts to listen. Without it Ctrl-C ends the program at once.
  static func listen() {
    // A handler must not be the first to touch a global, which would allocate it.
    _ = isAsked.load(ordering: .relaxed)
    signal(SIGINT) { _ in
      if Interruption.isAsked.exchange(true, ordering: .relaxed) { _exit(130) }
    }
    signal(SIGTERM) { _ in
      if Interruption.isAsked.exchange(true, ordering: .relaxed) { _exit(143) }
    }
  }

  /// Whether the work should stop.
  static var isRequested: Bool { isAsked.load(ordering: .relaxed) }
}
