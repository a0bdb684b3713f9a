import ABCNotation
import Foundation
import XCTest

@testable import ABCToMIDI

/// Files and their parts (ABC 2.1, section 2), and sections 6 and 8, which say how lines and texts go on.
final class Section02Conformance: XCTestCase {
  static let cases: [Case] = [
    Case("2.1", "the version line is no music", "%abc-2.1\nX:1\nT:a\nM:4/4\nL:1/4\nK:C\nCD|", "60*1 62*1"),
    Case("2.2.1", "a tune ends at an empty line", "X:1\nT:a\nL:1/4\nK:C\nC\n\nD", "60*1"),
    Case(
      "2.2.2", "the file header holds for its tunes",
      "%abc-2.1\nM:3/4\nL:1/4\n\nX:1\nT:a\nK:C\nCDE|Z|F", "60*1 62*1 64*1 r*3 65*1", settled: 15),
    Case(
      "2.2.2", "the tune's own field goes before that of the file header",
      "%abc-2.1\nL:1/4\n\nX:1\nT:a\nL:1/2\nK:C\nC", "60*2", settled: 15),
    Case(
      "2.2.2", "a symbol of the file header holds for its tunes",
      "%abc-2.1\nL:1/4\nm:n2 = n/o/n\n\nX:1\nT:a\nK:C\nC2", "60*1/2 62*1/2 60*1", settled: 15),
    Case("2.2.3", "free text is no music", "%abc\nfree text\n\nX:1\nT:a\nL:1/4\nK:C\nC", "60*1"),
    Case("2.2.4", "a comment is no music", "C2 % D2\n%E2\nF2", "60*1 65*1"),
    Case("2.2.4", "\\% is no comment", "\"50\\% D2\"C2 D2", "60*1 62*1", settled: 20),
    Case("2.2.5", "a backslash joins lines of music", "C2 D2\\\nE2 F2", "60*1 62*1 64*1 65*1"),
    Case("2.2.5", "a comment may follow the backslash", "C2\\ % more\nD2", "60*1 62*1"),
    Case(
      "3.3", "a field goes on at +:", "X:1\nT:a\nL:1/4\nP:AB\n+:A\nK:C\nP:A\nC\nP:B\nD\n", "60*1 62*1 60*1"),
    Case("6.1.1", "a line break is no music", "C2D2|\nE2F2|", "60*1 62*1 64*1 65*1"),
    Case("6.1.1", "nor is $", "C2D2|$E2F2|", "60*1 62*1 64*1 65*1"),
    Case(
      "6.1.1", "with I:linebreak ! the mark breaks the line", "I:linebreak !\nC2D2|!E2F2|",
      "60*1 62*1 64*1 65*1"),
    Case(
      "6.1.1", "beams and blanks are no music", "C D EF G`A B",
      "60*1/2 62*1/2 64*1/2 65*1/2 67*1/2 69*1/2 71*1/2"),
    Case("6.1.2", "y is no time", "C2 y D2 y3 E2", "60*1 62*1 64*1"),
    Case("8.1", "text above a note is no music", "\"^C2 D2\"E2", "64*1"),
    Case("8.1", "% within quotes is no comment", "\"50% off\"C2 D2", "60*1 62*1", settled: 20),
    Case("8.2", "escapes in fields are no music", "X:1\nT:\\'e \\u00e9 &eacute;\nL:1/4\nK:C\nC", "60*1"),
  ]

  func testCases() { Conformance.run(Self.cases) }

  /// 2.2.5 and rule 20: however lines end and texts are encoded, the music is the same.
  func testEncodings() throws {
    let tune = "X:1\nT:Caf\u{E9}\nM:4/4\nL:1/4\nK:C\nC D|\nE F|\n"
    let expected = Conformance.expected("60*1 62*1 64*1 65*1")
    for end in ["\n", "\r\n", "\r"] {
      let text = tune.replacingOccurrences(of: "\n", with: end)
      XCTAssertEqual(try Conformance.heard(SourceText(name: "", text: text)), expected)
      XCTAssertEqual(
        try Conformance.heard(SourceText(name: "", bytes: [0xEF, 0xBB, 0xBF] + Array(text.utf8))), expected)
      let latin1 = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
      XCTAssertEqual(try Conformance.heard(SourceText(name: "", bytes: latin1)), expected)
    }
  }
}
