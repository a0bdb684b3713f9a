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

  func testATuneIsMadeAgainByteForByte() throws {
    for options in [
      ["--seed", "5"], ["--seed", "5", "--count", "3", "--temperature", "1.2", "--rhythm", "jig"],
      ["--seed", "9", "--unconstrained", "--top-k", "20"],
      [
        "--seed", "2", "--parts", "AABB", "--bars", "4", "--key", "Ador", "--title", "A, \"B\"",
        "--max-length", "700",
      ],
    ] {
      let first = try Program.run(arguments: ["generate"] + options)
      XCTAssertEqual(first.status, 0, first.errors)
      let file = try write(first.output, to: "tune.abc")
      XCTAssertEqual(try Program.run("generate", "--like", file).output, first.output)
    }
    let tune = try write(
      "X:1\nT:Kept\nM:4/4\nL:1/8\nK:G\n|:G2BG d2BG|A2cA e2cA|G2BG d2BG|A2FA G4:|\n", to: "kept.abc")
    let changed = try Program.run("generate", "--infill", "2-3", "--prime", "@" + tune, "--seed", "1")
    XCTAssertEqual(changed.status, 0, changed.errors)
    XCTAssertTrue(
      changed.output.contains("\n|:G2BG d2BG|") && changed.output.hasSuffix("|A2FA G4:|\n"), changed.output)
    let again = try Program.run("generate", "--like", try write(changed.output, to: "changed.abc"))
    XCTAssertEqual(again.output, changed.output)
  }

  func testATuneOfAnotherModelOrOfNoneCannotBeMadeAgain() throws {
    let tune = try Program.run("generate", "--seed", "5").output
    let other = tune.replacing(/"hash":"[0-9a-f]+"/, with: "\"hash\":\"0\"")
    let result = try Program.run("generate", "--like", try write(other, to: "other.abc"))
    XCTAssertEqual(result.status, 2)
    XCTAssertTrue(result.errors.contains("--model"), result.errors)
    XCTAssertEqual(try Program.run("generate", "--like", try write("X:1\n", to: "none.abc")).status, 2)
  }

  func testARunThatWasStoppedGoesOn() throws {
    let all = ["generate", "--seed", "1", "--count", "12", "--quiet", "-o"]
    XCTAssertEqual(try Program.run(arguments: all + [path("whole")]).status, 0)
    XCTAssertEqual(try Program.run(arguments: all + [path("part")]).status, 0)
    let names = try names(in: "part")
    for name in names.suffix(5) + names.prefix(1) {
      try FileManager.default.removeItem(atPath: path("part/" + name))
    }
    // A tune that was made in another way is written again.
    _ = try write("% hornpipe {}\nX:1\n", to: "part/" + names[3])
    let result = try Program.run(arguments: all + [path("part"), "--resume"])
    XCTAssertEqual(result.status, 0, result.errors)
    XCTAssertEqual(try self.names(in: "part"), try self.names(in: "whole"))
    for name in names {
      XCTAssertEqual(
        try String(contentsOfFile: path("part/" + name), encoding: .utf8),
        try String(contentsOfFile: path("whole/" + name), encoding: .utf8))
    }
    XCTAssertEqual(try Program.run("generate", "--resume", "-o", path("part"), "--count", "2").status, 64)
  }

  func testTheNumberOfThreadsChangesNothing() throws {
    let one = try Program.run("generate", "--seed", "3", "--count", "40", "--jobs", "1", "--quiet")
    let three = try Program.run("generate", "--seed", "3", "--count", "40", "--jobs", "3", "--quiet")
    XCTAssertEqual(one.output, three.output)
  }

  func testATuneThatCopiesIsReplaced() throws {
    let first = try Program.run("generate", "--seed", "5", "--quiet").output
    let training = try write(first, to: "training.abc")
    let limited = try Program.run(
      "generate", "--seed", "5", "--training", training, "--max-copied-bars", "3", "--quiet")
    XCTAssertEqual(limited.status, 0, limited.errors)
    XCTAssertNotEqual(limited.output, first)
    XCTAssertEqual(
      try Program.run("generate", "--like", try write(limited.output, to: "a.abc"), "--quiet").output,
      limited.output)
    XCTAssertEqual(try Program.run("generate", "--max-copied-bars", "3").status, 64)
  }
}
