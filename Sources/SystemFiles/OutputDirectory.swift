import Glibc
import Synchronization

/// A directory to which many files are written, from many threads: each whole or not at all.
///
/// The directory is opened once and files are named within it, which spares the system the way to it each time. A directory
/// that is not there yet grows under another name beside its place and takes its own when it is finished, so that its files
/// need not be renamed one by one: that is a third of what it costs to make a small file.
package final class OutputDirectory: Sendable {
  private let directory: FileDescriptor
  private let counter = Atomic<Int>(0)
  private let prefix = ".hornpipe-\(getpid())-"
  private let path: String
  /// What it is called until it is finished; nil for a directory that was there.
  private let growingPath: String?
  private let isFinished = Atomic<Bool>(false)

  /// Opens a directory, or begins one where there is nothing; the folder that it is to be in must be there.
  package init(_ path: String) throws(SystemError) {
    self.path = path
    guard FileKind(path) == .nothing else {
      growingPath = nil
      directory = try FileDescriptor(opening: path, O_RDONLY | O_DIRECTORY)
      return
    }
    let growing = TemporaryName.path(beside: path)
    guard unsafe mkdir(growing, 0o777) == 0 else { throw .last }
    growingPath = growing
    do {
      directory = try FileDescriptor(opening: growing, O_RDONLY | O_DIRECTORY)
    } catch {
      unsafe rmdir(growing)
      throw error
    }
  }

  deinit {
    try? finish()
    try? directory.close()
  }

  /// Gives a directory that has grown its name. What was written is there also if this is never called, as long as the
  /// program ends in its own time.
  package func finish() throws(SystemError) {
    guard let growingPath, !isFinished.exchange(true, ordering: .relaxed) else { return }
    // Where somebody has made a directory of this name meanwhile, even an empty one, it is taken over only if it is empty.
    if unsafe rename(growingPath, path) != 0 { throw .last }
  }

  /// Writes a file of this name in place of any other of this name.
  package func write(_ bytes: [UInt8], name: String) throws(SystemError) {
    // Nobody looks for a file of a directory that has no name yet: it can grow under its own.
    if growingPath != nil, try writeNew(bytes, name: name) { return }
    let temporary = "\(prefix)\(counter.add(1, ordering: .relaxed).newValue).tmp"
    try fill(
      try FileDescriptor(opening: temporary, O_WRONLY | O_CREAT | O_EXCL, in: directory), bytes, temporary)
    let result = unsafe temporary.withCString { old in
      unsafe name.withCString { new in unsafe renameat(directory.number, old, directory.number, new) }
    }
    if result != 0 {
      let error = SystemError.last
      remove(temporary)
      throw error
    }
  }

  /// False where there is a file of this name.
  private func writeNew(_ bytes: [UInt8], name: String) throws(SystemError) -> Bool {
    let file: FileDescriptor
    do {
      file = try FileDescriptor(opening: name, O_WRONLY | O_CREAT | O_EXCL, in: directory)
    } catch {
      if error.code == EEXIST { return false }
      throw error
    }
    try fill(file, bytes, name)
    return true
  }

  /// Writes and closes a file; one that cannot be written whole is gone.
  private func fill(_ file: FileDescriptor, _ bytes: [UInt8], _ name: String) throws(SystemError) {
    do throws(SystemError) {
      do {
        try file.write(bytes)
      } catch {
        try? file.close()
        throw error
      }
      try file.close()
    } catch {
      remove(name)
      throw error
    }
  }

  private func remove(_ name: String) {
    _ = unsafe name.withCString { unsafe unlinkat(directory.number, $0, 0) }
  }
}
