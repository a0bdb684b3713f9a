import ABCNotation
import Foundation
import XCTest

/// The examples of the README's library section: each stands here as it stands there, and does what it says.
final class LibraryExamplesTests: XCTestCase {
  private let text = """
    X:1
    T:The Scale
    M:4/4
    L:1/8
    K:D
    "D"DEFG "A7"ABcd|d6z|
    """

  func testParseAndWalk() throws {
    // example: walk
    let book = Tunebook(parsing: text)
    for tune in book.tunes {
      print(tune.score.title ?? "untitled", tune.score.key, tune.score.meter)
      for voice in tune.score.voices {
        for (bar, measure) in voice.measures.enumerated() {
          for event in voice.events(in: measure) {
            let pitches = voice.notes(of: event).map(\.pitch)
            print(bar + 1, event.onset, event.duration, pitches, voice.chordSymbol(of: event) ?? "")
          }
        }
      }
    }
    // end
    let voice = try XCTUnwrap(book.tunes.first?.score.voices.first)
    XCTAssertEqual(voice.notes.map(\.pitch), [62, 64, 66, 67, 69, 71, 73, 74, 74])
    XCTAssertEqual(voice.events.compactMap { voice.chordSymbol(of: $0) }, ["D", "A7"])
  }

  func testDiagnostics() {
    // example: check
    let source = SourceText(name: "scale.abc", text: text)
    let lines = LineTable(source)
    for finding in ValidationReport(checking: source).diagnostics {
      let place = lines.location(of: finding.range.lowerBound)
      print("\(source.name):\(place.line):\(place.column): \(finding.message) [\(finding.code.rawValue)]")
    }
    // end
    let findings = ValidationReport(checking: source).diagnostics
    // The last bar lacks an eighth, which players often leave out.
    XCTAssertEqual(findings.map(\.code), [])
  }

  func testTransposeAndFormat() throws {
    // example: change
    let source = SourceText(name: "scale.abc", text: text)
    let higher = try Transposer(.semitones(2)).transpose(source)
    let inG = try Transposer(.key("G")).transpose(source)
    let neat = Formatter().format(source)
    print(String(decoding: higher, as: UTF8.self), String(decoding: inG, as: UTF8.self), neat)
    // end
    XCTAssertTrue(String(decoding: higher, as: UTF8.self).hasSuffix("K:E\n\"E\"EFGA \"B7\"Bcde|e6z|"))
    XCTAssertTrue(String(decoding: inG, as: UTF8.self).contains("K:G\n\"G\"GABc \"D7\"defg|"))
    XCTAssertTrue(neat.hasSuffix("d6z|\n"))
  }

  func testWriteCharacterByCharacter() {
    // example: write
    var tune = IncrementalParser()
    tune.push("X:1\nT:New\nM:3/4\nL:1/4\nK:C\nCD")
    for next in "E#|z".unicodeScalars where tune.accepts(next) {
      print(next, "may follow;", tune.barRemaining ?? 0, "of the bar is left")
    }
    // end
    XCTAssertEqual(tune.barRemaining, Fraction(1, 4))
    XCTAssertTrue(tune.accepts("E"))
    XCTAssertFalse(tune.accepts("#"))
  }

  func testTheReadmeShowsTheseExamples() throws {
    let readme = try String(
      contentsOf: Collections.repository.appendingPathComponent("README.md"), encoding: .utf8)
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    // In two pieces, so that this line is no example.
    let examples = source.components(separatedBy: "// " + "example: ").dropFirst()
    XCTAssertEqual(examples.count, 4)
    for example in examples {
      let lines = example.components(separatedBy: "\n").dropFirst().prefix { !$0.hasSuffix("// end") }
      let indent = lines.first.map { $0.prefix { $0 == " " }.count } ?? 0
      let code = lines.map { String($0.dropFirst(indent)) }.joined(separator: "\n")
      XCTAssertTrue(readme.contains(code), "the README does not show:\n\(code)")
      XCTAssertLessThanOrEqual(lines.count, 13)
    }
  }
}
