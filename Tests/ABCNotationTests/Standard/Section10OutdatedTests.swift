import XCTest

@testable import ABCNotation

/// ABC 2.1, section 10: outdated syntax.
final class Section10OutdatedTests: XCTestCase {
  private func header(_ fields: String) -> String { "X:1\nT:Test\n\(fields)\nK:C\nC8|\n" }

  // MARK: 10.1

  func testSection10_1TheOldFieldsAreAccepted() throws {
    assertParse(header("A:Donegal\nE:8"))
    XCTAssertEqual(try readScore(header("A:Donegal")).values(of: "A"), ["Donegal"])
  }

  func testSection10_1HistoryGoesOnUntilTheNextField() throws {
    let text = header("H:The story\nof this tune, as old\nas the hills.\nR:reel")
    assertParse(text)
    let history = try XCTUnwrap(try readScore(text).values(of: "H").first)
    XCTAssertEqual(
      history.split { " \n".contains($0) }.joined(separator: " "),
      "The story of this tune, as old as the hills.")
    XCTAssertEqual(try readScore(text).values(of: "R"), ["reel"])
  }

  func testSection10_1TemposOfUnitLengths() throws {
    for tempo in ["C=120", "120"] {
      XCTAssertEqual(try readScore(header("L:1/8\nQ:\(tempo)")).tempo?.quartersPerMinute, Fraction(60), tempo)
      XCTAssertEqual(
        try readScore(header("Q:\(tempo)\nL:1/4")).tempo?.quartersPerMinute, Fraction(120), tempo)
      XCTAssertEqual(try readScore(header("Q:\(tempo)\nM:2/4")).tempo?.quartersPerMinute, Fraction(30), tempo)
      assertParse(header("L:1/8\nQ:\(tempo)"))
    }
  }

  // MARK: 10.2

  func testSection10_2_1AnExclamationMarkBreaksTheLine() {
    let fields = "M:6/8\nI:linebreak !\n"
    assertParse(tune("ABC DEF|!FED ABC|]", header: fields, key: "G"))
    XCTAssertEqual(
      notes("ABC DEF|!FED ABC|]", header: fields, key: "G"),
      notes("ABC DEF|FED ABC|]", header: "M:6/8\n", key: "G"))
  }

  func testSection10_2_2PlusSignsAroundDecorations() throws {
    XCTAssertEqual(try readVoice("+trill+C8|", header: "M:4/4\nL:1/8\nI:decoration +\n").marks, "!trill!")
  }

  func testSection10_2_3PlusSignsAroundChords() {
    XCTAssertEqual(notes("+CEG+D"), "0+1/2:60&64&67 1/2+1/2:62")
  }

  // MARK: 10.3

  func testSection10_3ABackslashContinuesNoField() throws {
    let score = try readScore("X:1\nT:A title \\\nC:Trad.\nK:C\nC8|\n")
    XCTAssertEqual(score.values(of: "C"), ["Trad."])
    let voice = try XCTUnwrap(try readScore(strict("C4D4|\nw:one \\\nE8|\nw:two")).voices.first)
    XCTAssertEqual(voice.words(), "one · two")
  }

  // MARK: 10.4

  func testSection10_4OldDirectivesAreKept() throws {
    let text = header("%%continueall true\n%%abc-copyright John Smith\n%%abc-edited-by Fred Bloggs")
    assertParse(text)
    XCTAssertEqual(
      try readScore(text).directives.map { "\($0.name)=\($0.value)" },
      ["continueall=true", "abc-copyright=John Smith", "abc-edited-by=Fred Bloggs"])
  }

  // MARK: 10.5

  func testSection10_5_1ATuneWithoutANumberIsReadWithAWarning() {
    let book = Tunebook(parsing: "T:Test\nM:4/4\nL:1/8\nK:C\nC8|\n")
    XCTAssertEqual(book.codes, ["ABC101"])
    XCTAssertEqual(book.diagnostics.map(\.severity), [.warning])
    XCTAssertEqual(book.tunes.map(\.score.noteCount), [1])
  }

  func testSection10_5_2FieldsBetweenTunesSetNoDefaults() {
    let text = "X:1\nT:A\nM:4/4\nL:1/8\nK:C\nC8|\n\nM:3/4\nL:1/4\n\nX:2\nT:B\nK:C\nC8|\n"
    let second = Tunebook(parsing: text).tunes[1].score
    XCTAssertTrue(second.meter.isFree)
    XCTAssertEqual(second.unitLength, Fraction(1, 8))
  }

  // MARK: 10.6

  func testSection10_6LyricsMayBePostponedVerseByVerse() throws {
    let near = """
      D2DE G2GG|A2EE ED-D2|
      w:1\\-~one two three four five six sev-en,
      w:2\\-~ein zwei drei vier fünf sechs sie-ben,
      A2B^c d4|
      w:eight nine ten more
      w:acht neun zehn elf**
      """
    let late = """
      %
      % music
      %
      D2DE G2GG|A2EE ED-D2|
      A2B^c d4|
      %
      % lyrics
      %
      w:1\\-~one two three four five six sev-en,****
      +:eight nine ten more
      %
      w:2\\-~ein zwei drei vier fünf sechs sie-ben,****
      +:acht neun zehn elf**
      """
    for (verse, words) in [
      (1, "1-~one two three four five six sev- en, · · · · eight nine ten more"),
      (2, "2-~ein zwei drei vier fünf sechs sie- ben, · · · · acht neun zehn elf"),
    ] {
      let first = try XCTUnwrap(try readScore(strict(late)).voices.first)
      XCTAssertEqual(first.words(verse), words)
      let second = try XCTUnwrap(try readScore(strict(near)).voices.first)
      XCTAssertEqual(second.words(verse), words)
    }
  }

  func testSection10_6LinesWithoutLyricsByTheVersion() throws {
    let music = "CDEF|\nFEDC|\ncdef|]\nw:these are lyr-ics"
    let fields = "M:4/4\nL:1/4\n"
    XCTAssertEqual(
      try readScore(strict(music, header: fields)).voices.first?.words(),
      "these are lyr- ics · · · · · · · ·")
    XCTAssertEqual(
      try readScore(tune(music, header: fields)).voices.first?.words(), "· · · · · · · · these are lyr- ics")
  }

  func testSection10_6AnEmptyLineOfWordsWorksInBothVersions() throws {
    let music = "CDEF|\nFEDC|\nw:\ncdef|]\nw:these are lyr-ics"
    let fields = "M:4/4\nL:1/4\n"
    for text in [strict(music, header: fields), tune(music, header: fields)] {
      XCTAssertEqual(try readScore(text).voices.first?.words(), "· · · · · · · · these are lyr- ics")
    }
  }

  // MARK: 10.7

  func testSection10_7_1AnAmpersandInWordsIsText() throws {
    let voice = try XCTUnwrap(try readScore(strict("C2D2E4|\nw:salt & pepper")).voices.first)
    XCTAssertEqual(voice.words(), "salt & pepper")
  }
}
