import ABCNotation
import XCTest

@testable import ABCToMIDI

/// The rhythm that each meter has by itself.
final class AccompanimentMeterTests: AccompanimentTestCase {
  private func letters(_ meter: String) throws -> String {
    DefaultChordPattern.letters(for: try XCTUnwrap(Meter(parsing: meter)))
  }

  func testTheMetersOfAbc2midi() throws {
    let expected: KeyValuePairs = [
      "2/2": "fzczfzcz", "4/4": "fzczfzcz", "C": "fzczfzcz", "C|": "fzczfzcz", "none": "fzczfzcz",
      "2/4": "fzcz",
      "3/4": "fzczcz", "3/8": "fzczcz", "6/4": "fzczfzczfzcz", "6/8": "fzcfzc", "9/8": "fzcfzcfzc",
      "12/8": "fzcfzcfzcfzc", "5/4": "fzbcz", "5/8": "fzbcz", "7/4": "fzbczcz", "7/8": "fzbczcz",
    ]
    for (meter, letters) in expected { XCTAssertEqual(try self.letters(meter), letters, meter) }
  }

  func testMetersThatAbc2midiDoesNotKnow() throws {
    let expected: KeyValuePairs = [
      "3/2": "fzczcz", "4/2": "fzczfzcz", "8/4": "fzczfzczfzczfzcz", "4/8": "fzcz", "8/8": "fzczfzcz",
      "1/4": "fc", "2/8": "fc", "10/8": "fzcfzcfzcz", "11/8": "fzcfzczfzcz", "15/8": "fzcfzcfzcfzcfzc",
      "6/16": "fzcfzc", "9/16": "fzcfzcfzc", "3/16": "fzczcz", "9/4": "fzcfzcfzc", "200/8": "b",
    ]
    for (meter, letters) in expected { XCTAssertEqual(try self.letters(meter), letters, meter) }
  }

  func testMetersInGroups() throws {
    let expected: KeyValuePairs = [
      "(2+3)/8": "fcfzc", "(3+2)/8": "fzcfc", "2+2+3/8": "fcfcfzc", "(3+3+2)/8": "fzcfzcfc",
      "(3+2)/4": "fzczczfzcz", "(1+4)/8": "ffzcz", "(5+3)/8": "fzcfcfzc",
    ]
    for (meter, letters) in expected { XCTAssertEqual(try self.letters(meter), letters, meter) }
  }

  /// Every meter has a pattern that can be played and starts with the bass.
  func testEveryMeterHasAPattern() throws {
    for noteValue in [1, 2, 4, 8, 16] {
      for beats in 1...70 {
        let meter = try XCTUnwrap(Meter(beats: [beats], noteValue: noteValue))
        let first = DefaultChordPattern.pattern(for: meter).elements[0].sound
        XCTAssertTrue(first == .bass || first == .bassAndChord, "\(meter)")
      }
    }
  }

  func testAReelAndAJig() throws {
    let reel = try chords("\"C\"C8|]")
    XCTAssertEqual(reel.bass, "0:36*1 4:36*1")
    XCTAssertEqual(reel.chords, "2:48+52+55*1 6:48+52+55*1")
    let jig = try chords("\"C\"C6|]", meter: "6/8")
    XCTAssertEqual(jig.bass, "0:36*1 3:36*1")
    XCTAssertEqual(jig.chords, "2:48+52+55*1 5:48+52+55*1")
  }

  func testAWaltzAndAPolka() throws {
    let waltz = try chords("\"C\"C6|]", meter: "3/4")
    XCTAssertEqual(waltz.bass, "0:36*1")
    XCTAssertEqual(waltz.chords, "2:48+52+55*1 4:48+52+55*1")
    let polka = try chords("\"C\"C4|]", meter: "2/4")
    XCTAssertEqual(polka.bass, "0:36*1")
    XCTAssertEqual(polka.chords, "2:48+52+55*1")
  }

  func testFiveEighths() throws {
    let played = try chords("\"C\"C5|]", meter: "5/8")
    XCTAssertEqual(played.bass, "0:36*1 2:36*1")
    XCTAssertEqual(played.chords, "2:48+52+55*1 3:48+52+55*1")
  }

  func testFreeMeterIsPlayedLikeCommonTime() throws {
    XCTAssertEqual(try chords("\"C\"C4|C12|]", meter: "none").bass, "0:36*1 4:36*1 8:36*1 12:36*1")
  }

  func testAMeterChangeBringsItsOwnPattern() throws {
    let played = try chords("\"C\"C8|[M:3/4]C6|[M:6/8]C6|]")
    XCTAssertEqual(played.bass, "0:36*1 4:36*1 8:36*1 14:36*1 17:36*1")
    XCTAssertEqual(
      played.chords, "2:48+52+55*1 6:48+52+55*1 10:48+52+55*1 12:48+52+55*1 16:48+52+55*1 19:48+52+55*1")
  }

  /// As abc2midi's guide says, also where the meter comes back.
  func testAMeterChangeEndsAPatternOfOnesOwn() throws {
    XCTAssertEqual(
      try chords("%%MIDI gchord f\n\"C\"C8|[M:3/4]C6|[M:4/4]C8|]").bass, "0:36*8 8:36*1 14:36*1 18:36*1")
  }

  func testAPatternGivenWithTheNewMeterHolds() throws {
    XCTAssertEqual(
      try chords("\"C\"C8|[M:3/4][I:MIDI=gchord f]C6|C6|]").bass, "0:36*1 4:36*1 8:36*6 14:36*6")
  }
}
