import XCTest

@testable import ABCNotation

/// ABC 2.1, section 12: dialects, strict and loose interpretation.
final class Section12DialectsTests: XCTestCase {
  // MARK: 12.1

  func testSection12_1_1ExclamationMarksThatBreakLinesHideNoNotes() {
    let fields = "M:4/4\nL:1/8\nI:linebreak !\n"
    XCTAssertEqual(notes("AB!CD!EF", header: fields), notes("ABCDEF"))
    XCTAssertEqual(notes("C8|!D8|!E8|!", header: fields), notes("C8|D8|E8|"))
    assertParse(tune("C8|!D8|!\nE8|!", header: fields))
  }

  func testSection12_1_1LinebreakBringsPlusSignsForDecorations() throws {
    XCTAssertEqual(try readVoice("+trill+C8|!", header: "M:4/4\nL:1/8\nI:linebreak !\n").marks, "!trill!")
  }

  func testSection12_1_2DecorationsBetweenPlusSigns() throws {
    let fields = "M:4/4\nL:1/8\nI:decoration +\n"
    XCTAssertEqual(try readVoice("+trill+C4+plus+D4|", header: fields).marks, "!trill! !plus!")
    assertParse(tune("+trill+C4+plus+D4|", header: fields))
  }

  func testSection12_1_2TheOtherSignIsAnErrorThen() {
    XCTAssertNotEqual(
      Tunebook(parsing: strict("!trill!C8|", header: "M:4/4\nL:1/8\nI:decoration +\n")).codes, [])
  }

  func testSection12_1_2TheDefaultMayBeAskedFor() throws {
    let text = "I:decoration +\n\n" + tune("!trill!C8|", header: "M:4/4\nL:1/8\nI:decoration !\n")
    assertParse(text)
    XCTAssertEqual(try readScore(text).voices.first?.marks, "!trill!")
  }

  func testSection12_1_3ChordsBetweenPlusSignsAreObsolete() {
    XCTAssertEqual(notes("+C4E4G4+ C4"), notes("[C4E4G4] C4"))
  }

  // MARK: 12.2

  func testSection12_2ExclamationMarksByTheAlgorithm() throws {
    XCTAssertEqual(try readVoice("!trill!C4").marks, "!trill!")
    // Another `!` behind one of `|[:]`, a blank or the line's end: two line breaks, and music between.
    for (music, plain) in [
      ("C!D E!F", "CD EF"), ("C!D|E!F", "CD|EF"), ("C![DE]!F", "C[DE]F"), ("C!:|D!E", "C:|DE"),
      ("C!\nD!E", "C\nDE"),
      ("C!D[EG]E!F", "CD[EG]EF"),
    ] { XCTAssertEqual(notes(music), notes(plain), music) }
  }

  func testSection12_2LegacyTunesAreUnderstood() {
    let book = Tunebook(parsing: "X:1\nT:Old\nM:4/4\nL:1/8\nQ:120\nK:G\n+C2E2+ G2 A4!|B8:|\n")
    XCTAssertEqual(book.tunes.map(\.score.noteCount), [5])
    XCTAssertTrue(book.diagnostics.allSatisfy { $0.severity < .error }, "\(book.codes)")
  }

  // MARK: 12.3

  func testSection12_3StrictFilesAreCheckedTheSame() {
    for version in ["2.1", "2.2"] {
      assertParse("%abc-\(version)\n\n" + tune("⟦ABC202⟧[CEG C6|C8|"))
      XCTAssertEqual(Tunebook(parsing: "%abc-\(version)\n\n" + tune("C8|")).tunes[0].score.version, version)
    }
  }
}
