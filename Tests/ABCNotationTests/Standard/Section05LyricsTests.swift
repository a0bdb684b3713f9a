import XCTest

@testable import ABCNotation

/// ABC 2.1, section 5: lyrics.
final class Section05LyricsTests: XCTestCase {
  private let quarters = "M:4/4\nL:1/4\n"

  /// The words of a verse under some music, in a file that asks for ABC 2.1.
  private func words(_ music: String, verse: Int = 1, file: StaticString = #filePath, line: UInt = #line)
    throws
    -> String
  {
    let score = try readScore(strict(music, header: quarters), file: file, line: line)
    return try XCTUnwrap(score.voices.first, file: file, line: line).words(verse)
  }

  func testSection5WordsBelowTheTune() throws {
    let text = tune("C8|\nW:Hey, the dusty miller\nW:He will win a shilling")
    assertParse(text)
    XCTAssertEqual(try readScore(text).words, ["Hey, the dusty miller", "He will win a shilling"])
  }

  // MARK: 5.1

  func testSection5_1LyricsMayComeLineByLineOrLater() throws {
    let near = "C D E F|\nw: doh re mi fa\nG A B c|\nw: sol la ti doh"
    let late = "C D E F|\nG A B c|\nw: doh re mi fa sol la ti doh"
    XCTAssertEqual(try words(near), "doh re mi fa sol la ti doh")
    XCTAssertEqual(try words(late), "doh re mi fa sol la ti doh")
    assertParse(strict(near, header: quarters))
    assertParse(strict(late, header: quarters))
  }

  func testSection5_1NotesWithoutSyllables() throws {
    XCTAssertEqual(try words("C D E F|\nw: doh re\nG A B c|\nw: sol"), "doh re · · sol · · ·")
    XCTAssertEqual(
      try words("C D E F|\nw: doh re mi fa\nG G G G|\nw:\nF E F C|\nw: fa mi re doh"),
      "doh re mi fa · · · · fa mi re doh")
  }

  func testSection5_1SyllablesWithoutNotesAreIgnored() throws {
    XCTAssertEqual(try words("C D E F|\nw: doh re mi fa sol la\nG A B c|\nw: ti"), "doh re mi fa ti · · ·")
  }

  func testSection5_1GraceNotesRestsAndSpacersHaveNoSyllables() throws {
    XCTAssertEqual(try words("C z {gag}E y F Z|\nw: one two three"), "one two three")
    XCTAssertEqual(try words("C x2 \"^text\"y [EG]|\nw: one two"), "one two")
  }

  func testSection5_1TiedSlurredAndBeamedNotesAreSeparate() throws {
    XCTAssertEqual(try words("C2-C2|(DEF)G|\nw: one two a b c d"), "one two a b c d")
  }

  func testSection5_1Hyphens() throws {
    XCTAssertEqual(try words("C D E z|\nw: syll-a-ble"), "syll- a- ble")
    XCTAssertEqual(try words("C D E F|\nw: syll-a--ble"), "syll- a-_ · ble")
    XCTAssertEqual(try words("C D E F|\nw: syll-a -ble"), "syll- a-_ · ble")
  }

  func testSection5_1UnderscoresHold() throws {
    XCTAssertEqual(try words("C D E F|\nw: time__ on"), "time__ · · on")
    XCTAssertEqual(try words("C D E F|\nw: al-_le lu"), "al-_ · le lu")
  }

  func testSection5_1StarsSkipANote() throws {
    XCTAssertEqual(try words("C D E F|\nw: one * two"), "one · two ·")
    XCTAssertEqual(try words("C D E F|\nw: one**two"), "one · · two")
  }

  func testSection5_1TildesAndEscapedHyphens() throws {
    XCTAssertEqual(try words("C D E F|\nw: of~the~day on"), "of~the~day on · ·")
    XCTAssertEqual(try words("C D E F|\nw: well\\-known on"), "well-known on · ·")
  }

  func testSection5_1ABarSignAdvances() throws {
    XCTAssertEqual(try words("C D E F|G A B c|\nw: one | two"), "one · · · two · · ·")
    XCTAssertEqual(
      try words("C D E F|G A B c|\nw: one two three four | five"), "one two three four five · · ·")
    XCTAssertEqual(try words("C4|D4|E4|F4|\nw: one | | two"), "one · two ·")
  }

  func testSection5_1TheWaxiesDargle() throws {
    let text = """
      X:1
      T:Test
      M:4/4
      L:1/8
      K:C
       gf|e2dc B2A2|B2G2 E2D2|.G2.G2 GABc|d4 B2|
      w: Sa-ys my au-l' wan to your aul' wan,
      +: Will~ye come to the Wa-x-ies dar-gle?
      """
    assertParse(text)
    let voice = try XCTUnwrap(try readScore(text).voices.first)
    XCTAssertEqual(
      voice.words(), "Sa- ys my au- l' wan to your aul' wan, Will~ye come to the Wa- x- ies dar- gle?")
    XCTAssertEqual(voice.lyrics.map(\.verse), Array(repeating: 1, count: 19))
  }

  func testSection5_1SyllablesKnowTheirPlace() throws {
    let text = tune("C4 D4|\nw: won-der")
    let source = SourceText(name: "", text: text)
    let lyrics = try XCTUnwrap(try readScore(text).voices.first).lyrics
    XCTAssertEqual(lyrics.map { source.string($0.range) }, ["won", "der"])
    XCTAssertEqual(lyrics.map(\.event), [0, 1])
  }

  func testSection5_1WordsAreTextStrings() throws {
    XCTAssertEqual(try words("C D E F|\nw: caf\\'e caf&eacute; 100\\% ok % a comment"), "café café 100% ok")
  }

  func testSection5_1WordsBelongToTheirVoice() throws {
    let text =
      "%abc-2.1\n\nX:1\nT:A\nM:4/4\nL:1/4\nK:C\n[V:1]CDEF|\nw:a b c d\n[V:2]EFGA|\nw:e f g h\n[V:1]C4|\nw:i\n[V:2]E4|\n"
    assertParse(text)
    XCTAssertEqual(try readScore(text).voices.map { $0.words() }, ["a b c d i", "e f g h ·"])
  }

  // MARK: 5.2

  func testSection5_2Verses() throws {
    let plain = "CDEF FEDC|\nw: these are the lyr-ics for verse one\nw: these are the lyr-ics for verse two"
    let split = """
      CDEF FEDC|
      w: these are the lyr-ics
      +: for verse one
      w: these are the lyr-ics
      +: for verse two
      """
    for music in [plain, split] {
      XCTAssertEqual(try words(music, verse: 1), "these are the lyr- ics for verse one")
      XCTAssertEqual(try words(music, verse: 2), "these are the lyr- ics for verse two")
      XCTAssertEqual(try words(music, verse: 3), "· · · · · · · ·")
    }
    assertParse(strict(plain))
  }

  func testSection5_2VersesLineByLine() throws {
    let music = "CDEF|\nw:a b c d\nw:e f g h\nGABc|\nw:i j k l\nw:m n o p"
    XCTAssertEqual(try words(music, verse: 1), "a b c d i j k l")
    XCTAssertEqual(try words(music, verse: 2), "e f g h m n o p")
  }

  // MARK: 5.3

  func testSection5_3Numbering() throws {
    XCTAssertEqual(try words("C D E F|\nw: 1.~Three blind mice"), "1.~Three blind mice ·")
  }
}
