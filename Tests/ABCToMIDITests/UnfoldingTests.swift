import ABCNotation
import StandardMIDI
import XCTest

@testable import ABCToMIDI

/// The order in which bars are played, by the first note of each.
final class UnfoldingTests: XCTestCase {
  private func score(_ music: String, header: String = "") -> Score {
    let text = "X:1\nT:Test\nM:4/4\nL:1/8\n\(header)K:C\n\(music)\n"
    return Tunebook(parsing: SourceText(name: "test", text: text)).tunes[0].score
  }

  private func played(_ music: String, header: String = "") throws -> String {
    let notes = try MIDIConverter().performances(of: score(music, header: header))[0].notes
    let names = [60: "C", 62: "D", 64: "E", 65: "F", 67: "G", 69: "A", 71: "B"]
    return notes.map { names[$0.pitch] ?? "?" }.joined()
  }

  func testRepeats() throws {
    XCTAssertEqual(try played("|:C8|D8:|E8|]"), "CDCDE")
    XCTAssertEqual(try played("|:C8::D8:|"), "CCDD")
    XCTAssertEqual(try played("|::C8::|D8|"), "CCCD")
    XCTAssertEqual(try played("C8|D8:|"), "CDCD")
  }

  func testEndings() throws {
    XCTAssertEqual(try played("|:C8|1D8:|2E8|F8|]"), "CDCEF")
    XCTAssertEqual(try played("|:C8|[1D8:|[2E8:|F8|]"), "CDCEF")
    XCTAssertEqual(try played("|:C8|[1,3D8:|[2,4E8:|F8|]"), "CDCECDCEF")
    XCTAssertEqual(try played("|:C8|[1-2D8:|[3E8|]"), "CDCDCE")
    XCTAssertEqual(try played("|:C8|[1D8|E8:|[2F8|G8||A8|]"), "CDECFGA")
  }

  /// Where the sign between two endings is missing, both are played all the same.
  func testEndingsWithoutTheirRepeatSign() throws {
    XCTAssertEqual(try played("|:C8|[1D8|[2E8|]"), "CDCE")
    XCTAssertEqual(try played("C8|[1D8|[2E8|]"), "CDCE")
    XCTAssertEqual(try played("|:C8|[1D8:|E8|]"), "CDCE")
  }

  /// Rule 1: a `:|` without a start goes back to the latest `:|`.
  func testImpliedRepeatStart() throws {
    XCTAssertEqual(try played("C8:|D8|[1E8:|[2F8|]"), "CCDEDF")
    XCTAssertEqual(try played("C8:|D8:|"), "CCDD")
  }

  /// Rule 2: after a last ending closed by a double bar, the next unmatched `:|` goes back to that bar.
  func testADoubleBarBehindALastEndingStartsARepeat() throws {
    XCTAssertEqual(try played("C8|[1D8:|[2E8||F8|[1G8:|[2A8|]"), "CDCEFGFA")
  }

  /// Rule 3: `P:` in the header gives the order of play.
  func testParts() throws {
    XCTAssertEqual(try played("P:A\nC8|\nP:B\nD8|\nP:C\nE8|\n", header: "P:(AB)2C\n"), "CDCDE")
    XCTAssertEqual(try played("P:A\n|:C8:|\nP:B\nD8|\n", header: "P:ABA\n"), "CCDCC")
    XCTAssertEqual(try played("P:A\nC8|\nP:B\nD8|\n"), "CD")
  }

  func testABombGivesAClearError() throws {
    let body = "P:A\n" + String(repeating: "|:C8:|", count: 30) + "\n"
    XCTAssertThrowsError(try played(body, header: "P:A999\n")) { error in
      XCTAssertEqual(error as? ConversionError, .tooLong(bars: Unfolding.limit))
    }
  }

  /// Neither parts without end nor a bar without end is unfolded.
  func testOtherBombs() throws {
    XCTAssertThrowsError(try played("P:A\nC8|\n", header: "P:((((A)99)99)99)99\n")) { error in
      XCTAssertEqual(error as? ConversionError, .tooManyParts)
    }
    let bar = "P:A\n" + String(repeating: "C", count: 10_000) + "|\n"
    XCTAssertThrowsError(try played(bar, header: "P:A999\n")) { error in
      XCTAssertEqual(error as? ConversionError, .tooLong(bars: Unfolding.limit))
    }
    XCTAssertEqual(try played(bar).count, 10_000)
  }

  func testPickupsDoNotMoveTheBars() throws {
    let notes = try MIDIConverter().performances(of: score("G2|:C8|D6E2:|"))[0].notes
    let onsets = notes.map { ($0.onset * Fraction(4)).description }
    XCTAssertEqual(onsets, ["0", "1", "5", "8", "9", "13", "16"])
  }
}
