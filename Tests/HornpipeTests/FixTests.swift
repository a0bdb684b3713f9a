import Foundation
import XCTest

/// `validate --fix`: what is mended, what is left, and what happens to the files.
final class FixTests: FolderTestCase {
  /// What the reserved sign is for nobody knows, and it goes; what the bracket was for a person must say.
  private let broken = "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\nC4#D4|C8]|C6|\n"
  private let safely = "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\nC4D4|C8]|C6|\n"

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  func testFilesAreMendedInPlace() throws {
    let file = try write(broken, to: "a.abc")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
    let before = try Program.run("validate", file)
    XCTAssertEqual(try text("a.abc"), broken, "nothing is mended without --fix")
    XCTAssertTrue(before.output.contains("[ABC212]"), before.output)
    let result = try Program.run("validate", "--fix", file)
    XCTAssertEqual(try text("a.abc"), safely)
    XCTAssertFalse(result.output.contains("[ABC212]"), result.output)
    XCTAssertTrue(result.output.contains("a.abc:6:8: error: "), result.output)
    XCTAssertEqual(result.status, 1, "what is left is an error")
    XCTAssertEqual(result.errors, "mended 1 findings in 1 files\n")
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    XCTAssertEqual(attributes[.posixPermissions] as? Int, 0o640)
    XCTAssertEqual(try Program.run("validate", "--fix", file).errors, "mended 0 findings in 0 files\n")
  }

  func testOnlyWhatWasAskedForIsMended() throws {
    let file = try write(broken, to: "a.abc")
    _ = try Program.run("validate", "--fix", "--ignore", "ABC212", file)
    XCTAssertEqual(try text("a.abc"), broken)
    _ = try Program.run("validate", "--fix", "--unsafe-fixes", "--select", "ABC205", file)
    XCTAssertEqual(try text("a.abc"), broken.replacingOccurrences(of: "C8]|", with: "C8|"))
    XCTAssertEqual(try Program.run("validate", "--unsafe-fixes", file).status, 64)
  }

  func testStandardInputComesOutMended() throws {
    let result = try Program.run("validate", "--fix", "-", input: broken)
    XCTAssertEqual(result.output, safely)
    XCTAssertTrue(result.errors.contains("[ABC205]"), result.errors)
    XCTAssertEqual(result.status, 1)
    XCTAssertEqual(try Program.run("validate", "--fix", input: safely).output, safely)
    XCTAssertEqual(try Program.run("validate", "--fix", "-", path("a.abc"), input: broken).status, 64)
  }

  func testFixesAreInTheJSON() throws {
    let file = try write(broken, to: "a.abc")
    let result = try Program.run("validate", "--format", "json", file)
    let lines = try result.output.split(separator: "\n").map {
      try XCTUnwrap(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let fix = try XCTUnwrap(lines.first?["fix"] as? [String: Any], result.output)
    XCTAssertEqual(fix["safe"] as? Bool, true)
    let edit = try XCTUnwrap((fix["edits"] as? [[String: Any]])?.first)
    XCTAssertEqual(edit["text"] as? String, "")
  }

  /// Every file is the old or the mended one, whenever the program is stopped.
  func testAnInterruptionLeavesWholeFiles() throws {
    let many = String(repeating: broken + "\n", count: 2000)
    let mended = String(repeating: safely + "\n", count: 2000)
    for number in 10..<40 { _ = try write(many, to: "\(number).abc") }
    let process = Process()
    process.executableURL = Program.url
    process.arguments = ["validate", "--fix", "--ignore", "ABC112", folder.path]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    // Until the first file has been mended.
    while process.isRunning, try text("10.abc") == many { usleep(1000) }
    process.interrupt()
    process.waitUntilExit()
    XCTAssertEqual(process.terminationStatus, 130)
    let texts = try names(in: "").map(text)
    XCTAssertEqual(texts.count, 30, "nothing is left beside the files")
    for text in texts { XCTAssertTrue(text == many || text == mended) }
    XCTAssertEqual(texts.first, mended)
    XCTAssertEqual(texts.last, many, "it stopped at once")
  }
}
