import Glibc
import Synchronization

/// Ctrl-C: the first asks the work to stop and leave things whole, the second ends the program at once.
enum Interruption {
  private static let isAsked = Atomic<Bool>(false)
  private static let hasGoneOn = Atomic<Bool>(false)
  /// A terminal whose settings were changed, and what they were: it must not be left so.
  nonisolated(unsafe) private static var terminal: (descriptor: Int32, settings: termios)?

  /// Starts to listen. Without it Ctrl-C ends the program at once.
  static func listen() {
    // A handler must not be the first to touch a global, which would allocate it.
    _ = isAsked.load(ordering: .relaxed)
    _ = hasGoneOn.load(ordering: .relaxed)
    unsafe terminal = terminal
    signal(SIGINT) { _ in
      if Interruption.isAsked.exchange(true, ordering: .relaxed) { Interruption.leave(130) }
    }
    signal(SIGTERM) { _ in
      if Interruption.isAsked.exchange(true, ordering: .relaxed) { Interruption.leave(143) }
    }
  }

  /// Ends the program at once, from within a handler: only calls that are safe there.
  private static func leave(_ status: Int32) {
    restoreTerminal()
    _exit(status)
  }

  private static func restoreTerminal() {
    guard let (descriptor, settings) = unsafe terminal else { return }
    var saved = settings
    unsafe tcsetattr(descriptor, TCSANOW, &saved)
    // The cursor, which the player's screen hides.
    var show: (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8) = (0x1B, 0x5B, 0x3F, 0x32, 0x35, 0x68)
    _ = unsafe write(descriptor, &show, 6)
  }

  /// Remembers what a terminal was like before it was changed; nil when that is over.
  static func keepTerminal(_ descriptor: Int32, _ settings: termios?) {
    unsafe terminal = settings.map { (descriptor, $0) }
    signal(SIGHUP) { _ in Interruption.leave(129) }
    signal(SIGCONT) { _ in Interruption.hasGoneOn.store(true, ordering: .relaxed) }
  }

  /// Whether the program was stopped and goes on, since last asked.
  static func takeGoingOn() -> Bool { hasGoneOn.exchange(false, ordering: .relaxed) }

  /// Whether the work should stop.
  static var isRequested: Bool { isAsked.load(ordering: .relaxed) }
}
