import Glibc
import Synchronization

/// The standard error stream of the process.
enum StandardError {
  /// There is one stream, and synthesizers may begin on several threads.
  private static let turn = Mutex(())

  /// Runs `body` while nothing reaches the stream: a library that FluidSynth hands damaged files to prints there.
  static func silenced(_ body: () -> Int32) -> Int32 {
    turn.withLock { _ in silencedAlone(body) }
  }

  private static func silencedAlone(_ body: () -> Int32) -> Int32 {
    let kept = dup(STDERR_FILENO)
    let nowhere = unsafe open("/dev/null", O_WRONLY | O_CLOEXEC)
    guard kept >= 0, nowhere >= 0, dup2(nowhere, STDERR_FILENO) >= 0 else {
      if kept >= 0 { close(kept) }
      if nowhere >= 0 { close(nowhere) }
      return body()
    }
    defer {
      dup2(kept, STDERR_FILENO)
      close(kept)
      close(nowhere)
    }
    return body()
  }
}
