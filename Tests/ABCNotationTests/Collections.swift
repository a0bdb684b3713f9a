import Foundation
import XCTest

@testable import ABCNotation

/// The collections of tunes at hand.
enum Collections {
  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let starter = repository.appendingPathComponent("Corpus/starter.abc")

  /// A file of tunes.
  struct Book: Sendable {
    let name: String
    let bytes: [UInt8]
    let tunes: [Range<Int>]

    init(_ file: URL) throws {
      name = file.lastPathComponent
      bytes = Array(try Data(contentsOf: file))
      tunes = SyntaxTree(parsing: SourceText(name: name, bytes: bytes)).tunes.map(\.range)
    }
  }

  /// The files of a shared collection, which stands beside the repository. Skips the test where it is missing.
  static func shared(_ folder: String) throws -> [URL] {
    let url = repository.deletingLastPathComponent().appendingPathComponent("shared/data/\(folder)")
    let files = try? FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)
    guard let files else { throw XCTSkip("the collection \(folder) is not on this machine") }
    return files.filter { ["abc", "txt"].contains($0.pathExtension) && $0.lastPathComponent != "paper.txt" }
      .sorted { $0.path < $1.path }
  }

  /// The files below the folder that the environment names, such as the tunes that come with music21. Skips the
  /// test where it names none.
  static func further() throws -> [URL] {
    guard let folder = ProcessInfo.processInfo.environment["HORNPIPE_COLLECTIONS"] else {
      throw XCTSkip("HORNPIPE_COLLECTIONS names no directory with more collections")
    }
    return try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".abc") }
      .sorted().map { URL(fileURLWithPath: folder).appendingPathComponent($0) }
  }

  /// The books of all collections that are there, collection by collection.
  static let books: [[Book]] = {
    let found = [
      [starter], try? shared("nottingham"), try? shared("paper"), try? shared("clean"), try? further(),
    ]
    return found.compactMap(\.self).map { $0.compactMap { try? Book($0) } }
  }()

  /// The tunes of the starter tunebook, and of the shared collections where they are there, one by one.
  static func tunes() throws -> [(name: String, text: String)] {
    var files = [starter]
    for folder in ["nottingham", "clean"] { files += (try? shared(folder)) ?? [] }
    return try files.flatMap { file in
      let source = SourceText(name: file.lastPathComponent, bytes: Array(try Data(contentsOf: file)))
      return Tunebook(parsing: source).tunes.map { (source.name, source.string($0.range)) }
    }
  }
}
