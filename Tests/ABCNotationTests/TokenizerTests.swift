import XCTest

@testable import ABCNotation

final class TokenizerTests: XCTestCase {
  /// The texts of the tokens of a line of music, spaces left out.
  private func cut(_ music: String) -> [String] {
    let text = "X:1\nK:C\n" + music
    let bytes = Array(text.utf8)
    return tokens(of: bytes).drop { $0.range.lowerBound < 8 }.filter { $0.kind != .space }.map {
      String(decoding: bytes[$0.range], as: UTF8.self)
    }
  }

  func testEveryByteIsInOneToken() {
    let text = Array(
      "%abc-2.1\nX:1\nT:A % b\nK:G\n|:\"Am7\"(3ABc {/d}[CE-G]2>a,, !trill!z|1 x:|\n\nfree text".utf8)
    var position = 0
    for token in tokens(of: text) {
      XCTAssertEqual(token.range.lowerBound, position)
      XCTAssertFalse(token.range.isEmpty)
      position = token.range.upperBound
    }
    XCTAssertEqual(position, text.count)
  }

  func testBarSignsAreCutLiberally() {
    XCTAssertEqual(
      cut("A|B||c|]d[|e|:f:|g::a:||:b"),
      [
        "A", "|", "B", "||", "c", "|]", "d", "[|", "e", "|:", "f", ":|", "g", "::", "a", ":||:", "b",
      ])
    XCTAssertEqual(cut("A|1B:|2c"), ["A", "|", "1", "B", ":|", "2", "c"])
    XCTAssertEqual(cut("A|[1,3B:|[2-4c"), ["A", "|", "[1,3", "B", ":|", "[2-4", "c"])
    XCTAssertEqual(cut("A|[CE]"), ["A", "|", "[", "C", "E", "]"])
  }

  func testALineMayStartWithANoteAndARepeat() {
    XCTAssertEqual(cut("G:|"), ["G", ":|"])
    XCTAssertEqual(cut("G::A"), ["G", "::", "A"])
    XCTAssertEqual(cut("w:la la"), ["w:", "la la"])
  }

  func testBracketsThatNeedALookAhead() {
    XCTAssertEqual(cut("[K:D]A"), ["[K:", "D", "]", "A"])
    XCTAssertEqual(cut("[Kab"), ["[", "K", "a", "b"])
    XCTAssertEqual(cut("(3AB(cd)"), ["(3", "A", "B", "(", "c", "d", ")"])
    XCTAssertEqual(cut("(3:2:4A"), ["(3:2:4", "A"])
  }

  func testAnExclamationMarkAloneBreaksTheLine() {
    XCTAssertEqual(cut("!trill!A"), ["!trill!", "A"])
    XCTAssertEqual(cut("A!B c"), ["A", "!", "B", "c"])
    XCTAssertEqual(cut("A!B|c!"), ["A", "!", "B", "|", "c", "!"])
  }

  func testAccidentalsOctavesAndLengths() {
    XCTAssertEqual(cut("^^c'2__B,,/=a3/2"), ["^^", "c", "'", "2", "__", "B", ",,", "/", "=", "a", "3/2"])
  }

  func testTextBetweenBeginAndEndIsNoMusic() {
    let bytes = Array("X:1\nK:C\n%%begintext\nA:|\n%%endtext\nA:|\n".utf8)
    XCTAssertEqual(tokens(of: bytes).map(\.kind).filter { $0 == .text || $0 == .barLine }, [.text, .barLine])
  }

  func testMarkersEndAndStartTunes() {
    let bytes = Array("<start>\nX:1\nK:C\nA<B\n<end>\n<start>\nK:C\nc\n<end>".utf8)
    XCTAssertEqual(tokens(of: bytes).filter { $0.kind == .marker }.count, 4)
    XCTAssertEqual(Tunebook(parsing: SourceText(name: "", bytes: bytes)).tunes.count, 2)
  }
}
