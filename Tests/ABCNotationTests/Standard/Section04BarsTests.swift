import XCTest

@testable import ABCNotation

/// ABC 2.1, 4.8 to 4.11: bars, endings, ties and slurs.
final class Section04BarsTests: XCTestCase {
  // MARK: 4.8

  func testSection4_8TheSignsOfTheTable() throws {
    let voice = try readVoice("C8|D8|]E8||F8[|G8|:A8:|B8::c8|]")
    XCTAssertEqual(voice.signs, ["|", "||", "||", "||", "|:", ":|", ":|:", "||"])
    XCTAssertEqual(voice.measures.count, 8)
  }

  func testSection4_8TwoColonsAreTwoRepeats() throws {
    for sign in ["::", ":|:", ":||:"] {
      let voice = try readVoice("|:C8\(sign)D8:|")
      XCTAssertEqual(voice.signs, [":|:", ":|"], sign)
      assertParse(tune("|:C8\(sign)D8:|"))
    }
  }

  func testSection4_8MoreColonsAreMoreRepeats() throws {
    let voice = try readVoice("|::C8::|D8|")
    XCTAssertEqual(voice.measures[0].opening?.repeatsAfter, 2)
    XCTAssertEqual(voice.measures[0].closing?.repeatsBefore, 2)
    assertParse(tune("|::C8::|D8|"))
  }

  func testSection4_8DottedAndInvisibleBars() throws {
    XCTAssertEqual(try readVoice("C8.|D8[|]E8|").signs, [".|", "[|]", "|"])
    assertParse(tune("C8.|D8[|]E8|"))
    XCTAssertEqual(try readVoice(".C8.|D8|").marks, "!staccato! -")
  }

  func testSection4_8SignsOfAnyShape() throws {
    for (sign, expected) in [
      ("|[|", "||"), ("[|:::", "||:::"), ("||:", "||:"), (":|]", ":||"), (":||", ":||"),
    ] {
      let voice = try readVoice("C8\(sign)D8|")
      XCTAssertEqual(voice.signs.first, expected, sign)
      XCTAssertEqual(voice.measures.count, 2, sign)
    }
  }

  func testSection4_8SignsAreToldFromChordsAndFields() {
    XCTAssertEqual(notes("C8|[CE]8|[K:D]F8|"), "0+4:60 | 0+4:60&64 | 0+4:66")
  }

  func testSection4_8ARepeatMayLackItsStart() {
    assertParse(tune("C8:|D8:|"))
    assertParse(tune("C8|D8:|E8|F8:|"))
  }

  // MARK: 4.9

  func testSection4_9FirstAndSecondRepeats() throws {
    let header = "M:6/8\nL:1/8\n"
    for music in [
      "|:faf gfe|[1 dfe dBA:|[2 d2e dcB|]", "|:faf gfe|1 dfe dBA:|2 d2e dcB|]",
      "|:faf gfe| [1 dfe dBA:| [2 d2e dcB|]",
    ] {
      let voice = try readVoice(music, header: header)
      XCTAssertEqual(voice.endings, [[], [1], [2]], music)
      XCTAssertEqual(voice.signs, ["|", ":|", "||"], music)
      assertParse(tune(music, header: header))
    }
  }

  func testSection4_9ANumberApartFromItsBarIsNotLegal() throws {
    assertParse(tune("|:C8| ⟦ABC206⟧1 D8:|"))
    XCTAssertEqual(try readVoice("|:C8| 1 D8:|").endings, [[], []])
  }

  func testSection4_9TheRepeatMayLackItsStart() {
    assertParse(tune("C8|1D8:|2E8|]"))
  }

  func testSection4_9EndingsBehindDoubleBars() throws {
    XCTAssertEqual(try readVoice("|:C8||1D8:|2E8||").endings, [[], [1], [2]])
    XCTAssertEqual(try readVoice("|:C8||[1D8:|[2E8||").endings, [[], [1], [2]])
    assertParse(tune("|:C8||[1D8:|[2E8||F8|]"))
  }

  // MARK: 4.10

  func testSection4_10ListsAndRanges() throws {
    for (sign, passes) in [
      ("[1", [1]), ("[1,3", [1, 3]), ("[1-3", [1, 2, 3]), ("[1,3,5-7", [1, 3, 5, 6, 7]),
      ("[2,4,8", [2, 4, 8]),
      ("1,3", [1, 3]), ("1-3", [1, 2, 3]),
    ] {
      XCTAssertEqual(try readVoice("|:C8|\(sign) D8:|").endings, [[], passes], sign)
    }
  }

  func testSection4_10EndingsWithPartsInOrder() throws {
    let text = """
      X:1
      T:Test
      M:4/4
      L:1/8
      P:A4.B4
      K:C
      P:A
      C8 | [1 D8 :| [2 E8 :| [3 F8 :| [4 G8 |]
      P:B
      C8 | [1,3 D8 :| [2,4 E8 |]
      """
    assertParse(text)
    let score = try readScore(text)
    XCTAssertEqual(score.partOrder.map { String($0) }, "AAAABBBB")
    XCTAssertEqual(score.voices[0].endings, [[], [1], [2], [3], [4], [], [1, 3], [2, 4]])
    XCTAssertEqual(score.voices[0].measures.map(\.part), ["A", nil, nil, nil, nil, "B", nil, nil])
  }

  func testSection4_10EndingsCountUp() {
    assertParse(tune("|:C8|⟦ABC504⟧[2C8:|"))
    assertParse(tune("|:C8|[1C8:|⟦ABC504⟧[3C8|]"))
  }

  // MARK: 4.11

  func testSection4_11TiesWithinAndBetweenBars() throws {
    let voice = try readVoice("abc2-|c2ba|c4-c4|")
    XCTAssertEqual(voice.notes.map(\.isTied), [false, false, true, false, false, false, true, false])
    assertParse(tune("abc2abc-c-|c4-c4|"))
  }

  func testSection4_11ATieTouchesItsFirstNote() {
    assertParse(tune("c4 ⟦ABC403⟧-c4|"))
    assertParse(tune("c8|⟦ABC401⟧-c8|"))
  }

  func testSection4_11ATieMayBeFarFromItsSecondNote() throws {
    XCTAssertEqual(try readVoice("c4- c4|").notes.map(\.isTied), [true, false])
    assertParse(tune("c4- c4|c8- | c8|"))
  }

  func testSection4_11ATieJoinsNotesOfOnePitch() {
    assertParse(tune("⟦ABC401⟧c4-d4|C8|"))
    assertParse(tune("⟦ABC401⟧c4-z4|C8|"))
  }

  func testSection4_11ATieCarriesItsAccidental() throws {
    XCTAssertEqual(try readVoice("^f8-|f4f4|").pitches, [78, 78, 77])
    assertParse(tune("^f8-|f8|"))
  }

  func testSection4_11TiesIntoAndOutOfChords() throws {
    XCTAssertEqual(
      try readVoice("[CEG]4-[CEG]4|").notes.map(\.isTied), [true, true, true, false, false, false])
    XCTAssertEqual(try readVoice("[C-EG]4C4|").notes.map(\.isTied), [true, false, false, false])
    XCTAssertEqual(try readVoice("C4-[CE]4|").notes.map(\.isTied), [true, false, false])
    assertParse(tune("[CEG]4-[CEG]4|[C-EG]4C4|C4-[CE]4|"))
  }

  func testSection4_11ATieBindsIntoEachEnding() {
    assertParse(tune("|:C8-|1C8:|2C8|]"))
  }

  func testSection4_11Slurs() {
    for music in [
      "(DEFG) DEFG", "( D E F G ) DEFG", "(c (d e f) g a) gf", "(c d (e) f g a) gf", "([CE]4 [DF]4)",
    ] {
      assertParse(tune(music + "|"))
    }
    XCTAssertEqual(notes("(c (d e f) g a)"), notes("cdefga"))
    assertParse(tune("⟦ABC501⟧(C4 C4|C8|"))
    assertParse(tune("C8⟦ABC502⟧)|C8|"))
  }

  func testSection4_11DottedSlursAndTies() throws {
    let voice = try readVoice(".(cde) .(cde.)C.-C|")
    XCTAssertEqual(voice.marks, "- - - - - - - -")
    XCTAssertEqual(voice.notes.map(\.isTied), [false, false, false, false, false, false, true, false])
    assertParse(tune(".(cde) .(cde.)C.-C|"))
  }
}
