import Glibc
import Synchronization

/// A directory to which many files are written, from many threads: each whole or not at all.
///
/// The directory is opened once and files are named within it, which spares the system the way to it each time.
package final class OutputDirectory: Sendable {
  private let directory: FileDescriptor
  private let counter = Atomic<Int>(0)
  private let prefix = ".hornpipe-\(getpid())-"

  /// Opens a directory that is there.
  package init(_ path: String) throws(SystemError) {
    directory = try FileDescriptor(opening: path, O_RDONLY | O_DIRECTORY)
  }

  deinit { try? directory.close() }

  /// Writes a file of this name in place of any other of this name.
  package func write(_ bytes: [UInt8], name: String) throws(SystemError) {
    let temporary = "\(prefix)\(counter.add(1, ordering: .relaxed).newValue).tmp"
    let file = try FileDescriptor(opening: temporary, O_WRONLY | O_CREAT | O_EXCL, in: directory)
    do throws(SystemError) {
      do {
        try file.write(bytes)
      } catch {
        try? file.close()
        throw error
      }
      try file.close()
      let result = unsafe temporary.withCString { old in
        unsafe name.withCString { new in unsafe renameat(directory.number, old, directory.number, new) }
      }
      if result != 0 { throw .last }
    } catch {
      _ = unsafe temporary.withCString { unsafe unlinkat(directory.number, $0, 0) }
      throw error
    }
  }
}
