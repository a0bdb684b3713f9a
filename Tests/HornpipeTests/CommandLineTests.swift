import Foundation
import XCTest

final class CommandLineTests: FolderTestCase {
  private let tune = "X:1\nT:Test\nM:4/4\nL:1/8\nQ:1/4=240\nK:D\nDEFG ABcd|d8|]\n"

  func testHelpAndWrongUsage() throws {
    let help = try Program.run("--help")
    XCTAssertEqual(help.status, 0)
    for command in ["generate", "play", "export", "validate", "corpus", "train", "evaluate"] {
      XCTAssertTrue(help.output.contains("  \(command) "), command)
    }
    XCTAssertEqual(try Program.run("generate", "--temperature", "0").status, 64)
    XCTAssertEqual(try Program.run("nonsense").status, 64)
  }

  func testValidateSaysWhatIsWrongAndWhere() throws {
    let file = try write("X:1\nT:Test\nM:4/4\nL:1/8\nK:D\nDEFG ABc|\n\td4 [d4|\n", to: "bad.abc")
    let result = try Program.run("validate", file)
    XCTAssertEqual(result.status, 1)
    XCTAssertTrue(
      result.output.contains("\(file):7:5: error: this '[' opens a chord that no ']' closes [ABC202]"),
      result.output)
    XCTAssertTrue(result.output.contains("\n  \td4 [d4|\n  \t   ^\n"), result.output)
    XCTAssertEqual(try Program.run("validate", try write(tune, to: "good.abc")).status, 0)
    XCTAssertEqual(try Program.run("validate", path("missing.abc")).status, 2)
  }

  /// A file may be one long line; what is shown of it fits a screen.
  func testALongLineIsShownInPart() throws {
    let music = String(repeating: "C8|", count: 2000) + "é[C8|" + String(repeating: "C8|", count: 2000)
    let text = "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\n\(music)\n"
    let result = try Program.run("validate", try write(text, to: "long.abc"))
    XCTAssertTrue(result.output.contains(":6:6002: error: this '['"), String(result.output.prefix(300)))
    for line in result.output.split(separator: "\n") { XCTAssertLessThan(line.count, 400) }
  }

  /// Faults at the very end of a line or file have a place too, whatever the line end.
  func testFaultsAtLineEndsAreShown() throws {
    for end in ["\n", "\r\n", "\r", ""] {
      let text =
        ["X:1", "T:Test", "K:C", "C8|", "[K:G", "C ^"].joined(separator: end.isEmpty ? "\n" : end) + end
      let result = try Program.run("validate", try write(text, to: "ends.abc"))
      XCTAssertEqual(result.status, 1)
      XCTAssertTrue(result.output.contains("ends.abc:6:3: error"), result.output)
    }
  }

  func testValidateReadsStandardInputAndWritesJSON() throws {
    let result = try Program.run(
      "validate", "--format", "json", "-", input: tune.replacing("K:D", with: "K:Q"))
    XCTAssertEqual(result.status, 1)
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    XCTAssertEqual(object?["code"] as? String, "ABC108")
    XCTAssertEqual(object?["line"] as? Int, 6)
    XCTAssertEqual(object?["file"] as? String, "<stdin>")
  }

  func testExportWritesOneTuneToAFile() throws {
    let result = try Program.run("export", try write(tune, to: "a.abc"), "-o", path("a.mid"))
    XCTAssertEqual(result.status, 0, result.errors)
    XCTAssertTrue(
      try Data(contentsOf: folder.appendingPathComponent("a.mid")).starts(with: Data("MThd".utf8)))
    XCTAssertEqual(try names(in: ""), ["a.abc", "a.mid"])
  }

  func testExportOverwritesNoTuneOfACollection() throws {
    let twice = tune + "\n" + tune + "\n" + tune.replacing("X:1", with: "X:2")
    _ = try write(twice, to: "book.abc")
    let result = try Program.run(
      "export", folder.path, "-o", path("midi"), "--manifest", path("manifest.jsonl"))
    XCTAssertEqual(result.status, 0, result.errors)
    XCTAssertEqual(try names(in: "midi"), ["book-1-Test-2.mid", "book-1-Test.mid", "book-2-Test.mid"])
    let lines = try String(contentsOfFile: path("manifest.jsonl"), encoding: .utf8).split(separator: "\n")
    XCTAssertEqual(lines.count, 3)
    let entry = try JSONSerialization.jsonObject(with: Data(lines[2].utf8)) as? [String: Any]
    XCTAssertEqual(entry?["x"] as? Int, 2)
    XCTAssertEqual(entry?["notes"] as? Int, 9)
    XCTAssertEqual(entry?["line"] as? Int, 17)
    XCTAssertEqual(entry?["seconds"] as? Double, 2)
  }

  func testExportGoesOnAfterAFileThatCannotBeRead() throws {
    let file = try write(tune, to: "a.abc")
    let result = try Program.run("export", path("missing.abc"), file, "-o", path("out") + "/")
    XCTAssertEqual(result.status, 1)
    XCTAssertTrue(
      result.errors.contains("cannot read \(path("missing.abc")): there is no such file"), result.errors)
    XCTAssertEqual(try names(in: "out"), ["a-1-Test.mid"])
  }

  func testExportToADirectoryThatIsNotThereIsRefused() throws {
    let result = try Program.run("export", try write(tune, to: "a.abc"), "-o", path("no/where.mid"))
    XCTAssertEqual(result.status, 2)
    XCTAssertTrue(result.errors.contains("cannot write"), result.errors)
  }

  func testTheMIDIFilesOfTheStarterTunebookAreReadByMftext() throws {
    let mftext = "/usr/bin/mftext"
    guard FileManager.default.isExecutableFile(atPath: mftext) else {
      throw XCTSkip("abcmidi is not installed")
    }
    let book = Program.repository.appendingPathComponent("Corpus/starter.abc").path
    XCTAssertEqual(try Program.run("export", book, "-o", path("midi"), "--quiet").status, 0)
    let files = try names(in: "midi")
    XCTAssertGreaterThanOrEqual(files.count, 200)
    for file in files {
      let text = try Program.run(path("midi/\(file)"), program: URL(fileURLWithPath: mftext))
      XCTAssertEqual(text.status, 0, file)
      XCTAssertEqual(text.errors, "", file)
      XCTAssertTrue(text.output.contains("Header format=1 ntrks=2 division=480"), file)
    }
  }
}
