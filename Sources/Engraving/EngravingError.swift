/// Why no sheet music could be drawn.
public enum EngravingError: Error, Hashable, Sendable {
  /// A program that is not installed, and the Debian package that has it.
  case missingProgram(String, package: String)
  /// A program that failed on a tune.
  case programFailed(String, title: String)
  /// A program that took longer than it may.
  case tooSlow(String, title: String, seconds: Int)
  /// A file that could not be written or read; the reason is the system's.
  case fileFailed(path: String, reason: String)
}

extension EngravingError: CustomStringConvertible {
  /// One sentence that says what happened and what to do.
  public var description: String {
    switch self {
    case .missingProgram(let program, let package):
      "sheet music needs \(program); install it with 'apt-get install \(package)'"
    case .programFailed(let program, let title): "\(program) could not draw \(title)"
    case .tooSlow(let program, let title, let seconds):
      "\(program) had not drawn \(title) after \(seconds) seconds and was stopped"
    case .fileFailed(let path, let reason): "cannot write \(path): \(reason)"
    }
  }
}
