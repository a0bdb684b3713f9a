import Foundation

/// What is at a path.
enum FileKind {
  case nothing
  case file
  case directory

  /// Looks.
  init(_ path: String) {
    var isDirectory: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    self = !exists ? .nothing : isDirectory.boolValue ? .directory : .file
  }
}
