import Glibc
import SystemFiles

/// What goes to a person: results on standard output, everything else on standard error.
enum Console {
  /// Whether standard error is a terminal: only there are progress bars drawn.
  static let isInteractive = isatty(STDERR_FILENO) == 1

  /// Prints results, as they are.
  static func write(_ text: String) {
    write(Array(text.utf8))
  }

  /// Prints results that are bytes already. Where nobody reads any more the program ends quietly; where nothing
  /// can be written it says so.
  static func write(_ bytes: [UInt8]) {
    do {
      try FileDescriptor.standardOutput.write(bytes)
    } catch {
      if error.code != EPIPE { Self.error("cannot write the results: \(error)") }
      exit(error.code == EPIPE ? 0 : 2)
    }
  }

  /// Prints a JSON object on a line of its own.
  static func writeJSON(_ object: some Encodable) throws {
    write(try JSONLine.encode(object))
  }

  /// Prints a line for the person at the terminal.
  static func note(_ text: String) {
    draw(text + "\n")
  }

  /// Text of a file as it may stand on a terminal: control characters, which would be commands to it, as blanks.
  static func harmless(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }

  /// Prints what went wrong.
  static func error(_ text: String) {
    note("hornpipe: \(text)")
  }

  /// Prints for the person at the terminal, without an end of line; what cannot be printed is lost.
  static func draw(_ text: String) {
    try? FileDescriptor.standardError.write(Array(text.utf8))
  }
}
