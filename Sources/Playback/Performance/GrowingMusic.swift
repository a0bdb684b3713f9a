import Glibc
import StandardMIDI
import Synchronization

/// Music that is being made while it is played: one thread makes it grow, another plays what there is.
public final class GrowingMusic: Sendable {
  struct Version: Sendable {
    let version: Int
    let file: MIDIFile
    /// Until where a longer version will be the same, in seconds of the file; nil where this is all.
    let stableSeconds: Double?
  }

  private struct State {
    var latest: Version?
    var isGivenUp = false
  }

  private let state = Mutex(State())

  /// Nothing yet.
  public init() {}

  /// Tells of more.
  ///
  /// - Parameters:
  ///   - file: all so far, which begins as what was told of before.
  ///   - seconds: until where it will stay as it is, in seconds of the file.
  public func grow(to file: MIDIFile, stableUntil seconds: Double) {
    tell(file, seconds)
  }

  /// Tells of the whole.
  public func complete(_ file: MIDIFile) { tell(file, nil) }

  private func tell(_ file: MIDIFile, _ seconds: Double?) {
    state.withLock { state in
      state.latest = Version(version: (state.latest?.version ?? 0) + 1, file: file, stableSeconds: seconds)
    }
  }

  /// There will be no more: it could not be made.
  public func giveUp() { state.withLock { $0.isGivenUp = true } }

  /// Waits for a later version; nil where there will be none, or once it should stop.
  func next(after version: Int, shouldStop: () -> Bool) -> Version? {
    while !shouldStop() {
      let (latest, isGivenUp) = state.withLock { ($0.latest, $0.isGivenUp) }
      if let latest, latest.version > version { return latest }
      if isGivenUp { return nil }
      usleep(1000)
    }
    return nil
  }
}
