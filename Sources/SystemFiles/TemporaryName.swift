import Glibc

/// Names for files that get their own when they are whole.
package enum TemporaryName {
  /// A hidden name in the same folder, so that renaming stays within one file system.
  package static func path(beside path: String) -> String {
    PathName(PathName(path).folder)
      .appending(".hornpipe-\(getpid())-\(UInt32.random(in: 0...UInt32.max)).tmp")
  }
}
