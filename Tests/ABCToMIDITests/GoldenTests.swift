import ABCNotation
import Foundation
import StandardMIDI
import XCTest

@testable import ABCToMIDI

final class GoldenTests: XCTestCase {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  /// The text dump of a tune with a pickup, endings, broken rhythm, a triplet, ties and a tempo. To record it anew
  /// delete the file and run the test, which then fails once.
  func testATuneGivesTheRecordedEvents() throws {
    let golden = Self.folder.appendingPathComponent("Goldens/tune.txt")
    let abc = try String(contentsOf: Self.folder.appendingPathComponent("Goldens/tune.abc"), encoding: .utf8)
    let score = Tunebook(parsing: SourceText(name: "tune.abc", text: abc)).tunes[0].score
    let dump = try MIDIConverter().convert(score).dump
    guard let recorded = try? String(contentsOf: golden, encoding: .utf8) else {
      try dump.write(to: golden, atomically: true, encoding: .utf8)
      return XCTFail("recorded \(golden.lastPathComponent); look at it and run the test again")
    }
    XCTAssertEqual(dump, recorded)
  }

  func testEveryTuneOfTheStarterTunebookConverts() throws {
    let url = Self.folder.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Corpus/starter.abc")
    let tunebook = Tunebook(parsing: SourceText(name: "starter.abc", bytes: Array(try Data(contentsOf: url))))
    for tune in tunebook.tunes {
      let file = try MIDIConverter().convert(tune.score)
      XCTAssertEqual(try MIDIFile(decoding: file.encoded()), file)
      let seconds = MIDISequence(file).duration.seconds
      XCTAssertTrue((5...400).contains(seconds), "\(tune.score.title ?? "") lasts \(seconds) s")
      let sequence = MIDISequence(file).events
      XCTAssertEqual(sequence.count(where: \.message.beginsNote), sequence.count(where: \.message.endsNote))
    }
  }
}
