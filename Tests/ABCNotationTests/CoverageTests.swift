import Foundation
import XCTest

/// The table of what is supported says something of every section, and names tests that exist.
final class CoverageTests: XCTestCase {
  private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  private static let table = tests.deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources/ABCNotation/ABCNotation.docc/Coverage.md")

  /// The sections of ABC 2.1 from 2.1 to 13.4, with those chapters that have a text of their own.
  private static let sections = """
    2.1 2.2 2.2.1 2.2.2 2.2.3 2.2.4 2.2.5 2.2.6 2.3 2.3.1 2.3.2 2.3.3 2.3.4
    3 3.1 3.1.1 3.1.2 3.1.3 3.1.4 3.1.5 3.1.6 3.1.7 3.1.8 3.1.9 3.1.10 3.1.11 3.1.12 3.1.13 3.1.14 3.1.15 3.1.16
    3.1.17 3.1.18 3.2 3.3
    4.1 4.2 4.3 4.4 4.5 4.6 4.7 4.8 4.9 4.10 4.11 4.12 4.13 4.14 4.15 4.16 4.17 4.18 4.19 4.20
    5 5.1 5.2 5.3
    6.1 6.1.1 6.1.2 6.1.3 6.2
    7 7.1 7.2 7.3 7.4
    8 8.1 8.2
    9 9.1 9.2
    10.1 10.2 10.2.1 10.2.2 10.2.3 10.3 10.4 10.5 10.5.1 10.5.2 10.6 10.7 10.7.1
    11.0 11.0.1 11.0.2 11.1 11.2 11.3 11.4 11.4.1 11.4.2 11.4.3 11.4.4 11.4.5 11.4.6 11.4.7 11.4.8 11.5 11.6
    12.1 12.1.1 12.1.2 12.1.3 12.2 12.3
    13.1 13.2 13.3 13.4
    """.split { " \n".contains($0) }.map(String.init)

  /// The cells of the rows of the table.
  private func rows() throws -> [[String]] {
    try String(contentsOf: Self.table, encoding: .utf8).split(separator: "\n").compactMap { line in
      guard line.hasPrefix("| "), line.dropFirst(2).first?.isNumber == true else { return nil }
      return line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  func testEverySectionIsThereOnceAndInOrder() throws {
    XCTAssertEqual(try rows().map { $0[0] }, Self.sections)
  }

  func testEveryRowIsWhole() throws {
    for row in try rows() {
      XCTAssertEqual(row.count, 5, row[0])
      XCTAssertTrue(["supported", "partly", "deliberately not"].contains(row[2]), row[0])
      XCTAssertTrue(row[2] == "supported" || !row[3].isEmpty, "\(row[0]) needs a reason")
    }
  }

  func testEveryTestThatIsNamedExists() throws {
    var methods: Set<String> = []
    let files = try FileManager.default.subpathsOfDirectory(atPath: Self.tests.path)
    for file in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: Self.tests.appendingPathComponent(file), encoding: .utf8)
      var name = Substring()
      for line in text.split(separator: "\n") {
        if let match = line.firstMatch(of: /^final class (\w+)/) { name = match.1 }
        if let match = line.firstMatch(of: /^  func (test\w+)\(/) { methods.insert("\(name).\(match.1)") }
      }
    }
    for row in try rows() {
      let test = row[4].trimmingCharacters(in: CharacterSet(charactersIn: "`"))
      XCTAssertTrue(methods.contains(test), "\(row[0]): there is no test \(test)")
    }
  }

  func testTheCountsAreRight() throws {
    let rows = try rows()
    func count(_ status: String) -> Int { rows.count { $0[2] == status } }
    let line =
      "Of \(rows.count) sections, \(count("supported")) are supported, \(count("partly")) partly, "
      + "and \(count("deliberately not")) deliberately not."
    XCTAssertTrue(try String(contentsOf: Self.table, encoding: .utf8).contains(line), line)
  }
}
