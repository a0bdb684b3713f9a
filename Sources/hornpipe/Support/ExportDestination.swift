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
  static func directory(_ path: String) throws(OutputError) -> ExportDestination {
    try OutputFile.makeDirectory(path)
    do {
      return .directory(path, try OutputDirectory(path))
    } catch {
      throw OutputError(path: path, error)
    }
  }
}
