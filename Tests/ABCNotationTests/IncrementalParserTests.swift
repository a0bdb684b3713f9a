import Foundation
import XCTest

@testable import ABCNotation

final class IncrementalParserTests: XCTestCase {
  private func parser(_ text: String) -> IncrementalParser {
    var parser = IncrementalParser()
    parser.push(text)
    return parser
  }

  func testACopyIsAFork() {
    let original = parser(tune("CDEF "))
    var fork = original
    fork.push("#\n")
    XCTAssertFalse(fork.canBecomeClean)
    XCTAssertTrue(original.canBecomeClean)
  }

  func testItKnowsWhatIsLeftOfTheBar() {
    let start = "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\n"
    XCTAssertNil(parser("X:1\nT:Test\n").barRemaining)
    XCTAssertEqual(parser(start).barRemaining, Fraction(1))
    XCTAssertEqual(parser(start + "CD").barRemaining, Fraction(3, 4))
    XCTAssertEqual(parser(start + "CD2").barRemaining, Fraction(5, 8))
    XCTAssertEqual(parser(start + "(3CDE F6").barRemaining, Fraction(0))
    XCTAssertEqual(parser(start + "C8|D").barRemaining, Fraction(7, 8))
    XCTAssertEqual(parser(start + "C9").barRemaining, Fraction(-1, 8))
    XCTAssertNil(parser("X:1\nT:Test\nM:none\nK:C\nC").barRemaining)
  }

  func testTheShortWayToThePositionInTheBarGivesThePositionOfAFork() throws {
    let strange = """
      X:1
      T:Strange
      M:3/4
      L:1/8
      K:D
      A2/2 B/c//d3/2 e0f | z2z/x (3abc (3a2b/c >d<e | [CE]2G [CEG]3/ {g}a2 {cd}e/2 "Am"f2 | & A2 B2
      V:2
      |: A,,B'',c''2 a1/1b/3 !trill!c/:|1 d4|2 e//// f12 g/16 :: [M:6/8] a3 b3 | [L:1/4]a b/ ||
      w: la la - la | ~
      A-|A .B vc ud ye^f_g=a2 ^^b/2 a`b` | y Z2 X | y A y2 B |]
      """
    let texts =
      try [strange, tune("C/|" + strange.replacingOccurrences(of: "K:D", with: "K:Eb"))]
      + Collections.tunes().map(\.text)
    for text in texts {
      var parser = IncrementalParser()
      for (offset, byte) in text.utf8.prefix(20_000).enumerated() {
        parser.push(byte)
        guard parser.barPosition == parser.barPositionByFork else {
          XCTFail(
            "\(parser.barPosition), not \(parser.barPositionByFork), behind \(text.utf8.prefix(offset + 1).suffix(30).map { Character(Unicode.Scalar($0)) })"
          )
          return
        }
      }
    }
  }

  func testACharacterThatCannotBeMendedIsRefused() {
    let start = "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\n"
    let cases: [(text: String, accepted: String, refused: String)] = [
      ("X:", "1", "a"), ("X:1\nT:A\nM:", "4C(n", "xz#"), ("X:1\nT:A\nM:6/", "8", "7a"),
      ("X:1\nT:A\nL:1/", "8", "x"), ("X:1\nT:A\nQ:1/4=", "1", "x"), ("X:1\nT:A\nK:", "CGn", "Q7"),
      ("X:1\nT:A\nK:A", "dmb# \n", "qx"), ("X:1\nT:A\nK:Am", "i \n", "q"),
      ("X:1\nT:A\nM:3/4\n+:", " \n", "x4"), ("X:1\nT:A\nP:A", "B(2", "?"),
      (start, "Cz|(\"[{!^", "#?"), (start + "C8", "|[/<3 ", "D]z"), (start + "C7", "D/|", "#"),
      (start + "C8 ", "|:<", "Cz"), (start + "C4 D>", "E", "|#"), (start + "C4 (3EFG", " /", "|"),
      (start + "C8|[", "1CK", "2"), (start + "C8|D8:|", "2E\n", "4"), (start + "C4-", " C", "D|z"),
    ]
    for (text, accepted, refused) in cases {
      let state = parser(text)
      XCTAssertTrue(state.canBecomeClean, text)
      for character in accepted.unicodeScalars {
        XCTAssertTrue(state.accepts(character), "\(text)  +  \(character)")
      }
      for character in refused.unicodeScalars where !Self.laterKnown.contains("\(text)\(character)") {
        XCTAssertFalse(state.accepts(character), "\(text)  +  \(character)")
      }
    }
  }

  /// What is only known to be wrong when the note or sign behind the character has ended.
  private static let laterKnown: Set<String> = [
    "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\nC4-D", "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\nC4-|",
    "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\nC4-z", "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\nC8|[2",
    "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\nC8|D8:|4", "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\nC4 D>|",
    "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\nC4 (3EFG|",
  ]

  func testWhatIsFinishedIsSaidSo() {
    XCTAssertTrue(parser(tune("C8|D8|]")).isClean)
    XCTAssertTrue(parser("X:1\nT:Test\nM:4/4\nL:1/8\nK:C\nC8|D8|]").isClean)
    XCTAssertFalse(parser("X:1\nT:Test\nM:4/4\nK:C\n").isClean)
    XCTAssertFalse(parser(tune("|:C8|D8|]")).isClean)
    XCTAssertFalse(parser(tune("C8|D8-|]")).isClean)
    XCTAssertFalse(parser(tune("(C8|D8|]")).isClean)
    XCTAssertFalse(parser("X:1\nK:C\nC8|]\n").isClean)
    XCTAssertFalse(parser(tune("C8|]") + "\n" + tune("C8|]")).isClean)
  }

  func testEveryPrefixOfACleanTuneIsAccepted() throws {
    try XCTSkipIf(Collections.tunes().isEmpty)
    var count = 0
    for (name, text) in try Collections.tunes() {
      let tunebook = Tunebook(parsing: text)
      guard tunebook.tunes.count == 1, tunebook.diagnostics.allSatisfy({ $0.severity == .info }) else {
        continue
      }
      count += 1
      var parser = IncrementalParser()
      for (index, byte) in text.utf8.enumerated() {
        parser.push(byte)
        guard parser.canBecomeClean else {
          XCTFail("\(name): refused at \(index): …\(text.utf8.prefix(index + 1).suffix(60))")
          break
        }
      }
      XCTAssertTrue(parser.isClean, name)
    }
    XCTAssertGreaterThan(count, 200)
  }

  func testWhatIsFinishedPassesTheValidator() throws {
    // Tunes with random changes: the two must always agree.
    var generator = SplitMix(state: 11)
    let alphabet = Array("ABCDEFGabcdefgz|:[]()23/<>-{}\"!^_= \n".utf8)
    for (name, text) in try Collections.tunes().prefix(150) {
      var bytes = Array(text.utf8)
      guard bytes.count > 40 else { continue }
      for _ in 0..<3 {
        let place = Int.random(in: 20..<bytes.count, using: &generator)
        bytes[place] = alphabet.randomElement(using: &generator) ?? 0
        var parser = IncrementalParser()
        var wasRefused = false
        for byte in bytes {
          parser.push(byte)
          wasRefused = wasRefused || !parser.canBecomeClean
        }
        let tunebook = Tunebook(parsing: SourceText(name: name, bytes: bytes))
        let isClean =
          tunebook.tunes.count == 1
          && (tunebook.tunes.first?.score.noteCount ?? 0) + (tunebook.tunes.first?.score.voices.count ?? 0)
            > 0
          && tunebook.diagnostics.allSatisfy { $0.severity == .info }
        XCTAssertEqual(parser.isClean, isClean, String(decoding: bytes, as: UTF8.self))
        if isClean { XCTAssertFalse(wasRefused, String(decoding: bytes, as: UTF8.self)) }
      }
    }
  }
}
