import Foundation

/// What goes to a person: results on standard output, everything else on standard error.
enum Console {
  /// Whether standard error is a terminal: only there are progress bars drawn.
  static let isInteractive = isatty(FileHandle.standardError.fileDescriptor) == 1

  /// Prints results, as they are.
  static func write(_ text: String) {
    write(Data(text.utf8))
  }

  /// Prints results that are bytes already.
  static func write(_ bytes: [UInt8]) {
    if !bytes.isEmpty { write(Data(bytes)) }
  }

  /// Where nobody reads any more the program ends quietly; where nothing can be written it says so.
  private static func write(_ data: Data) {
    do {
      try FileHandle.standardOutput.write(contentsOf: data)
    } catch {
      let code = errno
      if code != EPIPE { Self.error("cannot write the results: \(unsafe String(cString: strerror(code)))") }
      exit(code == EPIPE ? 0 : 2)
    }
  }

  /// Prints a line for the person at the terminal.
  static func note(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }

  /// Prints what went wrong.
  static func error(_ text: String) {
    note("hornpipe: \(text)")
  }

  /// Prints a JSON object on a line of its own.
  static func writeJSON(_ object: some Encodable) throws {
    write(try JSONLine.encode(object))
  }
}
