import ABCNotation
import StandardMIDI
import XCTest

@testable import ABCToMIDI

final class ScoreCursorTests: XCTestCase {
  private func score(_ text: String) throws -> Score {
    try XCTUnwrap(Tunebook(parsing: SourceText(name: "tune", text: text)).tunes.first?.score)
  }

  func testItFollowsTheTuneThroughRepeatsAndEndings() throws {
    let text = "X:1\nM:4/4\nL:1/4\nK:C\n|:CD[EG]z|1 F4:|2 (3ABc d2|]\n"
    let cursor = try ScoreCursor(try score(text))
    let bytes = Array(text.utf8)
    XCTAssertEqual(
      cursor.steps.map { String(decoding: bytes[$0.range], as: UTF8.self) },
      ["C", "D", "[EG]", "z", "F4", "C", "D", "[EG]", "z", "A", "B", "c", "d2"])
    XCTAssertEqual(
      cursor.steps.map(\.tick),
      [0, 480, 960, 1440, 1920, 3840, 4320, 4800, 5280, 5760, 6080, 6400, 6720])
    XCTAssertEqual(cursor.steps.map(\.measure), [0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 2, 2, 2])
    for (tick, index) in [(0, 0), (479, 0), (480, 1), (6719, 11), (6720, 12), (99_999, 12)] {
      XCTAssertEqual(cursor.index(atTick: tick), index)
    }
    XCTAssertNil(cursor.index(atTick: -1))
  }

  /// Each step comes when the converter lets a note begin, whatever the tempo does.
  func testStepsComeWhenTheNotesSound() throws {
    let score = try score("X:1\nM:3/4\nL:1/8\nQ:1/4=90\nK:D\nD2EF GA|[Q:1/4=150]B2c2d2|e6|]\n")
    let sequence = MIDISequence(try MIDIConverter(isMelodyOnly: true).convert(score))
    let cursor = try ScoreCursor(score)
    let begins = sequence.events.filter(\.message.beginsNote)
    XCTAssertEqual(begins.map(\.tick), cursor.steps.map(\.tick))
    for event in begins {
      XCTAssertEqual(sequence.tick(atSeconds: event.time.seconds + 1e-9), event.tick)
      XCTAssertLessThan(sequence.tick(atSeconds: event.time.seconds - 0.01), max(event.tick, 1))
    }
    XCTAssertEqual(sequence.tick(atSeconds: -1), 0)
    XCTAssertGreaterThan(sequence.tick(atSeconds: 1e30), sequence.endTick)
  }

  func testATuneWithoutMusicHasNoSteps() throws {
    XCTAssertEqual(try ScoreCursor(try score("X:1\nT:A\nK:C\n")).steps, [])
  }
}
