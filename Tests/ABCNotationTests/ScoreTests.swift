import XCTest

@testable import ABCNotation

/// Onsets, lengths and pitches, as `onset+duration:pitch` in quarter notes; the examples are the standard's or
/// derived from its sections.
final class ScoreTests: XCTestCase {
  func testPitches() {
    XCTAssertEqual(notes("C,Ccc'"), "0+1/2:48 1/2+1/2:60 1+1/2:72 3/2+1/2:84")
    XCTAssertEqual(notes("^C_D=E^^F__G"), "0+1/2:61 1/2+1/2:61 1+1/2:64 3/2+1/2:67 2+1/2:65")
  }

  func testLengths() {
    XCTAssertEqual(notes("C2C/C//C3/2C/4"), "0+1:60 1+1/4:60 5/4+1/8:60 11/8+3/4:60 17/8+1/8:60")
    XCTAssertEqual(notes("z2x"), "0+1: 1+1/2:")
  }

  func testKeysGiveAccidentals() {
    XCTAssertEqual(notes("F2C2", key: "D"), "0+1:66 1+1:61")
    XCTAssertEqual(notes("B2E2", key: "Gm"), "0+1:70 1+1:63")
    XCTAssertEqual(notes("F2C2", key: "D exp _b _e ^f"), "0+1:66 1+1:60")
    XCTAssertEqual(notes("F2C2", key: "HP"), "0+1:66 1+1:61")
    XCTAssertEqual(notes("F2c2", key: "Ador"), "0+1:66 1+1:72")
  }

  func testAnAccidentalHoldsToTheBarInAllOctaves() {
    XCTAssertEqual(notes("^Ff Ff f4|f8"), "0+1/2:66 1/2+1/2:78 1+1/2:66 3/2+1/2:78 2+2:78 | 0+4:77")
  }

  func testATieCarriesItsAccidentalOverTheBar() {
    XCTAssertEqual(notes("^F8-|F4F4"), "0+4:66 | 0+2:66 2+2:65")
  }

  func testBrokenRhythm() {
    XCTAssertEqual(notes("C>D E<F"), "0+3/4:60 3/4+1/4:62 1+1/4:64 5/4+3/4:65")
    XCTAssertEqual(notes("C>>D"), "0+7/8:60 7/8+1/8:62")
    XCTAssertEqual(notes("E<.F"), "0+1/4:64 1/4+3/4:65")
  }

  func testTuplets() {
    XCTAssertEqual(notes("(3CDE"), "0+1/3:60 1/3+1/3:62 2/3+1/3:64")
    XCTAssertEqual(notes("(3C>DE"), "0+1/2:60 1/2+1/6:62 2/3+1/3:64")
    XCTAssertEqual(notes("(3:2:1C3D3"), "0+1:60 1+3/2:62")
    XCTAssertEqual(notes("(5CDEFG", header: "M:6/8\nL:1/8\n").split(separator: " ").first, "0+3/10:60")
    XCTAssertEqual(notes("[M:6/8](5CDEFG").split(separator: " ").first, "0+3/10:60")
  }

  func testChords() {
    XCTAssertEqual(notes("[C2E2G2]3"), "0+3:60&64&67")
    XCTAssertEqual(notes("[CEG]6"), "0+3:60&64&67")
  }

  func testRestsOverSeveralBarsUseTheMeterInForce() {
    XCTAssertEqual(notes("C8|[M:3/4]Z2|C6"), "0+4:60 | 0+6: | 0+3:60")
  }

  func testUnitLengthFromTheMeter() {
    XCTAssertEqual(notes("C", header: "M:2/4\n"), "0+1/4:60")
    XCTAssertEqual(notes("C", header: "M:6/8\n"), "0+1/2:60")
    XCTAssertEqual(notes("C", header: ""), "0+1/2:60")
    XCTAssertEqual(notes("C[L:1/4]C"), "0+1/2:60 1/2+1:60")
  }

  func testOverlaysStartAgainAtTheBar() {
    XCTAssertEqual(notes("C8&E4G4|"), "0+4:60 0+2:64 2+2:67")
  }

  func testAClefInTheBodyLeavesTheKey() {
    XCTAssertEqual(notes("F2|[K:clef=bass]F2|[K:G]C2", key: "D"), "0+1:66 | 0+1:66 | 0+1:60")
  }

  func testTheDotOfADottedBarOrSlurIsNoStaccato() {
    let voice = Tunebook(parsing: tune("C4 C4.|.(D4 E4).F4|")).tunes[0].score.voices[0]
    XCTAssertEqual(voice.events(in: voice.measures[1]).map(voice.decorations), [[], [], ["staccato"]])
  }

  func testASignWithoutItsSecondNoteChangesNothing() {
    XCTAssertEqual(notes("C2>Z|"), "0+1:60 1+4:")
    XCTAssertEqual(notes("C2>|"), "0+1:60")
  }

  func testAPartBeginsInAllVoices() {
    let text = "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\nQ:1/4=60\nP:A\nV:1\nC8|\nV:2\nE8|\nP:B\nV:1\nD8|\nV:2\nF8|\n"
    let voices = Tunebook(parsing: SourceText(name: "", text: text)).tunes[0].score.voices
    XCTAssertEqual(voices.map { $0.measures.map(\.part) }, [["A", "B"], ["A", "B"]])
    XCTAssertEqual(voices[0].measures[0].changes.count, 1)
  }

  func testVoicesAreKeptApart() {
    let text = "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\nV:1\nC8|\nV:2\nE8|\nV:1\nD8|]\nV:2\nF8|]\n"
    let voices = Tunebook(parsing: SourceText(name: "", text: text)).tunes[0].score.voices
    XCTAssertEqual(voices.map(\.identifier), ["1", "2"])
    XCTAssertEqual(voices.map { $0.notes.map(\.pitch) }, [[60, 62], [64, 65]])
  }

  func testFieldsOfTheFileHeaderHoldForEveryTune() {
    let text = "M:3/4\nL:1/4\n\nX:1\nT:A\nK:C\nCDE|\n\nX:2\nT:B\nK:C\nC3|\n"
    let tunebook = Tunebook(parsing: SourceText(name: "", text: text))
    XCTAssertEqual(tunebook.tunes.map { $0.score.unitLength }, [Fraction(1, 4), Fraction(1, 4)])
    XCTAssertEqual(tunebook.diagnostics, [])
  }
}
