import Foundation
import XCTest

@testable import ABCNotation

/// Real collections: nothing is lost, nothing crashes.
final class CorpusTests: XCTestCase {
  private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private func files(_ folder: String) throws -> [URL] {
    let url = Self.repository.deletingLastPathComponent().appendingPathComponent("shared/data/\(folder)")
    let files = try? FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)
    guard let files else { throw XCTSkip("the collection \(folder) is not on this machine") }
    return files.filter { ["abc", "txt"].contains($0.pathExtension) && $0.lastPathComponent != "paper.txt" }
      .sorted { $0.path < $1.path }
  }

  private func read(_ file: URL) throws -> Tunebook {
    let bytes = Array(try Data(contentsOf: file))
    let tunebook = Tunebook(parsing: SourceText(name: file.lastPathComponent, bytes: bytes))
    XCTAssertEqual(tunebook.tree.printed, bytes, file.lastPathComponent)
    return tunebook
  }

  func testTheStarterTunebookHasNoFinding() throws {
    let tunebook = try read(Self.repository.appendingPathComponent("Corpus/starter.abc"))
    XCTAssertGreaterThanOrEqual(tunebook.tunes.count, 200)
    XCTAssertEqual(tunebook.diagnostics, [])
    for tune in tunebook.tunes {
      for letter in "TRBMLK" as String {
        XCTAssertEqual(tune.score.values(of: letter).count, 1, "\(letter): of \(tune.score.title ?? "")")
      }
    }
    let numbers = tunebook.tunes.compactMap(\.score.referenceNumber)
    XCTAssertEqual(numbers, Array(1...tunebook.tunes.count))
  }

  func testTheStarterTunebookSurvivesMutations() throws {
    let url = Self.repository.appendingPathComponent("Corpus/starter.abc")
    let bytes = Array(try Data(contentsOf: url).prefix(20_000))
    let all = tokens(of: bytes)
    var generator = SplitMix(state: 1)
    for _ in 0..<60 {
      var mutated = bytes
      for _ in 0..<20 {
        guard let token = all.randomElement(using: &generator), token.range.upperBound <= mutated.count else {
          continue
        }
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: mutated.removeSubrange(token.range)
        case 1: mutated.insert(contentsOf: mutated[token.range], at: token.range.lowerBound)
        default: mutated[token.range.lowerBound] ^= UInt8.random(in: 1...255, using: &generator)
        }
      }
      XCTAssertEqual(Tunebook(parsing: SourceText(name: "", bytes: mutated)).tree.printed, mutated)
    }
  }

  func testNottinghamIsReadWhole() throws {
    let books = try files("nottingham").map(read)
    XCTAssertEqual(books.count, 14)
    XCTAssertEqual(books.reduce(0) { $0 + $1.tunes.count }, 1034)
    for book in books {
      for tune in book.tunes { XCTAssertGreaterThan(tune.score.noteCount, 0, tune.score.title ?? "") }
    }
  }

  func testThePapersTextsAreReadWhole() throws {
    let tunes = try files("paper").map(read).map(\.tunes.count)
    XCTAssertEqual(tunes.reduce(0, +), 805 + 153 + 166)
  }

  func testFewCleanTunesHaveAFinding() throws {
    let books = try files("clean").map(read)
    let loud = books.count { book in book.diagnostics.contains { $0.severity > .info } }
    XCTAssertLessThanOrEqual(Double(loud), Double(books.count) * 0.01)
  }
}
