import ABCNotation
import XCTest

@testable import ABCToMIDI

/// D.C., D.S., fine and coda, by the notes that are played.
final class NavigationTests: XCTestCase {
  private func played(_ music: String, header: String = "", voice: Int = 0) throws -> String {
    let text = "X:1\nT:Test\nM:4/4\nL:1/4\n\(header)K:C\n\(music)\n"
    let score = Tunebook(parsing: SourceText(name: "test", text: text)).tunes[0].score
    let names = [60: "C", 62: "D", 64: "E", 65: "F", 67: "G", 69: "A", 71: "B"]
    return try MIDIConverter().performances(of: score)[voice].notes.map { names[$0.pitch] ?? "?" }.joined()
  }

  func testDaCapoAlFine() throws {
    XCTAssertEqual(try played("C4|!fine!D4|E4|F4!D.C.!|"), "CDEFCD")
    XCTAssertEqual(try played("C4|D4!fine!||E4|!D.C.!F4|]"), "CDEFCD")
    XCTAssertEqual(try played("C4|D4!fine!|E4|F4!dacapo!|"), "CDEFCD")
  }

  /// `fine` and `D.C.` may stand within a bar: what follows their note is not played.
  func testWithinABar() throws {
    XCTAssertEqual(try played("C4|D!fine!DEE|F4!D.C.!|"), "CDDEEFCDD")
    XCTAssertEqual(try played("C4|D!D.C.!DEE|"), "CDDCDDEE")
  }

  func testDalSegno() throws {
    XCTAssertEqual(try played("C4|!segno!D4|E4!fine!|F4!D.S.!|"), "CDEFDE")
    XCTAssertEqual(try played("C2!segno!D2|E4!fine!|F4!D.S.!|"), "CDEFDE")
    XCTAssertEqual(try played("C4|SD4|E4!fine!|F4!D.S.!|"), "CDEFDE")
  }

  func testCoda() throws {
    XCTAssertEqual(try played("C4|D4!coda!|E4!D.C.!|!coda!F4|G4|]"), "CDECDFG")
    XCTAssertEqual(try played("C4|D4!dacoda!|E4!D.C.!|!coda!F4|G4|]"), "CDECDFG")
    XCTAssertEqual(try played("C4|!segno!D4|!coda!E4|F4!D.S.!|!coda!G4|]"), "CDEFDG")
  }

  /// On the way back nothing is repeated, and of endings the last is played.
  func testRepeatsOnTheWayBack() throws {
    XCTAssertEqual(try played("|:C4|1D4:|2E4!fine!||F4!D.C.!|"), "CDCEFCE")
    XCTAssertEqual(try played("|:C4:|D4!fine!|E4!D.C.!|"), "CCDECD")
    XCTAssertEqual(try played("|:C4|D4!D.C.!:|"), "CDCDCD")
  }

  /// Without a sign to go back to there is nowhere to go; without D.C. or D.S. `fine` and coda mean nothing.
  func testSignsThatLeadNowhere() throws {
    XCTAssertEqual(try played("C4|D4!D.S.!|E4|"), "CDE")
    XCTAssertEqual(try played("C4|!fine!D4|!coda!E4|!segno!F4|"), "CDEF")
  }

  /// Signs written once hold for every voice of as many bars.
  func testSignsInOneVoiceOnly() throws {
    let voices = "V:1\n|:C4:|D4!fine!|E4!D.C.!|\nV:2\nE4|F4|G4|\n"
    XCTAssertEqual(try played(voices), "CCDECD")
    XCTAssertEqual(try played(voices, voice: 1), "EEFGEF")
    XCTAssertEqual(try played("V:1\n|:C4:|D4|\nV:2\nE4|F4|G4|\n", voice: 1), "EFG")
  }

  /// A part that is played as often as it has endings takes one each time (4.10).
  func testPartsTakeTheirEndingsInTurn() throws {
    let part = "P:A\nC4|[1D4:|[2E4:|[3F4:|[4G4|]\nP:B\nA4|\n"
    XCTAssertEqual(try played(part, header: "P:A4B\n"), "CDCECFCGA")
    XCTAssertEqual(try played(part, header: "P:A2BA2\n"), "CDCEACFCG")
    XCTAssertEqual(try played(part, header: "P:AB\n"), "CDCECFCGA")
    XCTAssertEqual(try played("P:A\nC4|[1,3D4:|[2,4E4|]\n", header: "P:A4\n"), "CDCECDCE")
  }
}
