import Glibc

/// What is at a path.
package enum FileKind {
  case nothing
  case file
  case directory
  /// A pipe, a device, a socket.
  case special
  /// A link that leads to nothing or, where links are not followed, any link.
  case link

  /// Looks; a link is what it leads to, unless links are not to be followed.
  package init(_ path: String, followsLinks: Bool = true) {
    var status = stat()
    let isThere = unsafe followsLinks && stat(path, &status) == 0 || lstat(path, &status) == 0
    guard isThere else {
      self = .nothing
      return
    }
    self =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      case S_IFLNK: .link
      default: .special
      }
  }
}

/// Which file a path leads to, by whatever name.
package struct FileIdentity: Hashable, Sendable {
  private let device: UInt
  private let number: UInt

  /// Nil where nothing is.
  package init?(_ path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    (device, number) = (UInt(status.st_dev), UInt(status.st_ino))
  }
}

/// Who may do what with a file.
enum FilePermissions {
  /// Those of what is at a path, links followed; nil where nothing is.
  static func ofFile(_ path: String) -> mode_t? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return status.st_mode & 0o7777
  }
}
