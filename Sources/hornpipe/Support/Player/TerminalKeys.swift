import Glibc

/// The keys that a person presses at the terminal, one by one and without an echo, until this is let go of.
///
/// Read from the terminal itself, so that a tune may come through standard input.
final class TerminalKeys {
  enum Key: Equatable {
    case character(Character)
    case left, right, up, down
  }

  private let descriptor: Int32
  private var saved = termios()
  private var bytes: [UInt8] = []

  /// Nil where there is no terminal, or where this program is not in its foreground.
  init?() {
    descriptor = unsafe open("/dev/tty", O_RDWR | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    guard tcgetpgrp(descriptor) == getpgrp(), unsafe tcgetattr(descriptor, &saved) == 0 else {
      close(descriptor)
      return nil
    }
    Interruption.keepTerminal(descriptor, saved)
    listen()
  }

  /// Takes the keys, at the start and after the program was stopped and goes on.
  private func listen() {
    var settings = saved
    settings.c_lflag &= ~tcflag_t(ICANON | ECHO)
    unsafe tcsetattr(descriptor, TCSANOW, &settings)
  }

  deinit {
    Interruption.keepTerminal(descriptor, nil)
    unsafe tcsetattr(descriptor, TCSANOW, &saved)
    close(descriptor)
  }

  /// The next key that was pressed; nil where there is none. Does not wait.
  func next() -> Key? {
    if Interruption.takeGoingOn() { listen() }
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
    if count > 0 { bytes += buffer[..<count] }
    return Self.take(&bytes)
  }

  /// Takes a key from the bytes that a terminal sends: a character, or an arrow as ECMA-48 and VT100 have it.
  static func take(_ bytes: inout [UInt8]) -> Key? {
    while let first = bytes.first {
      guard first == 0x1B else {
        bytes.removeFirst()
        // Bytes of longer characters mean nothing here.
        if first < 0x80 { return .character(Character(Unicode.Scalar(first))) }
        continue
      }
      guard bytes.count >= 3, bytes[1] == UInt8(ascii: "[") || bytes[1] == UInt8(ascii: "O") else {
        bytes.removeFirst()
        continue
      }
      // A sequence ends with a byte from @ on; what stands between says which keys were held.
      let end = bytes[2...].firstIndex { (0x40...0x7E).contains($0) } ?? bytes.count - 1
      let final = bytes[end]
      bytes.removeFirst(end + 1)
      switch final {
      case UInt8(ascii: "A"): return .up
      case UInt8(ascii: "B"): return .down
      case UInt8(ascii: "C"): return .right
      case UInt8(ascii: "D"): return .left
      default: continue
      }
    }
    return nil
  }
}
