import ABCNotation
import FoundationEssentials
import Glibc
import SystemFiles

/// The files that a command is to read.
enum InputFiles {
  /// What a person named: each path, for a directory every file below it whose name ends as given, sorted.
  /// No path at all, and `-`, are standard input.
  static func expand(_ paths: [String], extensions: Set<String> = ["abc"]) -> [Input] {
    guard !paths.isEmpty else { return [.standardInput] }
    return paths.flatMap { path -> [Input] in
      if path == "-" { return [.standardInput] }
      guard FileKind(path) == .directory else { return [.file(path)] }
      let found = names(below: path).filter {
        extensions.contains(PathName($0).fileExtension.lowercased())
      }
      // A pipe that only lies there would be waited for.
      return found.sorted().map(PathName(path).appending).filter { FileKind($0) != .special }.map(Input.file)
    }
  }

  /// Everything below a directory. Links to directories are named, not followed; what cannot be opened is empty.
  private static func names(below directory: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return names.flatMap { name -> [String] in
      let path = PathName(directory).appending(name)
      guard FileKind(path, followsLinks: false) == .directory else { return [name] }
      return [name] + Self.names(below: path).map(PathName(name).appending)
    }
  }

  /// Where a text comes from.
  enum Input {
    case standardInput
    case file(String)

    /// What to call it in messages.
    var name: String {
      switch self {
      case .standardInput: "<stdin>"
      case .file(let path): path
      }
    }

    /// Its bytes.
    func read() throws(InputError) -> [UInt8] {
      do {
        switch self {
        case .standardInput: return try FileDescriptor.standardInput.readToEnd()
        case .file(let path): return try [UInt8](contentsOfFile: path)
        }
      } catch {
        throw InputError(self, error)
      }
    }

    /// Its bytes as a source of ABC.
    func readSource() throws(InputError) -> SourceText { SourceText(name: name, bytes: try read()) }
  }
}

/// A file that cannot be read.
struct InputError: Error, CustomStringConvertible {
  let description: String

  /// What is asked for is not there, in a sentence.
  init(_ sentence: String) { description = sentence }

  /// What is in the file cannot be understood.
  init(_ name: String, reason: String) {
    description = "cannot read \(name): \(reason)"
  }

  init(_ input: InputFiles.Input, _ error: SystemError) {
    let name =
      switch input {
      case .standardInput: "the standard input"
      case .file(let path): path
      }
    let reason =
      switch error.code {
      case ENOENT, ENOTDIR: "there is no such file"
      case EISDIR: "it is a directory"
      case EACCES: "permission denied"
      default: error.description
      }
    description = "cannot read \(name): \(reason)"
  }
}
