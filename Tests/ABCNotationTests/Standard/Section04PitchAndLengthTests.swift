import XCTest

@testable import ABCNotation

/// ABC 2.1, 4.1 to 4.7: pitch, length, broken rhythm, rests, clefs, beams.
final class Section04PitchAndLengthTests: XCTestCase {
  // MARK: 4.1

  func testSection4_1PitchesAndOctaves() throws {
    XCTAssertEqual(
      try readVoice("CDEFGABcdefgab").pitches, [60, 62, 64, 65, 67, 69, 71, 72, 74, 76, 77, 79, 81, 83])
    XCTAssertEqual(try readVoice("C,,C,Ccc'c''").pitches, [36, 48, 60, 72, 84, 96])
  }

  func testSection4_1AnyMixtureOfCommasAndApostrophes() throws {
    XCTAssertEqual(try readVoice("C,',C,").pitches, [48, 48])
    XCTAssertEqual(try readVoice("C'cc,'c'',").pitches, [72, 72, 72, 84])
    assertParse(tune("C,',2C'2c,'2c'',2|"))
  }

  func testSection4_1TheOctaveParameterOfKeyAndVoice() throws {
    XCTAssertEqual(try readVoice("C", key: "C octave=1").pitches, [72])
    XCTAssertEqual(try readVoice("C", header: "V:1 octave=-1\n").pitches, [48])
    XCTAssertEqual(try readVoice("C4[K:octave=-2]C4|").pitches, [60, 36])
  }

  // MARK: 4.2

  func testSection4_2Accidentals() throws {
    XCTAssertEqual(try readVoice("^F|=F|_B|^^F|__B|F").pitches, [66, 65, 70, 67, 69, 65])
    XCTAssertEqual(try readVoice("=FF|F", key: "D").pitches, [65, 65, 66])
    assertParse(tune("C8⟦ABC208⟧^|C8|"))
  }

  func testSection4_2AnAccidentalHoldsToTheEndOfTheBar() throws {
    XCTAssertEqual(try readVoice("^FFfF,|F").pitches, [66, 66, 78, 54, 65])
    XCTAssertEqual(try readVoice("_BB=BB|B", key: "C").pitches, [70, 70, 71, 71, 71])
    XCTAssertEqual(try readVoice("^F4F4:|F4||F4|]").pitches, [66, 66, 65, 65])
  }

  // MARK: 4.3

  func testSection4_3Multipliers() throws {
    XCTAssertEqual(
      try lengths("A A1 A2 A3 A4 A6 A7 A8 A12 A14 A15", header: "L:1/16\n"),
      "1/4 1/4 1/2 3/4 1 3/2 7/4 2 3 7/2 15/4")
    XCTAssertEqual(try lengths("A A2 A3 A4 DEF", header: "L:1/8\n"), "1/2 1 3/2 2 1/2 1/2 1/2")
  }

  func testSection4_3Fractions() throws {
    XCTAssertEqual(try lengths("A/2 A3/2 A/4 A/ A// A///"), "1/4 3/4 1/8 1/4 1/8 1/16")
    XCTAssertEqual(try lengths("A/16 A3/ A3//"), "1/32 3/4 3/8")
  }

  func testSection4_3A128thNoteIsHandled() throws {
    XCTAssertEqual(try lengths("A A/64", header: "L:1/2\n"), "2 1/32")
    XCTAssertEqual(try lengths("A", header: "L:1/128\n"), "1/32")
  }

  func testSection4_3WhatIsNoLength() {
    assertParse(tune("C7 C⟦ABC207⟧0|C8|"))
    assertParse(tune("C4 C4 ⟦ABC206⟧2|C8|"))
  }

  // MARK: 4.4

  func testSection4_4BrokenRhythmTheThreeLinesOfTheExample() {
    let expected =
      "0+3/4:81 3/4+1/4:83 1+1/4:72 5/4+3/4:74 2+1/2:81 5/2+1/2:83 3+1/2:72 7/2+1/2:74"
    XCTAssertEqual(notes("a3b cd3 a2b2c2d2", header: "M:4/4\nL:1/16\n"), expected)
    XCTAssertEqual(notes("a3/2b/2 c/2d3/2 abcd"), expected)
    XCTAssertEqual(notes("a>b c<d abcd"), expected)
    assertParse(tune("a>b c<d abcd|"))
  }

  func testSection4_4BrokenRhythmDoubleAndTriple() throws {
    XCTAssertEqual(try lengths("a>>b c>>>d"), "7/8 1/8 15/16 1/16")
    XCTAssertEqual(try lengths("a<<b c<<<d"), "1/8 7/8 1/16 15/16")
  }

  func testSection4_4BrokenRhythmBetweenRestsAndChords() throws {
    XCTAssertEqual(try lengths("a>z [ac]<[bd]"), "3/4 1/4 1/4 3/4")
  }

  func testSection4_4BrokenRhythmBetweenUnequalNotesIsUndefined() {
    assertParse(tune("d2⟦ABC306⟧>B C4 C/|"))
    XCTAssertEqual(DiagnosticCode.unequalBrokenRhythm.severity, .info)
  }

  // MARK: 4.5

  func testSection4_5RestsHaveTheLengthsOfNotes() throws {
    let voice = try readVoice("z2x3/2z/x")
    XCTAssertEqual(voice.events.map(\.kind), [.rest, .invisibleRest, .rest, .invisibleRest])
    XCTAssertEqual(try lengths("z2x3/2z/x"), "1 3/4 1/4 1/2")
  }

  func testSection4_5RestsOverSeveralBars() throws {
    let header = "M:2/4\nL:1/8\n"
    let long = try readVoice("Z4|CD EF|GA Bc|", header: header)
    XCTAssertEqual(long.measures.map(\.count), [4, 1, 1])
    XCTAssertEqual(long.measures.map(\.length), [Fraction(2), Fraction(1, 2), Fraction(1, 2)])
    assertParse(tune("Z4|CD EF|GA Bc|", header: header))
    let short = try readVoice("z4|z4|z4|z4|CD EF|GA Bc|", header: header)
    XCTAssertEqual(short.measures.count, 6)
    XCTAssertEqual(
      short.measures.reduce(.zero) { $0 + $1.length }, long.measures.reduce(.zero) { $0 + $1.length })
  }

  func testSection4_5WithoutANumberOneBar() throws {
    XCTAssertEqual(try lengths("Z|X|X3|C6|", header: "M:3/4\nL:1/8\n"), "3 3 9 3")
    XCTAssertEqual(notes("C8|[M:3/4]Z2|C6|"), "0+4:60 | 0+6: | 0+3:60")
  }

  // MARK: 4.7

  func testSection4_7BeamsChangeNoLength() throws {
    XCTAssertEqual(try lengths("A2BC A2 B C"), "1 1/2 1/2 1 1/2 1/2")
    XCTAssertEqual(notes("ABC2DE"), notes("AB C2 DE"))
  }

  func testSection4_7BackQuotesAreIgnored() {
    XCTAssertEqual(notes("A2``B``C"), notes("A2BC"))
    assertParse(tune("A2``B``C A2``B`C|"))
  }
}
