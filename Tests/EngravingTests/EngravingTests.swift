import ABCNotation
import Foundation
import XCTest

@testable import Engraving

final class EngravingTests: XCTestCase {
  private func tune(_ text: String, _ index: Int = 0) throws -> SheetEngraver.Tune {
    let source = SourceText(name: "tune", text: text)
    return SheetEngraver.Tune(Tunebook(parsing: source).tunes[index].score, in: source)
  }

  private func prepared(_ text: String, _ index: Int = 0) throws -> String {
    let tune = try tune(text, index)
    return EngravingText(tune.score, in: tune.source).text
  }

  private func engraver() throws -> SheetEngraver {
    do { return try SheetEngraver() } catch { throw XCTSkip("\(error)") }
  }

  private let reel = "X:1\nT:Reel\nM:4/4\nL:1/8\nK:D\n|:D2 (3ABc d2 [FA]z|{c}d8:|\n"

  func testTheTextIsInHouseLayoutWithTheFieldsOfItsFile() throws {
    let book = "Some words\nC:Trad.\n\nX:1\nT:One\nK:C\nC8|\n\nX:2\nT:Two\nL:1/8\nK:D\nD E  F|\n"
    let text = try prepared(book, 1)
    XCTAssertTrue(text.contains("C:Trad."), text)
    XCTAssertTrue(text.contains("T:Two"), text)
    XCTAssertFalse(text.contains("Some words") || text.contains("T:One"), text)
  }

  func testNothingThatReadsFilesOrRunsPostScriptGetsThrough() throws {
    let text = try prepared(
      "X:1\nT:A\n%%format /etc/passwd\n%%abc-include x\nI:abc-include y\n%%score 1\n%%beginps\nfoo bar\n%%endps\n"
        + "%%EPS picture\n%%postscript 1 setgray\nK:D\nD4 [I:format z]E4|\n%%beginsvg\n<script/>\n%%endsvg\nF8|]\n"
    )
    for word in ["passwd", "include", "foo", "EPS", "setgray", "[I:", "script"] {
      XCTAssertFalse(text.contains(word), "\(word) in \(text)")
    }
    XCTAssertTrue(text.contains("%%score 1") && text.contains("F8|]"), text)
  }

  func testAPickupOnALineOfItsOwnIsJoinedToTheNext() throws {
    let text = try prepared("X:1\nT:A\nM:4/4\nL:1/8\nK:D\nDE||\n|:F8|G8:|\n")
    XCTAssertTrue(text.contains("DE||\\\n"), text)
    XCTAssertFalse(try prepared("X:1\nT:A\nM:4/4\nL:1/8\nK:D\nD8||\n|:F8|G8:|\n").contains("\\"))
  }

  func testNotesAreNumberedByTheirPlaceWhateverTheLayout() throws {
    let wide = "X:1\nM:4/4\nL:1/8\nK:D\nV:1\nD2   E2 z4|\nV:2\n[DF]4   A4|\n"
    let numbers = NoteNumbers(try tune(wide).score)
    let narrow = try prepared(wide)
    let others = NoteNumbers(Tunebook(parsing: narrow).tunes[0].score)
    for (text, numbers) in [(wide, numbers), (narrow, others)] {
      for (number, note) in ["D2", "E2", "z4", "[DF]4", "A4"].enumerated() {
        let place = try XCTUnwrap(text.range(of: note))
        let offset = text.utf8.distance(from: text.startIndex, to: place.lowerBound)
        XCTAssertEqual(numbers.number(at: offset), number)
        XCTAssertEqual(numbers.number(at: offset + note.utf8.count - 1), number)
      }
      XCTAssertNil(numbers.number(at: 0))
    }
  }

  func testMarksStandOverEveryNoteAndRest() throws {
    let engraver = try engraver()
    let svg = try engraver.markedSVG(of: try tune(reel))
    let marks = svg.components(separatedBy: "data-note=\"").dropFirst().compactMap {
      Int($0.prefix { $0 != "\"" })
    }
    XCTAssertEqual(marks.sorted(), Array(0..<8))
    XCTAssertFalse(svg.contains("<abc "))
    XCTAssertTrue(svg.contains("</svg>"))
  }

  func testTheSameTuneGivesTheSameFiles() throws {
    let engraver = try engraver()
    let folder = FileManager.default.temporaryDirectory.appending(path: "hornpipe-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let tunes = try [tune(reel), tune(reel.replacingOccurrences(of: "Reel", with: "Other"))]
    for format in SheetEngraver.Format.allCases {
      var contents: [[Data]] = []
      for _ in 0..<2 {
        let path = folder.appending(path: "sheet.\(format)").path
        do {
          let files = try XCTUnwrap(try engraver.write(tunes, to: path, as: format))
          XCTAssertEqual(files.count, format == .pdf ? 1 : 2)
          contents.append(try files.map { try Data(contentsOf: URL(fileURLWithPath: $0)) })
        } catch EngravingError.missingProgram(let program, _) {
          throw XCTSkip("\(program) is not installed")
        }
        usleep(1_100_000)
      }
      XCTAssertEqual(contents[0], contents[1], "\(format)")
    }
    XCTAssertNil(try engraver.write(tunes, to: folder.path + "/a.svg", as: .svg, shouldStop: { true }))
  }

  func testErrorsSayWhatToDo() {
    XCTAssertEqual(
      EngravingError.missingProgram("abcm2ps", package: "abcm2ps").description,
      "sheet music needs abcm2ps; install it with 'apt-get install abcm2ps'")
    XCTAssertThrowsError(
      try engraver().write([tune(reel)], to: "/nowhere/a.svg", as: .svg))
  }
}
