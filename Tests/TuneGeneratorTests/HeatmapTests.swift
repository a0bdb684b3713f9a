import Foundation
import XCTest

@testable import TuneGenerator

final class HeatmapTests: XCTestCase {
  private func heatmap(_ text: String, rows: Int = 1) -> Heatmap {
    let characters = text.unicodeScalars.map { String($0) }
    let values = characters.indices.map { Float($0) / Float(max(characters.count - 1, 1)) * 2 - 1 }
    return Heatmap(
      title: "a <title> & \"more\"", characters: characters,
      rows: (0..<rows).map { .init(name: "unit \($0)", values: values) })
  }

  func testTheColourGoesFromBlueOverWhiteToRed() {
    let (low, middle, high) = (Heatmap.color(-1), Heatmap.color(0), Heatmap.color(1))
    XCTAssertGreaterThan(low.blue, low.red)
    XCTAssertTrue(middle == (255, 255, 255))
    XCTAssertGreaterThan(high.red, high.blue)
    XCTAssertEqual(Heatmap.Row(name: "", values: [-3, 2]).values, [-1, 1])
  }

  func testLinesEndWhereTheTextsDoAndWhereTheyAreTooLong() {
    let long = String(repeating: "x", count: 230)
    XCTAssertEqual(heatmap("ab\n\nc").lines, [0..<3, 3..<4, 4..<5])
    XCTAssertEqual(heatmap(long).lines, [0..<100, 100..<200, 200..<230])
    XCTAssertEqual(heatmap("").lines, [])
  }

  func testTheSVGIsWellFormedAndHasACellForEachCharacter() throws {
    let svg = heatmap("X:1\nT:<&\">\u{1}\u{FFFE}é𝄞\nK:D\n", rows: 2).svg
    let cells = svg.components(separatedBy: "height=\"17\"").count - 1
    XCTAssertEqual(cells, 2 * 19)
    try assertWellFormed(svg)
    try assertWellFormed(heatmap("", rows: 0).svg)
  }

  func testThePageHoldsEveryValueAndNothingFromOutside() throws {
    let page = heatmap("ab</script>", rows: 3).html
    XCTAssertEqual(page.components(separatedBy: "<span>").count - 1, 11)
    XCTAssertTrue(page.contains("[-100,-80,-60,-40,-20,0,20,40,60,80,100]"))
    XCTAssertEqual(page.components(separatedBy: "</script>").count - 1, 1, "the text does not end the script")
    XCTAssertFalse(page.contains("http"))
  }

  func testATerminalShowsColoursOrDigitsAndNoCommands() {
    let map = heatmap("ab\u{1B}c\n")
    XCTAssertEqual(
      map.terminalText(isColoured: false), "a <title> & \"more\"\n\nunit 0\nab\u{FFFD}c↵\n02579\n")
    let coloured = map.terminalText(isColoured: true)
    XCTAssertEqual(
      coloured.components(separatedBy: "\u{1B}[").count - 1, 6, "one for each character, one to end")
  }

  func testLossesOfSeveralRunsAreDrawn() throws {
    var plot = LossPlot()
    try assertWellFormed(plot.svg)
    for run in 0..<3 {
      for epoch in 1...4 {
        plot.add(
          epoch: epoch, trainingLoss: epoch == 2 ? .nan : 3 / Double(epoch + run),
          validationLoss: epoch % 2 == 0 ? 2 : nil, run: run)
      }
    }
    try assertWellFormed(plot.svg)
    XCTAssertEqual(plot.svg.components(separatedBy: "<polyline").count - 1, 6)
    XCTAssertFalse(plot.svg.contains("nan"))
  }

  /// Every tag closes, and no sign stands bare: enough to find what a generator of markup does wrong.
  private func assertWellFormed(_ xml: String, line: UInt = #line) throws {
    var open: [Substring] = []
    var rest = xml[...]
    while let start = rest.firstIndex(of: "<") {
      XCTAssertFalse(rest[..<start].contains(">"), line: line)
      let end = try XCTUnwrap(rest[start...].firstIndex(of: ">"), line: line)
      let tag = rest[rest.index(after: start)..<end]
      XCTAssertFalse(tag.contains("<"), line: line)
      if tag.hasPrefix("/") {
        XCTAssertEqual(open.popLast(), tag.dropFirst(), line: line)
      } else if !tag.hasSuffix("/") {
        open.append(tag.prefix { $0 != " " && $0 != "\n" })
      }
      rest = rest[rest.index(after: end)...]
    }
    XCTAssertEqual(open, [], line: line)
    XCTAssertFalse(xml.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" }, line: line)
  }
}
