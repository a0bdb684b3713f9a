import XCTest

@testable import ABCNotation

/// ABC 2.1, 4.6: clefs and transposition.
final class Section04ClefsTests: XCTestCase {
  func testSection4_6TheSevenClefs() throws {
    let cases: [(String, Clef.Shape, Int?)] = [
      ("treble", .treble, nil), ("bass", .bass, nil), ("bass3", .bass, 3), ("tenor", .tenor, nil),
      ("alto", .alto, nil), ("alto2", .alto, 2), ("alto1", .alto, 1), ("perc", .percussion, nil),
      ("none", .none, nil),
    ]
    for (name, shape, line) in cases {
      for text in ["clef=\(name)", name == "none" ? "clef=none" : name, "C clef=\(name)"] {
        let clef = try readVoice("C8|", key: text).staff.clef
        XCTAssertEqual(clef?.shape, shape, text)
        XCTAssertEqual(clef?.line, line, text)
        assertParse(tune("C8|", key: text))
      }
    }
  }

  func testSection4_6AnEightAboveOrBelowShiftsByAnOctave() throws {
    XCTAssertEqual(try readVoice("C8|", key: "C treble+8").pitches, [72])
    XCTAssertEqual(try readVoice("C8|", key: "C treble-8").pitches, [48])
    XCTAssertEqual(try readVoice("C8|", key: "C clef=bass3-8").pitches, [48])
    XCTAssertEqual(try readVoice("C8|", header: "V:1 clef=treble-8\n").pitches, [48])
  }

  func testSection4_6TheExamples() throws {
    let percussion = try readVoice("C8|", key: " perc stafflines=1").staff
    XCTAssertEqual(percussion.clef?.shape, .percussion)
    XCTAssertEqual(percussion.lines, 1)
    XCTAssertEqual(try readVoice("C8|", key: "Am transpose=-2").pitches, [58])
    let bass = try readVoice("[V:B middle=d bass]C8|").staff
    XCTAssertEqual(bass.middle, "d")
    XCTAssertEqual(bass.clef?.shape, .bass)
  }

  func testSection4_6MiddleDoesNotAffectPlayback() throws {
    XCTAssertEqual(try readVoice("d8|", key: "C bass middle=d").pitches, [74])
    XCTAssertEqual(try readVoice("d8|", key: "C bass middle=d transpose=-24").pitches, [50])
    XCTAssertEqual(try readVoice("d8|", key: "C bass m=d t=-24").pitches, [50])
    XCTAssertEqual(try readVoice("d8|", key: "C bass m=d t=-24").staff.middle, "d")
  }

  func testSection4_6TranspositionOfTheClarinet() throws {
    XCTAssertEqual(
      try readVoice("CDE|", header: "V:Clarinet\n", key: "C transpose=-2").pitches, [58, 60, 62])
    XCTAssertEqual(try readVoice("CDE|", header: "V:Clarinet transpose=-2\n").pitches, [58, 60, 62])
  }

  func testSection4_6TranspositionOfAKeyReachesAVoiceWithOtherSettings() throws {
    let voice = try readVoice("CDE|", header: "V:1 name=\"Clarinet\"\n", key: "C transpose=-2")
    XCTAssertEqual(voice.pitches, [58, 60, 62])
    XCTAssertEqual(voice.staff.name, "Clarinet")
  }

  func testSection4_6TranspositionLeavesTheWrittenKey() throws {
    let voice = try readVoice("F^F=F|", key: "D transpose=-2")
    XCTAssertEqual(voice.pitches, [64, 64, 63])
    XCTAssertEqual(voice.measures[0].key.fifths, 2)
    XCTAssertEqual(voice.notes.map(\.step), [.f, .f, .f])
  }

  func testSection4_6SettingsAreIndependent() throws {
    let staff = try readVoice("C8|", key: "C clef=alto middle=C transpose=3 octave=-1 stafflines=4").staff
    XCTAssertEqual(staff.clef?.shape, .alto)
    XCTAssertEqual(staff.middle, "C")
    XCTAssertEqual(staff.transposition, 3)
    XCTAssertEqual(staff.octave, -1)
    XCTAssertEqual(staff.lines, 4)
    XCTAssertEqual(try readVoice("C8|", key: "C transpose=3 octave=-1").pitches, [51])
  }

  func testSection4_6AClefInTheBodyLeavesTheKeyAndChangesTheSound() {
    XCTAssertEqual(notes("F4[K:clef=treble-8]F4|", key: "D"), "0+2:66 2+2:54")
    XCTAssertEqual(notes("F4[K:bass]F4|", key: "D"), "0+2:66 2+2:66")
    XCTAssertEqual(notes("C4[K:transpose=2]C4|"), "0+2:60 2+2:62")
  }

  func testSection4_6UnknownClefsAndSettingsAreIgnored() throws {
    let text = tune("C8|", header: "M:4/4\nL:1/8\nV:p1 perc stafflines=3 m=C mozart:noteC=snare-drum\n")
    assertParse(text)
    let voice = try XCTUnwrap(try readScore(text).voices.first)
    XCTAssertEqual(voice.identifier, "p1")
    XCTAssertEqual(voice.staff.lines, 3)
    XCTAssertEqual(voice.staff.middle, "C")
    assertParse(tune("C8|", key: "G clef=sackbut"))
    XCTAssertNil(try readVoice("C8|", key: "G clef=sackbut").staff.clef)
    XCTAssertEqual(try readVoice("F8|", key: "G clef=sackbut").pitches, [66])
  }
}
