import ABCNotation
import XCTest

@testable import TuneGenerator

final class TuneFormTests: XCTestCase {
  private func score(_ music: String, meter: String = "4/4") throws -> Score {
    let text = "X:1\nT:A\nM:\(meter)\nL:1/8\nK:C\n\(music)\n"
    return try XCTUnwrap(Tunebook(parsing: SourceText(name: "tune", text: text)).tunes.first?.score)
  }

  private func form(_ music: String) throws -> TuneForm? { TuneForm(try score(music)) }

  func testStrainsAndTheOrderOfPlay() throws {
    let form = try XCTUnwrap(try form("|:C8|D8:|\n|:E8|1 F8:|2 G8||\nA8|B8|]"))
    XCTAssertEqual(form.strains.map(\.isRepeated), [true, true, false])
    XCTAssertEqual(form.strains.map(\.measures), [0..<2, 2..<5, 5..<7])
    XCTAssertEqual(form.played, [0, 1, 0, 1, 2, 3, 2, 4, 5, 6])
    XCTAssertEqual(form.strains.map(\.firstPass), [[0, 1], [2, 3], [5, 6]])
  }

  func testWhatHasNoSimpleForm() throws {
    for music in [
      "|::C8|D8::|", "P:A\nC8|P:B\nD8|]", "C8!D.C.!|D8|]", "Z2|C8|]", "|:C8|D8||E8|F8:|", "|:C8|1 D8:|3 E8|]",
    ] {
      XCTAssertNil(try form(music), music)
    }
    // The first strain may be repeated without a sign at its beginning.
    XCTAssertNotNil(try form("C8|D8:|"))
  }

  func testBarsAddUpAsTheyArePlayed() throws {
    for (music, addsUp) in [
      ("|:G2|C8|D6:|", true), ("|:G2|C8|D8:|", false), ("|:G2|C8|D6:|\n|:G2|E8|F6:|", true),
      ("|:G2|C8|D6:|\n|:E8|F8:|", false), ("|:G2|C8|1 D6:|2 D8||\n|:E8|F8:|", true),
      ("|:G2|C8|1 D6:|2 D6||\n|:G2|E8|F6:|", true), ("G2|C8|D8|]", true), ("G2|C8|D6||\nG2|E8|F6|]", true),
      ("G2|C8|D6||\nE8|F8|]", false), ("G2|:C8|D8:|", true), ("|:C8|D4|1 E4|F8:|2 E4|F8|]", false),
      ("C8|D6|E8|]", false),
    ] {
      let score = try score(music)
      XCTAssertEqual(TuneForm(score)?.addsUp(score.voices[0].measures), addsUp, music)
    }
  }

  func testTraits() throws {
    let traits = try XCTUnwrap(TuneTraits(try score("|:C2E2 G4|c8|C2E2 G4|c8:|\n|:E8|F8|E8|G4 C4:|")))
    XCTAssertEqual(traits.form, "AABB")
    XCTAssertTrue(traits.endsOnTonic)
    XCTAssertFalse(traits.hasEightBarStrains)
    XCTAssertEqual(traits.range, 12)
    XCTAssertEqual(traits.repeatedBars, 3.0 / 8, accuracy: 1e-12)
    XCTAssertEqual(TuneTraits(try score("C8|D8||\nE8|F8||\nC8|D8|]"))?.form, "ABA")
    XCTAssertEqual(
      TuneTraits(try score("G,2|" + Array(repeating: "C8|", count: 8).joined() + "]"))?.hasEightBarStrains,
      true)
  }
}
