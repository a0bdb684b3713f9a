import Foundation
import XCTest

@testable import ABCNotation

/// Real collections are read whole.
final class CorpusTests: XCTestCase {
  private func read(_ file: URL) throws -> Tunebook {
    let bytes = Array(try Data(contentsOf: file))
    return Tunebook(parsing: SourceText(name: file.lastPathComponent, bytes: bytes))
  }

  func testTheStarterTunebookHasNoFinding() throws {
    let tunebook = try read(Collections.starter)
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

  func testNottinghamIsReadWhole() throws {
    let books = try Collections.shared("nottingham").map(read)
    XCTAssertEqual(books.count, 14)
    XCTAssertEqual(books.reduce(0) { $0 + $1.tunes.count }, 1034)
    for book in books {
      for tune in book.tunes { XCTAssertGreaterThan(tune.score.noteCount, 0, tune.score.title ?? "") }
    }
  }

  func testThePapersTextsAreReadWhole() throws {
    let tunes = try Collections.shared("paper").map(read).map(\.tunes.count)
    XCTAssertEqual(tunes.reduce(0, +), 805 + 153 + 166)
  }

  func testFewCleanTunesHaveAFinding() throws {
    let books = try Collections.shared("clean").map(read)
    let loud = books.count { book in book.diagnostics.contains { $0.severity > .info } }
    XCTAssertLessThanOrEqual(Double(loud), Double(books.count) * 0.01)
  }
}
