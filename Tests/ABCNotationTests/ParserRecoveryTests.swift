import XCTest

@testable import ABCNotation

final class ParserRecoveryTests: XCTestCase {
  func testACleanTuneHasNoFinding() {
    assertParse(tune("|:\"C\"CDEF GABc|(3cBA G2 F>E D2|1 C8:|2 C8|]"))
  }

  func testOneMistakeGivesOneFinding() {
    assertParse(tune("⟦ABC202⟧[CEG C6|C8|"))
    assertParse(tune("⟦ABC202⟧[[[C4] C4|C8|"))
    assertParse(tune("⟦ABC203⟧{CD C8|C8|"))
    assertParse(tune("C4 ⟦ABC204⟧\"Am C4|"))
    assertParse(tune("C8⟦ABC205⟧]|C8|"))
    assertParse(tune("C8⟦ABC205⟧}|C8|"))
    assertParse(tune("C4 C4 ⟦ABC206⟧2|C8|"))
    assertParse(tune("C8 ⟦ABC208⟧^|C8|"))
    assertParse(tune("C8⟦ABC209⟧[]|C8|"))
    assertParse(tune("C8|⟦ABC210⟧[K:G\nC8|"))
    assertParse(tune("C4⟦ABC201⟧é C4|C8|"))
    assertParse(tune("C4⟦ABC212⟧# C4|C8|"))
    assertParse(tune("C7 C⟦ABC207⟧0|C8|"))
  }

  /// What is broken within a bar is why the bar has another length; that is said once.
  func testABrokenBarIsNotCountedToo() {
    assertParse(tune("C⟦ABC207⟧2/0 C4|C8|C8|").replacing("|C8|C8|", with: "|C8|C8|C8|"))
    assertParse(tune("C8|C4⟦ABC202⟧[CE D2 E|C8|C8|"))
    assertParse(tune("C8|C4⟦ABC203⟧{CE D2 E|C8|C8|"))
    assertParse(tune("C8⟦ABC301⟧|C4 D2|C8|C4⟦ABC202⟧[CE D2 E|C8|"))
  }

  /// The name of a decoration straight behind a `!` is one; any other lone `!` breaks the line (12.2).
  func testUnclosedDecoration() throws {
    assertParse(tune("C4 ⟦ABC214⟧!trillC4|C8|"))
    assertParse(tune("⟦ABC214⟧!fermata C8|C8|"))
    assertParse(tune("C4!f4|C8|"))
    assertParse(tune("C8|!C8|"))
    assertParse(tune("C4 !trill!C4|!D.C.!C8|"))
    let voice = Tunebook(parsing: tune("C4 !trillG4|!fermata C8|")).tunes[0].score.voices[0]
    XCTAssertEqual(voice.events.map(voice.decorations(of:)), [[], ["trill"], ["fermata"]])
    XCTAssertEqual(voice.events.count, 3, "and none of its letters is a note")
  }

  /// Where music begins without `K:`: before the name of its first part, and wherever in the line.
  func testWhereTheKeyIsMissing() {
    assertParse("X:1\nT:Test\nM:4/4\n⟦ABC103⟧P:A\nC8|\nP:B\nC8|\n")
    assertParse("X:1\nT:Test\nM:4/4\nP:AB\nR:reel\n⟦ABC103⟧C8|\nP:B\nC8|\n")
    assertParse("X:1\nT:Test\nM:4/4\n   ⟦ABC103⟧C8|\n   C8|\n")
    assertParse("X:1\nT:Test\n   % a remark\nM:4/4\nK:C\nC8|\n")
  }

  func testNoTuneHasFindingsWithoutBound() throws {
    let text = tune(String(repeating: "]", count: 5000) + "C8|")
    for found in [
      ValidationReport(checking: SourceText(name: "", text: text)).diagnostics,
      Tunebook(parsing: text).diagnostics,
    ] {
      XCTAssertEqual(found.count, DiagnosticList.limit + 1)
      let last = try XCTUnwrap(found.last)
      XCTAssertEqual(last.code, .moreFindings)
      XCTAssertEqual(last.message, "this tune has 4000 more faults, which are not listed")
      XCTAssertEqual(last.range.lowerBound, found[DiagnosticList.limit - 1].range.upperBound)
    }
  }

  func testFaultsOfTheHeader() {
    assertParse("⟦ABC101⟧T:Test\nK:C\nC8|\n")
    assertParse("⟦ABC102⟧X:1\nK:C\nC8|\n")
    assertParse("X:1\nT:Test\nM:4/4\n⟦ABC103⟧C8|\n")
    assertParse("X:⟦ABC104⟧one\nT:Test\nK:C\nC8|\n")
    assertParse("X:1\nT:Test\nM:⟦ABC105⟧4/5\nK:C\nC8|\n")
    assertParse("X:1\nT:Test\nL:⟦ABC106⟧eighth\nK:C\nC8|\n")
    assertParse("X:1\nT:Test\nQ:⟦ABC107⟧fast\nK:C\nC8|\n")
    assertParse("X:1\nT:Test\nK:⟦ABC108⟧H\nC8|\n")
    assertParse("X:1\nT:Test\n⟦ABC109⟧some remark\nK:C\nC8|\n")
    assertParse("X:1\nT:Test\n⟦ABC110⟧y:what\nK:C\nC8|\n")
    assertParse("⟦ABC111⟧X:1\nT:Test\nK:C\n")
    assertParse("X:1\nT:A\nK:C\nC8|\n\nX:⟦ABC112⟧1\nT:B\nK:C\nC8|\n")
  }

  func testFaultsOfStructure() {
    assertParse(tune("(C4 C4|C8|").replacing("(C4 C4", with: "⟦ABC501⟧(C4 C4"))
    assertParse(tune("C8⟦ABC502⟧)|C8|"))
    assertParse(tune("⟦ABC503⟧|:C8|C8|]"))
    assertParse(tune("|:C8|⟦ABC504⟧[2C8:|"))
    assertParse(tune("⟦ABC401⟧C4-D4|C8|"))
    assertParse(tune("C4 D3⟦ABC303⟧>|C8|").replacing("D3", with: "D4"))
    assertParse(tune("C4 D2 ⟦ABC304⟧(3EFG|C8|").replacing("EFG", with: "E3/2F3/2"))
  }

  func testFileHeaderAndTextBetweenTunesAreNoFault() {
    assertParse("%abc-2.1\nM:6/8\n\nSome words about the book.\n\nX:1\nT:Test\nK:C\nC6|\n\nMore words.\n")
  }

  func testLineEndsAndEncodings() {
    assertParse("X:1\r\nT:Test\r\nK:C\r\nC8|\r\n\r\nX:2\r\nT:Test\r\nK:C\r\nC8|")
    assertParse("X:1\rT:Test\rK:C\rC8|\r")
    assertParse("\u{FEFF}X:1\nT:Café\nK:C\nC8|\n")
    let latin1 = Array("X:1\nT:Caf".utf8) + [0xE9] + Array("\nK:C\nC8|\n".utf8)
    let tunebook = Tunebook(parsing: SourceText(name: "", bytes: latin1))
    XCTAssertEqual(tunebook.tunes.first?.score.title, "Café")
    XCTAssertEqual(tunebook.diagnostics.map(\.code), [.notUTF8])
  }

  func testATextBlockThatIsNeverClosedLeavesTheNextTune() {
    let text = "X:1\nT:A\nK:C\n%%begintext\nC8|\n\nX:2\nT:B\nK:C\nC8|\n"
    XCTAssertEqual(Tunebook(parsing: SourceText(name: "", text: text)).tunes.count, 2)
    assertRoundTrips(Array(text.utf8))
  }

  func testATextBlockBeforeATuneEndsWhereTheTuneBegins() {
    assertParse("%%⟦ABC114⟧begintext\n\n" + tune("C8|"))
    let tunebook = Tunebook(parsing: "%%begintext\n\n" + tune("C8|"))
    XCTAssertEqual(tunebook.fileDiagnostics.map(\.code), [.unclosedTextBlock])
    XCTAssertEqual(tunebook.tunes.first?.diagnostics, [])
  }

  func testAFaultOfTheFileHeaderIsSaidOnce() {
    assertParse("M:⟦ABC105⟧foo\n\nX:1\nT:A\nK:C\nC8|\n\nX:2\nT:B\nK:C\nC8|\n")
  }

  func testRandomBytesNeitherCrashNorGetLost() {
    var generator = SplitMix(state: 7)
    let alphabet = Array("ABCdefgzZXK:|[](){}!\"<>-^_=,'/123 \\%&+~.\n\r\u{E9}".utf8)
    for _ in 0..<400 {
      let count = Int.random(in: 0..<120, using: &generator)
      let bytes = (0..<count).map { _ in alphabet.randomElement(using: &generator)! }
      assertRoundTrips(bytes)
      _ = Tunebook(parsing: SourceText(name: "", bytes: Array("X:1\nK:C\n".utf8) + bytes))
    }
  }
}

/// A seeded generator for tests.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
