import Glibc
import SystemFiles

/// Whole files, read and written.
enum FileAccess {
  static func read(_ path: String) throws(CharacterModelError) -> [UInt8] {
    do {
      return try [UInt8](contentsOfFile: path)
    } catch {
      throw .file(operation: "read", path: path, reason: reason(error))
    }
  }

  /// Writes the file whole or leaves it as it was, even where the power fails.
  static func write(_ bytes: [UInt8], to path: String) throws(CharacterModelError) {
    do {
      try bytes.write(toFile: path, isForced: true)
    } catch {
      throw .file(operation: "write", path: path, reason: reason(error))
    }
  }

  private static func reason(_ error: SystemError) -> String {
    switch error.code {
    case ENOENT: "no such file or directory"
    case EACCES, EPERM: "no permission"
    case ENOSPC: "no space is left"
    default: error.description
    }
  }
}
