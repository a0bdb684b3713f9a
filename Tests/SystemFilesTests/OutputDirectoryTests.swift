import Foundation
import XCTest

@testable import SystemFiles

final class OutputDirectoryTests: FolderTestCase {
  func testADirectoryThatIsThereIsWrittenToAtOnceAndWholeFilesReplaceOthers() throws {
    try FileManager.default.createDirectory(atPath: path("out"), withIntermediateDirectories: false)
    let directory = try OutputDirectory(path("out"))
    try directory.write([1, 2, 3], name: "a")
    XCTAssertEqual(try [UInt8](contentsOfFile: path("out/a")), [1, 2, 3])
    try directory.write([4], name: "a")
    XCTAssertEqual(try [UInt8](contentsOfFile: path("out/a")), [4])
    try directory.finish()
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: path("out")), ["a"])
    XCTAssertThrowsError(try directory.write([1], name: "no/such/folder"))
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: path("out")), ["a"])
  }

  func testANewDirectoryIsThereWhenItIsFinished() throws {
    do {
      let directory = try OutputDirectory(path("out"))
      XCTAssertFalse(FileManager.default.fileExists(atPath: path("out")))
      for index in 0..<10 { try directory.write([UInt8(index)], name: "\(index % 8)") }
      try directory.finish()
      // It may be written to further on.
      try directory.write([99], name: "9")
      try directory.write([100], name: "9")
      try directory.finish()
    }
    XCTAssertEqual(try names(), ["out"])
    XCTAssertEqual(
      try FileManager.default.contentsOfDirectory(atPath: path("out")).sorted(),
      (0..<8).map { "\($0)" } + ["9"])
    // The later of two files of one name stays.
    XCTAssertEqual(try [UInt8](contentsOfFile: path("out/1")), [9])
    XCTAssertEqual(try [UInt8](contentsOfFile: path("out/9")), [100])
  }

  func testWhatWasWrittenIsThereThoughItIsNeverFinished() throws {
    do {
      let directory = try OutputDirectory(path("out"))
      try directory.write([1], name: "a")
      // Somebody is quicker, with an empty directory.
      try FileManager.default.createDirectory(atPath: path("out"), withIntermediateDirectories: false)
    }
    XCTAssertEqual(try names(), ["out"])
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: path("out")), ["a"])
  }

  func testWhereNothingCanBeMadeItSaysSo() throws {
    XCTAssertThrowsError(try OutputDirectory(path("none/out"))) {
      XCTAssertEqual(($0 as? SystemError)?.code, ENOENT)
    }
    try [1].write(toFile: path("file"))
    XCTAssertThrowsError(try OutputDirectory(path("file")))
    XCTAssertEqual(try names(), ["file"])
  }
}
