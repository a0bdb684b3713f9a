import Foundation
import XCTest

/// The module needs nothing but Swift: a program that uses it alone links without more.
final class DependencyTests: XCTestCase {
  func testTheModuleImportsNothingAndCallsNoMathematicsLibrary() throws {
    let sources = Documentation.file("").deletingLastPathComponent()
    let files = try FileManager.default.contentsOfDirectory(atPath: sources.path).filter {
      $0.hasSuffix(".swift")
    }
    XCTAssertGreaterThan(files.count, 10)
    for name in files {
      let text = try String(contentsOf: sources.appending(path: name), encoding: .utf8)
      for line in text.split(separator: "\n") where !line.contains("//") {
        XCTAssertFalse(line.split(separator: " ").contains("import"), "\(name): \(line)")
        // Each calls a function of libm, which Swift does not link by itself.
        for call in [".rounded(", ".round(", "squareRoot", "truncatingRemainder"] {
          XCTAssertFalse(line.contains(call), "\(name): \(line)")
        }
      }
    }
  }
}
