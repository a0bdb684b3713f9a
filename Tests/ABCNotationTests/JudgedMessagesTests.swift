import XCTest

@testable import ABCNotation

/// What readers found who judged messages about real collections one by one.
final class JudgedMessagesTests: XCTestCase {
  private let header = "X:1\nT:Test\nM:4/4\nL:1/8\n"

  /// One message where an empty line tears a header, whatever the halves lack.
  func testTornHeaders() {
    assertParse(
      "X:1\nT:Test\nC:Somebody (\n⟦ABC124⟧\nnineteenth century)\nM:4/4\nL:1/8\nK:C\nC8|\n\nX:2\nT:B\nK:C\nC8|\n"
    )
    assertParse("X:1\nT:Test\n⟦ABC124⟧\n\nM:4/4\nK:C\nC8|\n\nX:2\nT:B\nK:C\nC8|\n")
    // A tune that ends before it is a tune of its own.
    assertParse("X:1\nT:Test\nK:C\nC8|\n\n⟦ABC101⟧T:B\nK:C\nC8|\n")
    let torn = SourceText(name: "", text: "X:1\r\nT:Test\r\n\r\nM:3/4\r\nK:C\r\nC6|\r\n")
    XCTAssertEqual(
      String(decoding: MendedText(mending: torn, allowsUnsafe: true).bytes, as: UTF8.self),
      "X:1\r\nT:Test\r\nM:3/4\r\nK:C\r\nC6|\r\n")
    assertParse("% hornpipe: ignore ABC124\n\nX:1\nT:Test\n\nM:4/4\nK:C\nC8|\n")
  }

  /// A field that has lost its letter is no music.
  func testLostLetters() {
    assertParse("X:1\nT:Test\nM:4/4\nL:1/8\n⟦ABC109⟧1/4=120\nK:C\nC8|\n")
    assertParse("X:1\nT:Test\n⟦ABC109⟧3/8=60\nM:4/4\nL:1/8\nK:C\nC8|\n")
  }

  /// 6.1.1: a line that is continued behind a bar sign goes on there.
  func testAnEndingBehindAContinuation() {
    assertParse(header + "K:C\n|:C8|\\\n1 D8:|2 E8|]\n")
    let measures = Tunebook(parsing: header + "K:C\n|:C8|\\\n1 D8:|2 E8|]\n").tunes[0].score.voices[0]
      .measures
    XCTAssertEqual(measures.map { $0.ending?.description }, [nil, "1", "2"])
    // Without the backslash a number there is none.
    XCTAssertFalse(Tunebook(parsing: header + "K:C\n|:C8|\n3 D8:|2 E8|]\n").diagnostics.isEmpty)
  }

  /// Music without bar lines has none to be measured by.
  func testNoBarLines() {
    assertParse(header + "%%MIDI nobarlines\nK:C\nC8 D8 E8 F8|G4|]\n")
  }

  /// A bar is where its music stands, not where the sign before it does.
  func testBarsBelowTheirSign() {
    assertParse(header + "K:C\nC8:|\n⟦ABC302⟧C9|D8|]\n")
    assertParse(header + "K:C\nC8||\nT:Other\nM:4/4\n⟦ABC302⟧C9|D8|]\n")
    assertParse(header + "K:C\nC8⟦ABC302⟧|:C9|D8:|\n")
  }

  func testWordsAmongMusic() {
    for line in ["Intro : Violon", "Promenade 2 x 2", "doublé", "(1) Gina Lollobrigida"] {
      assertParse(header + "K:C\nC8|\n⟦ABC215⟧\(line)\nD8|]\n".replacingOccurrences(of: "\n\n", with: "\n"))
    }
    // Music with a slip in it stays music.
    assertParse(header + "U:n=!trill!\nK:C\nC4⟦ABC208⟧^\nC4|]\n")
  }

  /// Most bars of another length than the meter's: all of them are counted.
  func testCountsOfAWrongMeter() {
    let book = Tunebook(parsing: "X:1\nT:Test\nM:3/4\nL:1/8\nK:C\nC4|D4|E4|F4|G4|A4|]\n")
    XCTAssertEqual(
      book.diagnostics.map(\.message), ["6 of 6 bars are 1/2 long instead of 3/4; mend 'M:' or 'L:'"])
  }
}
