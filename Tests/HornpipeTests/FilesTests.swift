import Foundation
import XCTest

/// Which files a command reads and how it writes them.
final class FilesTests: FolderTestCase {
  private let tune = "X:1\nT:Test\nK:D\nD4|\n"

  private func shell(_ command: String) throws -> Program.Result {
    let line = command.replacing("hornpipe", with: "'\(Program.url.path)'")
    return try Program.run("-c", line, program: URL(fileURLWithPath: "/bin/sh"), directory: folder)
  }

  func testPipesAreReadAsFilesAre() throws {
    _ = try write(tune, to: "a.abc")
    XCTAssertEqual(try shell("cat a.abc | hornpipe format /dev/stdin").output, tune)
    XCTAssertEqual(try shell("cat a.abc | hornpipe format").output, tune)
    XCTAssertEqual(try shell("hornpipe format < a.abc").output, tune)
    XCTAssertEqual(try shell("{ read line; hornpipe format; } < a.abc").output, String(tune.dropFirst(4)))
    let directory = try shell("hornpipe format < .")
    XCTAssertEqual(directory.status, 2)
    XCTAssertEqual(directory.errors, "hornpipe: cannot read the standard input: it is a directory\n")
  }

  func testADirectoryIsReadToItsDepthAndSorted() throws {
    for name in ["b", "real", "real/deep"] {
      try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
    }
    for name in ["b/1.ABC", "b-1.abc", "b/no.txt", "real/deep/.z.abc", ".hidden.abc"] {
      _ = try write("T: \(name)\n", to: name)
    }
    try FileManager.default.createSymbolicLink(atPath: path("link"), withDestinationPath: path("real"))
    try FileManager.default.createSymbolicLink(atPath: path("link.abc"), withDestinationPath: path("b-1.abc"))
    XCTAssertEqual(try shell("mkfifo pipe.abc").status, 0)
    XCTAssertEqual(
      try shell("hornpipe format --check .").output,
      "./.hidden.abc\n./b-1.abc\n./b/1.ABC\n./link.abc\n./real/deep/.z.abc\n")
    XCTAssertEqual(try shell("hornpipe format --check link").output, "link/deep/.z.abc\n")
  }

  func testWhatIsWrittenReplacesFilesButNeitherLinksNorPipes() throws {
    _ = try write(tune, to: "a.abc")
    let result = try shell(
      "hornpipe export a.abc -o m && : > file && ln -s file link && hornpipe export a.abc -o link && cmp m file"
    )
    XCTAssertEqual(result.status, 0, result.errors)
    let pipe = try shell("hornpipe export a.abc -o /dev/stdout --quiet | cmp - m")
    XCTAssertEqual(pipe.status, 0, pipe.errors)
    XCTAssertEqual(try shell("hornpipe export a.abc -o /dev/full").status, 2)
    XCTAssertEqual(try names(in: ""), ["a.abc", "file", "link", "m"])
  }

  func testResultsThatNobodyReadsOrThatDoNotFit() throws {
    _ = try write(tune, to: "a.abc")
    let full = try shell("hornpipe format a.abc > /dev/full")
    XCTAssertEqual(full.status, 2)
    XCTAssertEqual(full.errors, "hornpipe: cannot write the results: No space left on device\n")
    let closed = try shell("trap '' PIPE; { sleep 0.1; hornpipe format a.abc; echo $? >&2; } | true")
    XCTAssertEqual(closed.errors, "0\n")
  }
}
