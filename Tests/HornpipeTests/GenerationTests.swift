import Foundation
import XCTest

final class GenerationTests: FolderTestCase {
  func testTheEmbeddedModelIsFoundFromAnywhereThroughALinkAndInACopy() throws {
    let expected = try Program.run("generate", "--seed", "5")
    XCTAssertEqual(expected.status, 0, expected.errors)
    XCTAssertTrue(expected.output.hasPrefix("% hornpipe "), expected.output)
    let link = folder.appendingPathComponent("link")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: Program.url)
    let copy = folder.appendingPathComponent("bin/hornpipe")
    try FileManager.default.createDirectory(
      at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: Program.url, to: copy)
    for program in [link, copy] {
      let result = try Program.run(
        "generate", "--seed", "5", program: program, directory: URL(fileURLWithPath: "/"))
      XCTAssertEqual(result.output, expected.output)
    }
  }

  func testTheCommandSaysHowCleanATuneIs() throws {
    let result = try Program.run("generate", "--seed", "1", "--count", "3")
    XCTAssertEqual(result.status, 0)
    let verdicts = result.errors.split(separator: "\n").filter {
      $0.hasPrefix("clean") || $0.hasPrefix("not clean")
    }
    XCTAssertEqual(verdicts.count, 3, result.errors)
    XCTAssertTrue(result.errors.contains("of 3 tunes are clean"), result.errors)
    let validation = try Program.run("validate", "--summary", input: result.output)
    let clean = verdicts.count { $0.hasPrefix("clean") }
    XCTAssertTrue(validation.output.contains("3 tunes, \(clean) of them clean"), validation.output)
  }

  func testSeveralTunesGoToADirectory() throws {
    let result = try Program.run(
      "generate", "--seed", "1", "--count", "3", "-o", path("abc"), "--midi", path("midi"), "--quiet")
    XCTAssertEqual(result.status, 0, result.errors)
    XCTAssertEqual(try names(in: "abc").map { String($0.prefix(5)) }, ["0001-", "0002-", "0003-"])
    XCTAssertEqual(try names(in: "midi").count, 3)
  }

  func testADrawnSeedIsPrintedAndMakesTheTuneAgain() throws {
    let first = try Program.run("generate", "--temperature", "1", "--top-k", "20", "--top-p", "0.95")
    let seed = try XCTUnwrap(
      first.errors.split(separator: "\n").first { $0.hasPrefix("seed ") }?.dropFirst(5))
    let again = try Program.run(
      "generate", "--temperature", "1", "--top-k", "20", "--top-p", "0.95", "--seed", String(seed))
    XCTAssertEqual(first.output, again.output)
  }

  func testAModelThatIsNoneIsRefused() throws {
    let file = try write("not a model", to: "model.safetensors")
    let result = try Program.run("generate", "--model", file)
    XCTAssertEqual(result.status, 2)
    XCTAssertTrue(result.errors.contains(file), result.errors)
    XCTAssertEqual(try Program.run("generate", "--model", path("none")).status, 2)
  }
}
