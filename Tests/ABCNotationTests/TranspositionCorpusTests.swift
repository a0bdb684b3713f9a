import Foundation
import XCTest

@testable import ABCNotation

/// Whole collections: every note moves by the same interval, nothing else changes, and the way back leads home.
final class TranspositionCorpusTests: XCTestCase {
  private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private func sounds(_ source: SourceText) -> [Sound] {
    Tunebook(parsing: source).tunes.map { Sound($0.score) }
  }

  private func assertMoves(_ source: SourceText, by intervals: some Sequence<Int>) {
    let original = sounds(source)
    for semitones in intervals {
      do {
        let bytes = try Transposer(.semitones(semitones)).transpose(source)
        let moved = SourceText(name: source.name, bytes: bytes)
        XCTAssertTrue(
          sounds(moved) == original.map { $0.moved(by: semitones) }, "\(source.name) by \(semitones)")
        let back = try Transposer(.semitones(-semitones)).transpose(moved)
        XCTAssertTrue(
          sounds(SourceText(name: source.name, bytes: back)) == original,
          "\(source.name) by \(semitones) and back")
      } catch {
        XCTFail("\(source.name) by \(semitones): \(error.message)")
      }
    }
  }

  func testTheStarterTunebookMoves() throws {
    let url = Self.repository.appendingPathComponent("Corpus/starter.abc")
    assertMoves(SourceText(name: "starter", bytes: Array(try Data(contentsOf: url))), by: -12...12)
  }

  /// Broken tunes move as they sound, or not at all.
  func testMutatedTunesAreNeverWrong() throws {
    let url = Self.repository.appendingPathComponent("Corpus/starter.abc")
    let book = SourceText(name: "starter", bytes: Array(try Data(contentsOf: url)))
    let tunes = SyntaxTree(parsing: book).tunes.map(\.range)
    let signs = Array("^_=ABCab,'[]{}()|:-&\"!+KVnPZz/2<>\\`.".utf8)
    var generator = SplitMix(state: 7)
    for _ in 0..<1000 {
      guard let range = tunes.randomElement(using: &generator) else { continue }
      var bytes = Array(book.bytes[range])
      for _ in 0..<Int.random(in: 1...10, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[place] = signs.randomElement(using: &generator) ?? bytes[place]
      }
      let source = SourceText(name: "mutated", bytes: bytes)
      let semitones = Int.random(in: -12...12, using: &generator)
      guard let moved = try? Transposer(.semitones(semitones)).transpose(source) else { continue }
      XCTAssertTrue(
        sounds(SourceText(name: "", bytes: moved)) == sounds(source).map { $0.moved(by: semitones) },
        source.string(0..<bytes.count))
    }
  }

  func testNottinghamMoves() throws {
    let url = Self.repository.deletingLastPathComponent().appendingPathComponent("shared/data/nottingham")
    let files = try? FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)
    guard let files else { throw XCTSkip("the collection is not on this machine") }
    for file in files where file.pathExtension == "abc" {
      let source = SourceText(name: file.lastPathComponent, bytes: Array(try Data(contentsOf: file)))
      assertMoves(source, by: [-6, -1, 2, 5])
    }
  }
}
