import Foundation
import XCTest

/// The module's documentation catalogue.
enum Documentation {
  static func file(_ name: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .appending(path: "Sources/StandardMIDI/StandardMIDI.docc/\(name)")
  }
}

/// The table of what of SMF 1.0 is supported names tests that exist.
final class CoverageTests: XCTestCase {
  func testEveryTestThatTheTableNamesExists() throws {
    let table = try String(contentsOf: Documentation.file("Coverage.md"), encoding: .utf8)
    var methods: Set<String> = []
    let directory = URL(filePath: #filePath).deletingLastPathComponent()
    for name in try FileManager.default.contentsOfDirectory(atPath: directory.path)
    where name.hasSuffix(".swift") {
      let text = try String(contentsOf: directory.appending(path: name), encoding: .utf8)
      var type = Substring()
      for line in text.split(separator: "\n") {
        if let match = line.firstMatch(of: /^final class (\w+)/) { type = match.1 }
        if let match = line.firstMatch(of: /^  func (test\w+)\(/) { methods.insert("\(type).\(match.1)") }
      }
    }
    let rows = table.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| ---") }
      .dropFirst()
    XCTAssertGreaterThan(rows.count, 20)
    for row in rows {
      let named = row.matches(of: /`(\w+Tests\.test\w+)`/).map { String($0.1) }
      XCTAssertFalse(named.isEmpty, String(row))
      for name in named { XCTAssertTrue(methods.contains(name), "there is no \(name)") }
    }
  }
}
