#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Whole files, read and written.
enum FileAccess {
  static func read(_ path: String) throws(CharacterModelError) -> [UInt8] {
    do {
      return [UInt8](try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw .file(operation: "read", path: path, reason: reason(error))
    }
  }

  /// Writes to a temporary file beside `path`, then renames it: the file is whole or as it was.
  static func write(_ bytes: [UInt8], to path: String) throws(CharacterModelError) {
    do {
      try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw .file(operation: "write", path: path, reason: reason(error))
    }
  }

  private static func reason(_ error: any Error) -> String {
    guard let error = error as? CocoaError else { return "\(error)" }
    switch error.code {
    case .fileReadNoSuchFile, .fileNoSuchFile: return "no such file or directory"
    case .fileReadNoPermission, .fileWriteNoPermission: return "no permission"
    case .fileWriteOutOfSpace: return "no space is left"
    default: return "\(error.underlying ?? error)"
    }
  }
}
