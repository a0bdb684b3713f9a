import Glibc

/// Files that are read and written as a whole.
extension [UInt8] {
  /// The bytes of a file, or of what comes out of a pipe or a device until its end.
  package init(contentsOfFile path: String) throws(SystemError) {
    let file = try FileDescriptor(opening: path, O_RDONLY)
    defer { try? file.close() }
    self = try file.readToEnd()
  }

  /// Writes to a file of its own beside the path and renames it, so that nobody ever sees half a file. What a
  /// link leads to is replaced, the link stays; a pipe or a device takes the bytes as it is.
  ///
  /// With `isForced` the bytes are on the disk before the name is: a power cut leaves one of the two files
  /// whole. That takes its time.
  package func write(toFile path: String, isForced: Bool = false) throws(SystemError) {
    switch FileKind(path) {
    case .special, .link:
      try write(to: FileDescriptor(opening: path, O_WRONLY), isForced: false)
    case .nothing, .file, .directory:
      let target = Self.resolved(path)
      let temporary = TemporaryName.path(beside: target)
      let file = try FileDescriptor(opening: temporary, O_WRONLY | O_CREAT | O_EXCL)
      do throws(SystemError) {
        // Whoever could read or write the old file can do so with the new one.
        if let mode = FilePermissions.ofFile(target), fchmod(file.number, mode) != 0 { throw .last }
        try write(to: file, isForced: isForced)
        if unsafe rename(temporary, target) != 0 { throw .last }
      } catch {
        unsafe unlink(temporary)
        throw error
      }
    }
  }

  /// Writes and closes.
  private func write(to file: FileDescriptor, isForced: Bool) throws(SystemError) {
    do {
      try file.write(self)
      if isForced { try file.flush() }
    } catch {
      try? file.close()
      throw error
    }
    try file.close()
  }

  /// The path without links; itself where nothing is there yet.
  package static func resolved(_ path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
