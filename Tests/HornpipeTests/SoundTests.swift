import Foundation
import XCTest

final class SoundTests: FolderTestCase {
  /// Four seconds: eight eighths and a whole note at 120 quarters a minute.
  private let tune = "X:1\nT:Test\nM:4/4\nL:1/8\nQ:1/4=120\nK:D\nDEFG ABcd|d8|]\n"

  /// Samples of a WAV file, 16 bits stereo, both channels' larger magnitude.
  private func levels(_ path: String) throws -> [Int] {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    XCTAssertEqual(String(decoding: bytes.prefix(4), as: UTF8.self), "RIFF")
    return stride(from: 44, to: bytes.count - 3, by: 4).map { index in
      let left = Int16(bitPattern: UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8)
      let right = Int16(bitPattern: UInt16(bytes[index + 2]) | UInt16(bytes[index + 3]) << 8)
      return max(Int(left).magnitude, Int(right).magnitude).asInt
    }
  }

  private func checkHoldsTheTune(_ path: String, file: StaticString = #filePath, line: UInt = #line) throws {
    let levels = try levels(path)
    let seconds = Double(levels.count) / 44_100
    XCTAssertTrue((4.0...7.0).contains(seconds), "\(seconds) s", file: file, line: line)
    let peak = 20 * log10(Double(levels.max() ?? 0) / 32768)
    XCTAssertTrue((-12.0 ... -1.0).contains(peak), "peak \(peak) dBFS", file: file, line: line)
    let first = try XCTUnwrap(levels.firstIndex { $0 > 300 }, file: file, line: line)
    XCTAssertLessThan(Double(first) / 44_100, 0.1, "the first sound is late", file: file, line: line)
    // It still sounds in the last note, and no longer after the end.
    XCTAssertGreaterThan(
      levels[Int(3.5 * 44_100)..<Int(3.9 * 44_100)].max() ?? 0, 300, file: file, line: line)
  }

  func testPlayWritesAWAVFile() throws {
    let result = try Program.run("play", try write(tune, to: "a.abc"), "--wav", path("a.wav"))
    XCTAssertEqual(result.status, 0, result.errors)
    try checkHoldsTheTune(path("a.wav"))
    XCTAssertEqual(try names(in: ""), ["a.abc", "a.wav"])
  }

  func testPlaySoundsThroughALSA() throws {
    let configuration = """
      pcm.!default { type file  slave.pcm { type null }  file "\(path("alsa.wav"))"  format "wav"  perm 0644 }
      """
    let settings = ["ALSA_CONFIG_PATH": try write(configuration, to: "asound.conf")]
    let result = try Program.run("play", try write(tune, to: "a.abc"), environment: settings)
    XCTAssertEqual(result.status, 0, result.errors)
    try checkHoldsTheTune(path("alsa.wav"))
    let generated = try Program.run("generate", "--seed", "2", "--play", environment: settings)
    XCTAssertEqual(generated.status, 0, generated.errors)
    XCTAssertGreaterThan(try levels(path("alsa.wav")).max() ?? 0, 3000)
  }

  func testWithoutASoundDeviceItSaysSo() throws {
    let settings = ["ALSA_CONFIG_PATH": try write("", to: "none.conf")]
    let result = try Program.run("play", try write(tune, to: "a.abc"), environment: settings)
    XCTAssertEqual(result.status, 2)
    XCTAssertTrue(result.errors.contains("no sound device"), result.errors)
    XCTAssertTrue(result.errors.contains("--wav"), result.errors)
    XCTAssertFalse(result.errors.contains("ALSA lib"), result.errors)
  }

  func testPlayTakesMIDIAndOtherSoundFonts() throws {
    let abc = try write(tune, to: "a.abc")
    XCTAssertEqual(try Program.run("export", abc, "-o", path("a.mid")).status, 0)
    XCTAssertEqual(try Program.run("play", path("a.mid"), "--wav", path("a.wav")).status, 0)
    XCTAssertGreaterThan(try levels(path("a.wav")).max() ?? 0, 3000)
    let wrong = try Program.run("play", abc, "--wav", path("b.wav"), "--soundfont", abc)
    XCTAssertEqual(wrong.status, 2)
    XCTAssertTrue(wrong.errors.contains("is not a SoundFont"), wrong.errors)
    XCTAssertFalse(FileManager.default.fileExists(atPath: path("b.wav")))
  }
}

extension UInt {
  fileprivate var asInt: Int { Int(self) }
}
