import Foundation
import XCTest

/// `validate` beyond the finding of faults: which are shown, in which form, and what the exit status says.
final class ValidationTests: FolderTestCase {
  /// A tie to another pitch (warning), a stray bracket (error), a detached tie (info).
  private let tune = "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\nC4-D4|C8]|C4 -C4|\n"

  private func codes(_ arguments: String...) throws -> (codes: [String], status: Int32) {
    let file = try write(tune, to: "tune.abc")
    let all = ["--format", "json", file] + arguments
    let result = try Program.run(arguments: ["validate"] + all)
    let lines = result.output.split(separator: "\n")
    let found = try lines.map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return object?["code"] as? String ?? "?"
    }
    return (found, result.status)
  }

  func testSelection() throws {
    XCTAssertEqual(try codes().codes, ["ABC401", "ABC205"])
    XCTAssertEqual(try codes("--ignore", "ABC2").codes, ["ABC401"])
    XCTAssertEqual(try codes("--select", "stray-tie,abc403").codes, ["ABC401", "ABC403"])
    XCTAssertEqual(try codes("--select", "ABC4", "--ignore", "ABC401").codes, ["ABC403"])
    XCTAssertEqual(try codes("--select", "ABC999").status, 64)
  }

  func testStatus() throws {
    XCTAssertEqual(try codes().status, 1)
    XCTAssertEqual(try codes("--ignore", "ABC205").status, 0, "a warning alone")
    XCTAssertEqual(try codes("--ignore", "ABC205", "--strict").status, 1)
    XCTAssertEqual(try codes("--ignore", "ABC205", "--max-warnings", "1").status, 0)
    XCTAssertEqual(try codes("--ignore", "ABC205", "--max-warnings", "0").status, 1)
    XCTAssertEqual(try codes("--select", "ABC403", "--strict").status, 0, "what is only worth knowing")
    XCTAssertEqual(try codes("--max-warnings", "-1").status, 64)
  }

  func testSummary() throws {
    let result = try Program.run("validate", "--summary", try write(tune + "\n" + tune, to: "two.abc"))
    XCTAssertTrue(result.output.contains("2 tunes, 0 of them clean (0 %)\n"), result.output)
    XCTAssertTrue(result.output.contains("  ABC401 stray-tie: 2\n"), result.output)
  }

  func testExplain() throws {
    let result = try Program.run("validate", "--explain", "ABC301")
    XCTAssertEqual(result.status, 0)
    XCTAssertTrue(
      result.output.hasPrefix("ABC301 short-bar (warning)\n\nA bar has fewer beats"), result.output)
    XCTAssertEqual(try Program.run("validate", "--explain", "short-bar").output, result.output)
    XCTAssertEqual(try Program.run("validate", "--explain", "nothing").status, 64)
  }

  /// The caret stands under the fault, whatever stands before it: tabs, wide characters, marks on letters.
  func testCaret() throws {
    for (before, blanks) in [
      ("\"^plain\"", "        "), ("\t", "\t"), ("\"^歌\"", "     "), ("\"^e\u{301}\"", "    "),
      ("\"^🎻\"", "     "),
    ] {
      let tune = "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\n\(before)C8]|\n"
      let result = try Program.run("validate", try write(tune, to: "caret.abc"))
      XCTAssertTrue(result.output.hasSuffix("\n  \(before)C8]|\n  \(blanks)  ^\n"), result.output)
      XCTAssertFalse(result.output.contains("\u{1B}"), "no colours where there is no terminal")
    }
  }

  func testSARIF() throws {
    let file = try write(tune, to: "a tune.abc")
    let result = try Program.run("validate", "--format", "sarif", file)
    XCTAssertEqual(result.status, 1)
    let log = try JSONDecoder().decode(Log.self, from: Data(result.output.utf8))
    XCTAssertEqual(log.version, "2.1.0")
    let run = try XCTUnwrap(log.runs.first)
    XCTAssertEqual(run.results.map(\.ruleId), ["ABC401", "ABC205"])
    XCTAssertEqual(run.results.map(\.level), ["warning", "error"])
    for result in run.results { XCTAssertEqual(run.tool.driver.rules[result.ruleIndex].id, result.ruleId) }
    let place = try XCTUnwrap(run.results[1].locations.first).physicalLocation
    XCTAssertTrue(place.artifactLocation.uri.hasSuffix("/a%20tune.abc"), place.artifactLocation.uri)
    XCTAssertEqual(place.region, .init(startLine: 6, startColumn: 9, endLine: 6, endColumn: 10))
    let clean = try Program.run("validate", "--format", "sarif", input: "X:1\nT:Test\nK:C\nC8|\n")
    XCTAssertEqual(clean.status, 0)
    XCTAssertEqual(
      try JSONDecoder().decode(Log.self, from: Data(clean.output.utf8)).runs.first?.results.count, 0)
  }

  /// What this test reads of a log; its names are those of SARIF 2.1.0.
  private struct Log: Decodable {
    struct Run: Decodable {
      let tool: Tool
      let results: [Result]
    }
    struct Tool: Decodable { let driver: Driver }
    struct Driver: Decodable { let rules: [Rule] }
    struct Rule: Decodable { let id: String }
    struct Result: Decodable {
      let ruleId: String
      let ruleIndex: Int
      let level: String
      let locations: [Location]
    }
    struct Location: Decodable { let physicalLocation: Place }
    struct Place: Decodable {
      let artifactLocation: Artifact
      let region: Region
    }
    struct Artifact: Decodable { let uri: String }
    struct Region: Decodable, Equatable { let startLine, startColumn, endLine, endColumn: Int }
    let version: String
    let runs: [Run]
  }
}
