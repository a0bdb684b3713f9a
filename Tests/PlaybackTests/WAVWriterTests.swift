import Foundation
import Glibc
import StandardMIDI
import XCTest

@testable import Playback

final class WAVWriterTests: XCTestCase {
  private func assertRefused(_ path: String, saying expected: String, line: UInt = #line) {
    XCTAssertThrowsError(try WAVWriter(path: path), line: line) {
      XCTAssertTrue("\($0)".contains(expected), "\($0)", line: line)
    }
  }

  func testAFileHoldsItsSamplesUnderACanonicalHeader() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.wav")
    let writer = try WAVWriter(path: url.path)
    try writer.append([1, -2, 0x1234, .min])
    try writer.finish()
    let expected: [UInt8] =
      Array("RIFF".utf8) + [44, 0, 0, 0] + Array("WAVEfmt ".utf8) + [16, 0, 0, 0, 1, 0, 2, 0]
      + [0x44, 0xAC, 0, 0, 0x10, 0xB1, 2, 0, 4, 0, 16, 0] + Array("data".utf8) + [8, 0, 0, 0]
      + [1, 0, 0xFE, 0xFF, 0x34, 0x12, 0, 0x80]
    XCTAssertEqual([UInt8](try Data(contentsOf: url)), expected)
    XCTAssertEqual(folder.names, ["a.wav"])
  }

  func testUntilItIsFinishedNothingAtThePathChanges() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.wav")
    try Data("before".utf8).write(to: url)
    do {
      let writer = try WAVWriter(path: url.path)
      try writer.append([Int16](repeating: 5, count: 200_000))
      XCTAssertEqual(folder.names.count, 2)
      XCTAssertEqual(try Data(contentsOf: url), Data("before".utf8))
    }
    XCTAssertEqual(folder.names, ["a.wav"])
    XCTAssertEqual(try Data(contentsOf: url), Data("before".utf8))
  }

  func testAPathThatCannotBeWrittenIsAnError() throws {
    let folder = try TemporaryFolder()
    assertRefused(folder.url.path, saying: "it is a folder")
    assertRefused(folder.file("none/a.wav").path, saying: "No such file or directory")
    XCTAssertEqual(folder.names, [])
  }

  func testADeviceIsWrittenToAsItIs() throws {
    let writer = try WAVWriter(path: "/dev/null")
    try writer.append([1, 2])
    try writer.finish()
    var status = stat()
    XCTAssertEqual(unsafe stat("/dev/null", &status), 0)
    XCTAssertEqual(status.st_mode & S_IFMT, S_IFCHR)
  }

  func testAFullDeviceIsAnError() throws {
    try XCTSkipUnless(FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full")
    let writer = try WAVWriter(path: "/dev/full")
    try writer.append([1, 2])
    XCTAssertThrowsError(try writer.finish()) {
      XCTAssertTrue("\($0)".contains("No space left on device"), "\($0)")
    }
  }

  func testAPerformanceIsWrittenTheSameTwiceAndSoundsAsWritten() throws {
    let folder = try TemporaryFolder()
    let synthesizer = try Synthesizer()
    let tune = Music.melody(Music.majorScale)
    for name in ["a.wav", "b.wav"] {
      XCTAssertTrue(
        try PerformanceRenderer.write(tune, to: folder.file(name).path, synthesizer: synthesizer))
    }
    let first = try Data(contentsOf: folder.file("a.wav"))
    XCTAssertTrue(first == (try Data(contentsOf: folder.file("b.wav"))))
    let sound = try Sound(wavAt: folder.file("a.wav"))
    let rendered = try Sound(PerformanceRenderer(tune, synthesizer: synthesizer))
    XCTAssertTrue(sound.samples == rendered.samples)
  }

  /// FLAC keeps every sample and Ogg most of the sound; each is the same bytes for the same music, which for Ogg takes a
  /// serial number of our own.
  func testFLACAndOggAreTheSameTwice() throws {
    let folder = try TemporaryFolder()
    let synthesizer = try Synthesizer()
    for (format, start) in [(SoundFileFormat.flac, "fLaC"), (.ogg, "OggS")] {
      let urls = ["a", "b"].map { folder.file("\($0).\(format)") }
      for url in urls {
        XCTAssertTrue(
          try PerformanceRenderer.write(
            Music.melody([60, 64]), to: url.path, as: format, title: "Scale", synthesizer: synthesizer))
        // libsndfile's own numbers change with the second.
        usleep(600_000)
      }
      let first = try Data(contentsOf: urls[0])
      XCTAssertEqual(first, try Data(contentsOf: urls[1]))
      XCTAssertEqual(String(decoding: first.prefix(4), as: UTF8.self), start)
      XCTAssertTrue(first.range(of: Data("Scale".utf8)) != nil)
      XCTAssertGreaterThan(first.count, 5_000)
      if format == .ogg {
        // Numbering the pages once more changes nothing: their checksums are right.
        var bytes = [UInt8](first)
        OggPages.renumber(&bytes)
        XCTAssertEqual(bytes, [UInt8](first))
      }
    }
    XCTAssertEqual(folder.names.sorted(), ["a.flac", "a.ogg", "b.flac", "b.ogg"])
    var asked = 0
    XCTAssertFalse(
      try PerformanceRenderer.write(
        Music.melody([60, 64]), to: folder.file("c.flac").path, as: .flac, synthesizer: synthesizer,
        shouldStop: {
          asked += 1
          return asked > 3
        }))
    XCTAssertFalse(folder.names.contains { $0.contains("c.flac") })
    // A link stays, and what it leads to is replaced; a device takes the bytes and stays what it is.
    let link = folder.file("link.flac").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.file("a.flac").path)
    let tune = Music.melody([67])
    XCTAssertTrue(try PerformanceRenderer.write(tune, to: link, as: .flac, synthesizer: synthesizer))
    XCTAssertNoThrow(try FileManager.default.destinationOfSymbolicLink(atPath: link))
    XCTAssertNotEqual(
      try Data(contentsOf: folder.file("a.flac")), try Data(contentsOf: folder.file("b.flac")))
    let pipe = folder.file("pipe").path
    XCTAssertEqual(unsafe mkfifo(pipe, 0o600), 0)
    let heard = Thread { _ = try? FileHandle(forReadingAtPath: pipe)?.readToEnd() }
    heard.start()
    XCTAssertTrue(try PerformanceRenderer.write(tune, to: pipe, as: .ogg, synthesizer: synthesizer))
    var status = stat()
    XCTAssertEqual(unsafe stat(pipe, &status), 0)
    XCTAssertEqual(status.st_mode & S_IFMT, S_IFIFO)
    XCTAssertThrowsError(
      try PerformanceRenderer.write(
        Music.melody([60]), to: folder.file("none/c.ogg").path, as: .ogg, synthesizer: synthesizer))
  }

  func testAStoppedPerformanceLeavesNothingBehind() throws {
    let folder = try TemporaryFolder()
    var blocks = 0
    let isWritten = try PerformanceRenderer.write(
      Music.melody(Music.majorScale), to: folder.file("a.wav").path, synthesizer: Synthesizer(),
      shouldStop: {
        blocks += 1
        return blocks > 100
      })
    XCTAssertFalse(isWritten)
    XCTAssertEqual(folder.names, [])
  }

  func testAPerformanceTooLongForAFileIsRefusedAtOnce() throws {
    let folder = try TemporaryFolder()
    let options = PerformanceOptions(tempoFactor: 1e-4)
    XCTAssertThrowsError(
      try PerformanceRenderer.write(
        Music.melody(Music.majorScale), to: folder.file("a.wav").path, synthesizer: Synthesizer(),
        options: options)
    ) {
      XCTAssertTrue("\($0)".contains("40000 seconds of sound are more than"), "\($0)")
    }
    XCTAssertEqual(folder.names, [])
  }
}
