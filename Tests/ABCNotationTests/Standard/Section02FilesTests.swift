import XCTest

@testable import ABCNotation

/// ABC 2.1, section 2: files, tunes and fragments.
final class Section02FilesTests: XCTestCase {
  private let scale = "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\nC8|\n"

  // MARK: 2.1

  func testSection2_1AFileMayNameItsVersion() throws {
    XCTAssertEqual(try readScore("%abc-2.1\n" + scale).version, "2.1")
    XCTAssertEqual(try readScore("%abc-2.1\n\n" + scale).version, "2.1")
    XCTAssertNil(try readScore("%abc\n" + scale).version)
    XCTAssertNil(try readScore(scale).version)
  }

  func testSection2_1AByteOrderMarkIsIgnored() throws {
    assertParse("\u{FEFF}%abc-2.1\n" + scale)
    XCTAssertEqual(try readScore("\u{FEFF}%abc-2.1\n" + scale).version, "2.1")
  }

  // MARK: 2.2

  func testSection2_2HeaderTunesAndTextsArePartedByEmptyLines() {
    let text =
      "%abc-2.1\nO:Ireland\n\nSome free text.\n\n" + scale + "\n%%text Typeset text\n\nX:2\nT:B\nK:G\nG8|\n"
    assertParse(text)
    let book = Tunebook(parsing: text)
    XCTAssertEqual(book.tunes.map(\.score.title), ["Test", "B"])
    XCTAssertEqual(book.tunes.map { $0.score.values(of: "O") }, [["Ireland"], ["Ireland"]])
  }

  func testSection2_2_1ATuneEndsAtAnEmptyLineOrTheEnd() {
    let book = Tunebook(parsing: scale + "\nC8|D8|\n\nX:2\nT:B\nK:C\nC8|")
    XCTAssertEqual(book.tunes.map(\.score.noteCount), [1, 1])
    XCTAssertEqual(book.codes, [])
  }

  func testSection2_2_1TheHeaderGoesFromNumberAndTitleToKey() {
    assertParse("⟦ABC101⟧T:Test\nK:C\nC8|\n")
    assertParse("⟦ABC102⟧X:1\nK:C\nC8|\n")
    assertParse("X:1\nT:Test\n⟦ABC103⟧CDEF|\n")
  }

  func testSection2_2_1ATuneWithoutABodyIsLegal() {
    let book = Tunebook(parsing: "X:1\nT:Only documented\nC:Trad.\nK:C\n")
    XCTAssertEqual(book.tunes.map(\.score.title), ["Only documented"])
    XCTAssertEqual(book.tunes.map(\.isClean), [true], "\(book.codes)")
  }

  func testSection2_2_2TheFileHeaderSetsDefaultsThatATuneOverrides() {
    let text = """
      %abc-2.1
      M:3/4
      L:1/4
      %%titlefont Arial 10

      X:1
      T:A
      K:C
      CDE|

      X:2
      T:B
      M:2/4
      L:1/8
      K:C
      CDEF|

      X:3
      T:C
      K:C
      CDE|
      """
    assertParse(text)
    let scores = Tunebook(parsing: text).tunes.map(\.score)
    XCTAssertEqual(scores.map { $0.meter.description }, ["3/4", "2/4", "3/4"])
    XCTAssertEqual(scores.map(\.unitLength), [Fraction(1, 4), Fraction(1, 8), Fraction(1, 4)])
    XCTAssertEqual(scores.map { $0.directives.map(\.name) }, [["titlefont"], ["titlefont"], ["titlefont"]])
  }

  func testSection2_2_2AFileHeaderStandsOnlyAtTheBeginning() {
    let book = Tunebook(parsing: scale + "\nM:3/4\n\nX:2\nT:B\nM:4/4\nK:C\nC8|\n\nX:3\nT:C\nK:C\nC8|\n")
    XCTAssertEqual(book.tunes.map { $0.score.meter.description }, ["4/4", "4/4", "none"])
  }

  func testSection2_2_3FreeTextIsNoMusic() {
    let text = "From: John <j.s@mail.com>\n<html><body>abc def</body>\n\n" + scale + "\nA good tune, cdef.\n"
    assertParse(text)
    XCTAssertEqual(Tunebook(parsing: text).tunes.map(\.score.noteCount), [1])
  }

  func testSection2_2_3TypesetTextInATuneIsKept() throws {
    let text = "X:1\nT:Test\nM:4/4\nL:1/8\n%%text In the header\nK:C\nC8|\n%%center In the body\nD8|\n"
    assertParse(text)
    let score = try readScore(text)
    XCTAssertEqual(score.directives.map { "\($0.name) \($0.value)" }, ["text In the header"])
    let inBody = score.voices[0].measures.flatMap(\.changes).compactMap { change -> String? in
      if case .directive(let directive) = change.kind { return directive.value }
      return nil
    }
    XCTAssertEqual(inBody, ["In the body"])
  }

  func testSection2_2_4BlanksAloneMakeAnEmptyLine() {
    let book = Tunebook(parsing: scale + " \t \nD8|\n")
    XCTAssertEqual(book.tunes.map(\.score.noteCount), [1])
  }

  func testSection2_2_4LineBreaksInTheMusicChangeNoSound() {
    XCTAssertEqual(notes("CDEF\nGABc|\nc8|"), notes("CDEFGABc|c8|"))
  }

  func testSection2_2_5CommentsAndRemarksAreRemoved() {
    let plain = "|:DEF FED|\nDEF  FED:|"
    let commented = """
      |:DEF FED| % this is an end of line comment
      % this is a comment line
      DEF [r:and this is a remark] FED:|
      """
    assertParse(tune(commented, header: "M:6/8\nL:1/8\n"))
    XCTAssertEqual(notes(commented, header: "M:6/8\n"), notes(plain, header: "M:6/8\n"))
  }

  func testSection2_2_5ACommentBehindBlanksIsNoEmptyLine() {
    assertParse(tune("C8|\n   % a comment\nD8|\n"))
    XCTAssertEqual(notes("C8|\n   % a comment\nD8|"), "0+4:60 | 0+4:62")
  }

  func testSection2_2_5ACommentBehindBlanksInAHeader() {
    assertParse("X:1\nT:Test\n  % a comment\nM:4/4\nL:1/8\nK:C\nC8|\n")
    assertParse("X:1\nT:Test\n\t% a comment\nM:4/4\nL:1/8\nK:C\nC8|\n")
  }

  func testSection2_2_5AnEscapedPercentSignIsText() throws {
    let score = try readScore("X:1 % the number\nT:Half \\% and half % a comment\nK:G % the key\nG8|\n")
    XCTAssertEqual(score.title, "Half % and half")
    XCTAssertEqual(score.referenceNumber, 1)
    XCTAssertEqual(score.key.fifths, 1)
  }

  func testSection2_2_6MusicFieldsAndDirectivesMayGoOn() throws {
    XCTAssertEqual(notes("CDEF\\\nGABc|"), notes("CDEFGABc|"))
    let text = "X:1\nT:One\n+:title\nI:score (1\n+:2)\nK:C\nC8|\n"
    assertParse(text)
    let score = try readScore(text)
    XCTAssertEqual(score.title, "One title")
    XCTAssertEqual(score.directives.last?.value, "(1 2)")
  }

  // MARK: 2.3

  func testSection2_3AnExampleOfATuneInADocument() {
    XCTAssertEqual(
      Tunebook(parsing: "<pre>\n\nX:1\nT:Title\nK:C\nDEF FED:|\n\n</pre>\n").tunes.map(\.score.noteCount), [6]
    )
  }

  func testSection2_3_1AFragmentWithAPartOfAHeaderIsRead() throws {
    let text = "T:Major scale in D\nK:D\nDEFG ABcd|\n"
    assertParse("⟦ABC101⟧" + text)
    let score = try readScore(text)
    XCTAssertEqual(score.title, "Major scale in D")
    XCTAssertEqual(score.meter, .free)
    XCTAssertEqual(score.voices.first?.pitches, [62, 64, 66, 67, 69, 71, 73, 74])
  }

  func testSection2_3_1AFragmentWithoutAHeaderIsTextInAFile() {
    XCTAssertEqual(Tunebook(parsing: "CDEF GABc|\n").tunes.count, 0)
  }

  func testSection2_3_2AnEmbeddedTuneNeedsNoEmptyLine() {
    assertParse("X:1\nT:Title\nK:C\nDEF FED:|")
  }

  func testSection2_3_3AnEmbeddedFileHeaderIsOneOfTheFile() throws {
    XCTAssertEqual(try readScore("%%titlefont Arial 10\n\n" + scale).directives.map(\.value), ["Arial 10"])
  }

  func testSection2_3_4AnEmbeddedFileIsReadAlone() {
    XCTAssertEqual(
      Tunebook(parsing: "M:3/4\n\n" + "X:1\nT:A\nK:C\nCDE|\n").tunes[0].score.meter.description, "3/4")
    XCTAssertEqual(Tunebook(parsing: "X:1\nT:A\nK:C\nCDE|\n").tunes[0].score.meter, .free)
  }
}
