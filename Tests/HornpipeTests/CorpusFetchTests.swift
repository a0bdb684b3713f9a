import Foundation
import XCTest

/// `corpus fetch` from a server on this machine.
final class CorpusFetchTests: FolderTestCase {
  private let content =
    Array("tune_id,setting_id,name,type,meter,mode,abc\n".utf8) + [UInt8](repeating: 65, count: 200_000)

  override func setUpWithError() throws {
    try super.setUpWithError()
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    guard path.split(separator: ":").contains(where: { access("\($0)/curl", X_OK) == 0 }) else {
      throw XCTSkip("curl is not installed")
    }
  }

  private func fetch(_ server: FileServer, _ more: String...) throws -> Program.Result {
    try Program.run(
      arguments: ["corpus", "fetch", "thesession", "-o", path("collections"), "--from", server.address] + more
    )
  }

  private func fetched() throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appendingPathComponent("collections/thesession/tunes.csv")))
  }

  /// What an earlier try would have left.
  private func leavePart(_ bytes: [UInt8], tag: String) throws {
    let part = folder.appendingPathComponent("collections/.thesession.part")
    try FileManager.default.createDirectory(at: part, withIntermediateDirectories: true)
    try Data(bytes).write(to: part.appendingPathComponent("tunes.csv"))
    try Data(tag.utf8).write(to: part.appendingPathComponent("tunes.csv.tag"))
  }

  func testAWholeFile() throws {
    let server = try FileServer(content)
    defer { server.stop() }
    let result = try fetch(server)
    XCTAssertEqual(result.status, 0, result.errors)
    XCTAssertTrue(result.errors.contains("Licence: Open Database License"), result.errors)
    XCTAssertEqual(try fetched(), content)
    XCTAssertEqual(try names(in: "collections"), ["thesession"], "nothing is left beside it")
    // What is there is not fetched again, unless somebody asks for it.
    _ = try fetch(server)
    XCTAssertEqual(server.requests.count, 1)
    server.change(Array("new".utf8), FileServer.Manner())
    XCTAssertEqual(try fetch(server, "--again").status, 0)
    XCTAssertEqual(try fetched(), Array("new".utf8))
  }

  func testGoesOnWhereItStopped() throws {
    let server = try FileServer(content)
    defer { server.stop() }
    try leavePart(Array(content[..<150_000]), tag: "\"one\"")
    XCTAssertEqual(try fetch(server).status, 0)
    XCTAssertEqual(try fetched(), content)
    XCTAssertTrue(server.requests[0].contains("Range: bytes=150000-"), server.requests[0])
  }

  /// Two files are never mixed: one that has changed is fetched from its start.
  func testAFileThatHasChanged() throws {
    let server = try FileServer(content, FileServer.Manner(tag: "\"two\""))
    defer { server.stop() }
    try leavePart([UInt8](repeating: 66, count: 150_000), tag: "\"one\"")
    let result = try fetch(server)
    XCTAssertEqual(result.status, 0, result.errors)
    XCTAssertEqual(try fetched(), content)
  }

  func testAServerThatCannotGoOn() throws {
    let server = try FileServer(content, FileServer.Manner(sendsParts: false))
    defer { server.stop() }
    try leavePart(Array(content[..<150_000]), tag: "\"one\"")
    XCTAssertEqual(try fetch(server).status, 0)
    XCTAssertEqual(try fetched(), content)
  }

  func testChecksums() throws {
    let server = try FileServer(Array("a\n".utf8))
    defer { server.stop() }
    let right = "87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7"
    let wrong = String(repeating: "0", count: 64)
    let result = try fetch(server, "--sha256", wrong)
    XCTAssertEqual(result.status, 2)
    XCTAssertTrue(result.errors.contains("its SHA-256 is \(right) instead of \(wrong)"), result.errors)
    XCTAssertThrowsError(try fetched())
    XCTAssertEqual(try fetch(server, "--sha256", right.uppercased()).status, 0)
    XCTAssertEqual(try fetched(), Array("a\n".utf8))
  }

  func testWhatCannotBeFetched() throws {
    let server = try FileServer(content)
    defer { server.stop() }
    let missing = try Program.run(
      "corpus", "fetch", "thesession", "-o", path("collections"), "--from",
      server.address.replacingOccurrences(of: "tunes", with: "x"))
    XCTAssertEqual(missing.status, 2)
    XCTAssertTrue(missing.errors.contains("the server has no such file"), missing.errors)
    server.stop()
    XCTAssertEqual(try Program.run("corpus", "fetch", "nothing").status, 64)
    XCTAssertEqual(try Program.run("corpus", "fetch").status, 64)
    let list = try Program.run("corpus", "fetch", "--list")
    XCTAssertTrue(list.output.contains("oneills\n  O'Neill's"), list.output)
    let without = try Program.run(
      "corpus", "fetch", "thesession", "-o", path("collections"), environment: ["PATH": folder.path])
    XCTAssertTrue(
      without.errors.contains("curl is missing; install it with 'apt install curl'"), without.errors)
  }
}
