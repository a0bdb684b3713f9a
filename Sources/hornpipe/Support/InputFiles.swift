import ABCNotation
import Foundation

/// The files that a command is to read.
enum InputFiles {
  /// What a person named: each path, for a directory every file below it whose name ends as given, sorted.
  /// No path at all, and `-`, are standard input.
  static func expand(_ paths: [String], extensions: Set<String> = ["abc"]) -> [Input] {
    guard !paths.isEmpty else { return [.standardInput] }
    return paths.flatMap { path -> [Input] in
      if path == "-" { return [.standardInput] }
      guard FileKind(path) == .directory else { return [.file(path)] }
      let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
      let found = names.filter { extensions.contains(($0 as NSString).pathExtension.lowercased()) }.sorted()
      return found.map { .file((path as NSString).appendingPathComponent($0)) }
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
      switch self {
      case .standardInput:
        do {
          return Array(try FileHandle.standardInput.readToEnd() ?? Data())
        } catch {
          throw InputError(description: "cannot read the standard input: \(error.localizedDescription)")
        }
      case .file(let path):
        do {
          return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
          throw InputError(path: path, error: error)
        }
      }
    }

    /// Its bytes as a source of ABC.
    func readSource() throws(InputError) -> SourceText { SourceText(name: name, bytes: try read()) }
  }
}

/// A file that cannot be read.
struct InputError: Error, CustomStringConvertible {
  let description: String

  init(description: String) {
    self.description = description
  }

  init(path: String, error: any Error) {
    let kind = FileKind(path)
    let reason =
      if kind == .nothing {
        "there is no such file"
      } else if kind == .directory {
        "it is a directory"
      } else if !FileManager.default.isReadableFile(atPath: path) {
        "permission denied"
      } else {
        (error as NSError).localizedDescription
      }
    description = "cannot read \(path): \(reason)"
  }
}
