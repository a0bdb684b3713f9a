import ArgumentParser

/// The exit statuses that scripts rely on.
extension ExitCode {
  /// The input has errors, or some of many items failed.
  static let someFailed = ExitCode(1)
  /// The job could not be done.
  static let impossible = ExitCode(2)
  /// Stopped by Ctrl-C.
  static let interrupted = ExitCode(130)
}
