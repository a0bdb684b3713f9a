import Foundation
import XCTest

/// `validate` reads long files in blocks; what it says is what it would say of the whole.
final class LongFileTests: FolderTestCase {
  private func tune(_ number: Int, _ title: String = "Tune", _ music: String = "CDEF GABc|cBAG FEDC|]")
    -> String
  {
    "X:\(number)\nT:\(title) \(number)\nK:C\n\(music)\n\n"
  }

  /// More than five million bytes, with every seventh bar line wrong and every thousandth number used twice.
  private func tunes(_ title: String) -> [String] {
    (1...120_000).map { number in
      tune(
        number % 1000 == 0 ? number - 1 : number, title,
        number % 7 == 0 ? "CDEF GABc-|AB]c CDEFG|]|CDEFG ABcd|" : "CDEF GABc|cBAG FEDC|]")
    }
  }

  private func check(_ text: [UInt8], file: StaticString = #filePath, line: UInt = #line) throws -> String {
    XCTAssertGreaterThan(text.count, 5 << 20, file: file, line: line)
    let url = folder.appendingPathComponent("long.abc")
    try Data(text).write(to: url)
    let arguments = ["validate", "--format", "json", "--summary"]
    let blocks = try Program.run(arguments: arguments + [url.path])
    // --fix reads the whole; what it would mend is left out.
    let left = ["--ignore", "ABC002,ABC004,ABC112"]
    let whole = try Program.run(arguments: arguments + left + ["--fix", url.path])
    let some = try Program.run(arguments: arguments + left + [url.path])
    XCTAssertEqual(some.output == whole.output, true, file: file, line: line)
    return blocks.output
  }

  func testPlaces() throws {
    let output = try check(Array(("%abc-2.1\nM:4/4\nL:1/8\n\n" + tunes("Tune").joined()).utf8))
    let lines = output.split(separator: "\n")
    let duplicates = lines.filter { $0.contains("\"ABC112\"") }
    XCTAssertEqual(duplicates.count, 120)
    // The tune of number n starts in line 5(n - 1) + 5.
    XCTAssertTrue(duplicates[119].contains("\"line\":\(5 * 119_999 + 5),"), String(duplicates[119]))
    let stray = lines.filter { $0.contains("\"ABC205\"") }
    XCTAssertEqual(stray.count, 120_000 / 7)
    XCTAssertTrue(stray.last!.contains("\"line\":\(5 * (119_994 - 1) + 8),"), String(stray.last!))
    let long = lines.filter { $0.contains("\"ABC302\"") }
    XCTAssertFalse(long.isEmpty, "the meter of the file's header holds for all its tunes")
  }

  func testEncodings() throws {
    let latin = Array(tunes("Bj\u{F6}rn").joined().unicodeScalars.map { UInt8($0.value) })
    let output = try check(latin)
    XCTAssertFalse(output.contains("\"ABC004\""))
    XCTAssertTrue(output.contains("long.abc"))
    // One line in UTF-8 among those in Latin-1 is told once, where it stands.
    var mixed = latin
    let place = mixed.count - 40_000
    let line = mixed[place...].firstIndex(of: 10)!
    mixed.insert(contentsOf: Array("\n% Bj\u{F6}rn".utf8), at: line)
    let findings = try check(mixed).split(separator: "\n").filter { $0.contains("\"ABC004\"") }
    XCTAssertEqual(findings.count, 1)
    let number = mixed[...line].count { $0 == 10 } + 1
    XCTAssertTrue(findings.first?.contains("\"line\":\(number),") == true, String(findings.first ?? ""))
  }
}
