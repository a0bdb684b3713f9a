import ABCNotation
import Playback
import StandardMIDI
import SystemFiles

/// Where exported tunes go.
enum ExportDestination {
  /// The one file that `-o` names.
  case file(String)
  /// Files of their own in a directory.
  case directory(String, OutputDirectory)
  /// The text dump on standard output.
  case standardOutput

  /// A directory, which is made if it is not there.
  ///
  /// - Parameter growsAside: whether a new one may be there only when it is finished.
  static func directory(_ path: String, growsAside: Bool) throws(OutputError) -> ExportDestination {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    let folder = growsAside ? PathName(path).folder : path
    if !folder.isEmpty { try OutputFile.makeDirectory(folder) }
    do {
      return .directory(path, try OutputDirectory(path))
    } catch {
      throw OutputError(path: path, error)
    }
  }
}
