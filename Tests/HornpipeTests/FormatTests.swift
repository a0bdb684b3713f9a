import Foundation
import XCTest

final class FormatTests: FolderTestCase {
  private let rough = "X:1\r\nT: Test\r\nK: D major\r\nD2 | A1 |] % end\r\n"
  private let neat = "X:1\nT:Test\nK:D\nD2|A|] % end\n"

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  func testItPrintsTheResult() throws {
    XCTAssertTrue(try Program.run("--help").output.contains("  format "))
    let file = try write(rough, to: "a.abc")
    let result = try Program.run("format", file)
    XCTAssertEqual(result.status, 0, result.errors)
    XCTAssertEqual(result.output, neat)
    XCTAssertEqual(try text("a.abc"), rough)
    XCTAssertEqual(try Program.run("format", input: rough).output, neat)
    XCTAssertEqual(try Program.run("format", "-", file, input: neat).output, neat + neat)
  }

  func testItTransposes() throws {
    let file = try write("X:1\nT:Test\nK:D % two sharps\n\"D\"D2F^G|A4|]\n", to: "a.abc")
    XCTAssertEqual(
      try Program.run("format", "--transpose", "-2", file).output,
      "X:1\nT:Test\nK:C % two sharps\n\"C\"C2E^F|G4|]\n")
    XCTAssertEqual(
      try Program.run("format", "--transpose", "G", file).output,
      "X:1\nT:Test\nK:G % two sharps\n\"G\"G2B^c|d4|]\n")
    XCTAssertEqual(try Program.run("format", "--transpose", "H", file).status, 64)
    XCTAssertEqual(try Program.run("format", "--transpose", "500", file).status, 64)
    let none = try write("X:1\nT:Free\nK:none\nC4|]\n", to: "none.abc")
    let refused = try Program.run("format", "--transpose", "G", none)
    XCTAssertEqual(refused.status, 2)
    XCTAssertTrue(refused.errors.contains("Free"), refused.errors)
    XCTAssertEqual(refused.output, "")
  }

  func testCheckNamesTheFilesThatWouldChange() throws {
    let file = try write(rough, to: "a.abc")
    _ = try write(neat, to: "b.abc")
    let result = try Program.run("format", "--check", folder.path)
    XCTAssertEqual(result.status, 1)
    XCTAssertEqual(result.output, file + "\n")
    XCTAssertEqual(try text("a.abc"), rough)
    let good = try Program.run("format", "--check", path("b.abc"))
    XCTAssertEqual(good.status, 0)
    XCTAssertEqual(good.output, "")
  }

  func testInPlaceRewritesOnlyWhatChanges() throws {
    _ = try write(rough, to: "a.abc")
    _ = try write(neat, to: "b.abc")
    let old = Date(timeIntervalSince1970: 1_000_000)
    for name in ["a.abc", "b.abc"] {
      try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: path(name))
    }
    let result = try Program.run("format", "--in-place", folder.path)
    XCTAssertEqual(result.status, 0, result.errors)
    XCTAssertEqual(result.output, "")
    XCTAssertEqual(try text("a.abc"), neat)
    XCTAssertEqual(try names(in: ""), ["a.abc", "b.abc"])
    let dates = try ["a.abc", "b.abc"].map {
      try FileManager.default.attributesOfItem(atPath: path($0))[.modificationDate] as? Date
    }
    XCTAssertNotEqual(dates[0], old)
    XCTAssertEqual(dates[1], old)
    XCTAssertEqual(try Program.run("format", "--check", folder.path).status, 0)
  }

  func testItGoesOnAfterAFileThatCannotBeRead() throws {
    let result = try Program.run("format", path("missing.abc"), try write(rough, to: "a.abc"))
    XCTAssertEqual(result.status, 2)
    XCTAssertEqual(result.output, neat)
    XCTAssertTrue(
      result.errors.contains("cannot read \(path("missing.abc")): there is no such file"), result.errors)
    XCTAssertEqual(try Program.run("format", "--check", path("missing.abc"), path("a.abc")).status, 2)
  }

  func testWrongUsage() throws {
    for arguments in [["--check", "--in-place"], ["--in-place", "-"]] {
      XCTAssertEqual(
        try Program.run("format", arguments[0], arguments[1], input: neat).status, 64, "\(arguments)")
    }
    XCTAssertEqual(try Program.run("format", "--in-place", input: neat).status, 64)
  }
}
