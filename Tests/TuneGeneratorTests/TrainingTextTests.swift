import CharacterModel
import Foundation
import XCTest

@testable import TuneGenerator

final class TrainingTextTests: XCTestCase {
  func testATuneIsEverythingFromItsStartToItsEnd() {
    let text = "<start>\nX:1\nK:C\nC\n<end>\n<start>\nX:2\nK:C\nD\n<end>\nleft over"
    XCTAssertTrue(TrainingText.isMarked(Array(text.utf8)))
    let tunes = TrainingText.tunes(in: Array(text.utf8))
    XCTAssertEqual(tunes, ["<start>\nX:1\nK:C\nC\n<end>\n", "<start>\nX:2\nK:C\nD\n<end>\n"])
    XCTAssertEqual(TrainingText.unmarked(tunes[1]), "X:2\nK:C\nD\n")
    XCTAssertEqual(TrainingText.marked("X:2\nK:C\nD"), tunes[1])
    XCTAssertFalse(TrainingText.isMarked(Array("X:1\nK:C\nC<start>\n".utf8)))
  }

  func testCRLFIsReadAsLF() {
    let tunes = TrainingText.tunes(in: Array("<start>\r\nX:1\r\n<end>\r\n".utf8))
    XCTAssertEqual(tunes, ["<start>\nX:1\n<end>\n"])
  }

  func testLatin1IsReadCharacterByCharacter() {
    let bytes = Array("<start>\nT:Caf".utf8) + [0xE9] + Array("\n<end>\n".utf8)
    XCTAssertEqual(TrainingText.tunes(in: bytes), ["<start>\nT:Café\n<end>\n"])
  }

  func testThePapersTextsHaveTheirTunesAndCharacters() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/data/paper")
    guard let data = try? Data(contentsOf: folder.appendingPathComponent("train.txt")) else {
      throw XCTSkip("the paper's texts are not on this machine")
    }
    let tunes = TrainingText.tunes(in: Array(data))
    XCTAssertEqual(tunes.count, 805)
    XCTAssertEqual(tunes.reduce(0) { $0 + $1.unicodeScalars.count }, data.count)
    let vocabulary = try TuneEncoding.vocabulary(of: tunes, withMarkers: false)
    XCTAssertEqual(vocabulary.count, 93)
  }

  func testMarkersAreEntriesOrSpelledOut() throws {
    let tune = TrainingText.marked("X:1\nK:C\nCDE|\n")
    let plain = TuneEncoding(try TuneEncoding.vocabulary(of: [tune], withMarkers: false))
    XCTAssertFalse(plain.hasMarkers)
    XCTAssertEqual(plain.vocabulary.decode(try plain.encode(tune)), tune)
    let marked = TuneEncoding(try TuneEncoding.vocabulary(of: [tune], withMarkers: true))
    XCTAssertTrue(marked.hasMarkers)
    let indices = try marked.encode(tune)
    XCTAssertEqual(indices.count, "X:1\nK:C\nCDE|\n".count + 2)
    XCTAssertEqual(indices.first, marked.vocabulary.index(of: "<start>"))
    XCTAssertEqual(indices.last, marked.vocabulary.index(of: "<end>"))
    XCTAssertTrue(marked.isFinished(indices))
    XCTAssertTrue(plain.isFinished(try plain.encode("CDE<end>")))
    // Either way a loss is counted over the characters that the paper's model predicts.
    XCTAssertEqual(
      TuneEncoding.predictedCharacters(of: [tune, tune]), 2 * (try plain.encode(tune).count - 1))
  }
}
