import XCTest

@testable import ABCNotation

/// ABC 2.1, 4.12 and 4.13: grace notes and tuplets.
final class Section04OrnamentsTests: XCTestCase {
  // MARK: 4.12

  func testSection4_12GraceNotesTakeNoTime() throws {
    let voice = try readVoice("{GdGe}A2B2|", key: "C")
    XCTAssertEqual(notes("{GdGe}A2B2|"), "0+1:69 1+1:71")
    XCTAssertEqual(voice.graceNotes(of: voice.events[0]).map(\.pitch), [67, 74, 67, 76])
    XCTAssertEqual(voice.graceNotes(of: voice.events[1]).map(\.pitch), [])
    XCTAssertFalse(voice.events[0].hasAcciaccatura)
    assertParse(tune("{GdGe}A4B4|"))
  }

  func testSection4_12LengthsWithinGraceNotes() throws {
    for (music, expected) in [
      ("{a3/2b/}c8|", [3, 1]), ("{a>b}c8|", [3, 1]), ("{a<b}c8|", [1, 3]), ("{ge4d}c8|", [1, 4, 1]),
    ] {
      let graces = try readVoice(music)
      let lengths = graces.graceNotes(of: graces.events[0]).map(\.duration)
      XCTAssertEqual(lengths.map { $0 / lengths.min()! }, expected.map { Fraction($0) }, music)
      assertParse(tune(music))
    }
  }

  func testSection4_12Acciaccaturas() throws {
    for (music, count) in [("{/g}C8|", 1), ("{/gagab}C8|", 5)] {
      let voice = try readVoice(music)
      XCTAssertTrue(voice.events[0].hasAcciaccatura, music)
      XCTAssertEqual(voice.events[0].graceNotes.count, count, music)
      assertParse(tune(music))
    }
    let mixed = try readVoice("{/g}C4{g}C4|")
    XCTAssertEqual(mixed.events.map(\.hasAcciaccatura), [true, false])
  }

  func testSection4_12GraceNotesAreTransparentToBrokenRhythm() throws {
    for music in ["A<{g}A", "A{g}<A", "A/2{g}A3/2"] {
      XCTAssertEqual(notes(music), "0+1/4:69 1/4+3/4:69", music)
      let voice = try readVoice(music)
      XCTAssertEqual(voice.events.map { voice.graceNotes(of: $0).map(\.pitch) }, [[], [79]], music)
    }
  }

  func testSection4_12GraceNotesKeepKeyAndAccidentals() throws {
    let voice = try readVoice("{f^g}f4g4|", key: "D")
    XCTAssertEqual(voice.graceNotes(of: voice.events[0]).map(\.pitch), [78, 80])
    XCTAssertEqual(voice.pitches, [78, 80])
  }

  func testSection4_12ChordsMayHaveGraceNotes() throws {
    let voice = try readVoice("{g}[CE]8|")
    XCTAssertEqual(voice.events[0].graceNotes.count, 1)
    assertParse(tune("⟦ABC203⟧{CD C8|C8|"))
  }

  // MARK: 4.13

  func testSection4_13TheTableInSimpleMeter() throws {
    let lengthsOfOne = ["3/4", "1/3", "3/8", "1/5", "1/6", "1/7", "3/16", "1/9"]
    for (count, expected) in zip(2...9, lengthsOfOne) {
      let music = "(\(count)" + String("abcdefgab".prefix(count))
      XCTAssertEqual(
        try lengths(music), Array(repeating: expected, count: count).joined(separator: " "), music)
    }
  }

  func testSection4_13TheTableInCompoundMeter() throws {
    let lengthsOfOne = ["3/4", "1/3", "3/8", "3/10", "1/6", "3/14", "3/16", "1/6"]
    for meter in ["6/8", "9/8", "12/8"] {
      for (count, expected) in zip(2...9, lengthsOfOne) {
        let music = "(\(count)" + String("abcdefgab".prefix(count))
        let all = Array(repeating: expected, count: count).joined(separator: " ")
        XCTAssertEqual(try lengths(music, header: "M:\(meter)\nL:1/8\n"), all, "\(meter) \(music)")
      }
    }
    XCTAssertEqual(try lengths("(5CDEFG", header: "M:3/4\nL:1/8\n"), "1/5 1/5 1/5 1/5 1/5")
    XCTAssertEqual(try lengths("[M:6/8](5CDEFG"), "3/10 3/10 3/10 3/10 3/10")
  }

  func testSection4_13LongSpellingsOfATriplet() throws {
    for sign in ["(3", "(3::", "(3:2", "(3:2:3", "(3:2:", "(3::3"] {
      XCTAssertEqual(try lengths(sign + "abc d"), "1/3 1/3 1/3 1/2", sign)
    }
    for sign in ["(3::2", "(3:2:2"] {
      XCTAssertEqual(try lengths(sign + "ab c"), "1/3 1/3 1/2", sign)
    }
  }

  func testSection4_13NotesOfDifferentLengths() throws {
    XCTAssertEqual(try lengths("(3:2:2 G4c2"), "4/3 2/3")
    XCTAssertEqual(try lengths("(3:2:4 G2A2Bc"), "2/3 2/3 1/3 1/3")
    XCTAssertEqual(try lengths("(3 D2E2F2"), "2/3 2/3 2/3")
    XCTAssertEqual(try lengths("(3 D3EF2"), "1 1/3 2/3")
    assertParse(tune("(3 D3EF2 (3:2:2 G4c2|"))
    assertParse(tune("(3:2:4 G2A2Bc G4|"))
  }

  func testSection4_13TheSpanOfATuplet() throws {
    let voice = try readVoice("C(3:2:4 G2A2BcD|")
    XCTAssertEqual(voice.tuplets.map(\.notes), [3])
    XCTAssertEqual(voice.tuplets.map(\.time), [2])
    XCTAssertEqual(voice.tuplets.map(\.events), [1..<5])
    XCTAssertEqual(voice.events.map(\.tuplet), [nil, 0, 0, 0, 0, nil])
  }

  func testSection4_13RestsAndChordsCount() throws {
    XCTAssertEqual(try lengths("(3[CE]zC D"), "1/3 1/3 1/3 1/2")
    XCTAssertEqual(try lengths("(3{g}CyDE F"), "1/3 1/3 1/3 1/2")
  }

  func testSection4_13BrokenRhythmInATuplet() {
    XCTAssertEqual(notes("(3C>DE"), "0+1/2:60 1/2+1/6:62 2/3+1/3:64")
  }

  func testSection4_13ATupletIsComplete() {
    assertParse(tune("C4 ⟦ABC304⟧(3E3F3|C8|"))
  }

  func testSection4_13ASlurBeforeATuplet() {
    assertParse(tune("((3abc) (3(abc) C4|"))
    XCTAssertEqual(notes("((3abc) (3(abc)"), notes("(3abc(3abc"))
  }
}
