import Foundation

/// Files that are written whole or not at all.
enum OutputFile {
  /// Writes to a file of its own beside the path and renames it, so that nobody ever sees half a file.
  static func write(_ bytes: some Sequence<UInt8>, to path: String) throws(OutputError) {
    // Foundation's own atomic writing waits for the disk each time, ten times as long for a collection.
    let path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    if FileKind(path) == .special { return try writeInPlace(bytes, to: path) }
    let file = path as NSString
    let temporary = (file.deletingLastPathComponent as NSString)
      .appendingPathComponent(".\(file.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier)")
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: temporary))
      guard unsafe rename(temporary, path) == 0 else {
        throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
      }
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      throw OutputError(path: path, error: error)
    }
  }

  /// A pipe or a device takes what is written; it must not be replaced.
  private static func writeInPlace(_ bytes: some Sequence<UInt8>, to path: String) throws(OutputError) {
    do {
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try handle.write(contentsOf: Data(bytes))
      try handle.close()
    } catch {
      throw OutputError(path: path, error: error)
    }
  }

  /// Throws if a file could not be written there, without writing one.
  static func check(_ path: String) throws(OutputError) {
    let folder = (path as NSString).deletingLastPathComponent
    let isWritable = FileManager.default.isWritableFile(atPath: folder.isEmpty ? "." : folder)
    guard isWritable, FileKind(path) != .directory else {
      throw OutputError(path: path, error: POSIXError(isWritable ? .EISDIR : .EACCES))
    }
  }

  /// Makes a directory and those above it, if they are not there.
  static func makeDirectory(_ path: String) throws(OutputError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw OutputError(path: path, error: error)
    }
  }

  /// Whether a person means a directory by this path: it is one, or ends in a slash.
  static func isDirectory(_ path: String) -> Bool {
    path.hasSuffix("/") || FileKind(path) == .directory
  }
}

/// A file that cannot be written.
struct OutputError: Error, CustomStringConvertible {
  let description: String

  init(path: String, error: any Error) {
    let folder = (path as NSString).deletingLastPathComponent
    let exists = FileManager.default.fileExists(atPath: folder.isEmpty ? "." : folder)
    let system = (error as? POSIXError).map { unsafe String(cString: strerror($0.code.rawValue)) }
    let reason =
      exists ? system ?? (error as NSError).localizedDescription : "there is no directory \(folder)"
    description = "cannot write \(path): \(reason)"
  }
}
