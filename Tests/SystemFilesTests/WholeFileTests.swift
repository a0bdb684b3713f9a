import Foundation
import XCTest

@testable import SystemFiles

final class WholeFileTests: FolderTestCase {
  /// Some bytes that tell where they are.
  private func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 / 251 + $0) } }

  func testFilesOfAllSizesComeBackAsTheyWere() throws {
    for count in [0, 1, 4095, 4096, 65_535, 65_536, 65_537, 1_000_000] {
      try bytes(count).write(toFile: path("file"), isForced: count == 1)
      XCTAssertEqual(try [UInt8](contentsOfFile: path("file")), bytes(count), "\(count)")
    }
    XCTAssertEqual(try names(), ["file"])
  }

  func testPipesAreReadToTheirEndAndWrittenTo() throws {
    for count in [0, 1, 65_535, 65_536, 65_537, 131_072, 1_000_000] {
      XCTAssertEqual(unsafe mkfifo(path("pipe"), 0o600), 0)
      let pipe = path("pipe")
      let written = bytes(count)
      let writer = Thread { try? written.write(toFile: pipe) }
      writer.start()
      XCTAssertEqual(try [UInt8](contentsOfFile: pipe), written, "\(count)")
      XCTAssertEqual(unsafe unlink(pipe), 0)
    }
  }

  func testFilesWithoutASizeAreRead() throws {
    XCTAssertTrue(try [UInt8](contentsOfFile: "/proc/self/status").starts(with: Array("Name:".utf8)))
    XCTAssertEqual(try [UInt8](contentsOfFile: "/dev/null"), [])
  }

  func testReadingGoesOnWhereTheDescriptorIs() throws {
    try bytes(100).write(toFile: path("file"))
    let file = try FileDescriptor(opening: path("file"), O_RDONLY)
    lseek(file.number, 60, SEEK_SET)
    XCTAssertEqual(try file.readToEnd(), Array(bytes(100)[60...]))
    try file.close()
  }

  func testFailuresSayWhy() throws {
    func code(_ job: () throws -> Void) -> Int32? {
      do {
        try job()
        return nil
      } catch {
        return (error as? SystemError)?.code
      }
    }
    XCTAssertEqual(code { _ = try [UInt8](contentsOfFile: path("none")) }, ENOENT)
    XCTAssertEqual(code { _ = try [UInt8](contentsOfFile: path("")) }, EISDIR)
    XCTAssertEqual(code { try bytes(1).write(toFile: path("none/file")) }, ENOENT)
    XCTAssertEqual(code { try bytes(1).write(toFile: path("")) }, EISDIR)
    XCTAssertEqual(code { try bytes(1).write(toFile: "/dev/full") }, ENOSPC)
    XCTAssertEqual(SystemError(code: ENOSPC).description, "No space left on device")
    XCTAssertEqual(try names(), [], "nothing stays behind")
  }

  func testALinkStaysAndItsFileIsReplaced() throws {
    try bytes(1).write(toFile: path("file"))
    try link("link", to: "file")
    try bytes(2).write(toFile: path("link"))
    XCTAssertEqual(try [UInt8](contentsOfFile: path("file")), bytes(2))
    XCTAssertTrue(FileKind(path("link"), followsLinks: false) == .link)
    try link("nowhere", to: "none")
    XCTAssertThrowsError(try bytes(1).write(toFile: path("nowhere")))
    XCTAssertEqual(try names(), ["file", "link", "nowhere"])
  }

  func testPermissionsStay() throws {
    let path = path("script")
    try [1].write(toFile: path)
    for mode in [0o600, 0o755] {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      try [2, 3].write(toFile: path)
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      XCTAssertEqual(attributes[.posixPermissions] as? Int, mode)
    }
  }

  func testKinds() throws {
    try bytes(1).write(toFile: path("file"))
    try link("link", to: "file")
    try link("nowhere", to: "none")
    XCTAssertEqual(FileKind(path("")), .directory)
    XCTAssertEqual(FileKind(path("file")), .file)
    XCTAssertEqual(FileKind(path("link")), .file)
    XCTAssertEqual(FileKind(path("nowhere")), .link)
    XCTAssertEqual(FileKind(path("none")), .nothing)
    XCTAssertEqual(FileKind("/dev/null"), .special)
    XCTAssertEqual(FileKind(""), .nothing)
  }
}
