import FoundationEssentials
import Glibc
import SystemFiles

/// Files that are written whole or not at all.
enum OutputFile {
  /// Writes a file; what goes wrong names it.
  static func write(_ bytes: some Sequence<UInt8>, to path: String) throws(OutputError) {
    do {
      try Array(bytes).write(toFile: path)
    } catch {
      throw OutputError(path: path, error)
    }
  }

  /// Throws if a file could not be written there, without writing one.
  static func check(_ path: String) throws(OutputError) {
    let folder = PathName(path).folder
    guard FileManager.default.isWritableFile(atPath: folder.isEmpty ? "." : folder) else {
      throw OutputError(path: path, SystemError(code: EACCES))
    }
    if FileKind(path) == .directory { throw OutputError(path: path, SystemError(code: EISDIR)) }
  }

  /// Throws if the file is one of those that are read: no tune is lost to a slip of the hand.
  static func check(_ path: String, isNoneOf inputs: [InputFiles.Input]) throws(OutputError) {
    guard FileKind(path) == .file, let identity = FileIdentity(path) else { return }
    for case .file(let input) in inputs where FileIdentity(input) == identity {
      throw OutputError(path: path, reason: "it is the file that is read; give another name")
    }
  }

  /// Makes a directory and those above it, if they are not there.
  static func makeDirectory(_ path: String) throws(OutputError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      let cause = (error as? CocoaError)?.underlying as? POSIXError
      throw OutputError(path: path, SystemError(code: cause?.code.rawValue ?? EIO))
    }
  }

  /// Removes a file, if it is there.
  static func remove(_ path: String) {
    unsafe unlink(path)
  }

  /// Whether a person means a directory by this path: it is one, or ends in a slash.
  static func isDirectory(_ path: String) -> Bool {
    path.hasSuffix("/") || FileKind(path) == .directory
  }
}

/// A file that cannot be written.
struct OutputError: Error, CustomStringConvertible {
  let description: String

  init(path: String, _ error: SystemError) {
    let folder = PathName(path).folder
    let exists = folder.isEmpty || FileKind(folder) != .nothing
    let reason = exists ? error.description : "there is no directory \(folder)"
    self.init(path: path, reason: reason)
  }

  init(path: String, reason: String) { description = "cannot write \(path): \(reason)" }
}
