import Foundation

/// What is at a path.
enum FileKind {
  case nothing
  case file
  case directory
  /// A pipe, a device, a socket.
  case special

  /// Looks; a link is what it leads to.
  init(_ path: String) {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let type = try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
    self =
      switch type {
      case nil: .nothing
      case .typeRegular?: .file
      case .typeDirectory?: .directory
      default: .special
      }
  }
}
