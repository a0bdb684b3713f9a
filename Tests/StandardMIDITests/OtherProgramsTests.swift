import Foundation
import StandardMIDI
import XCTest

/// Other programs read what this library writes, without a complaint. A program that is not installed is named
/// in the message of a skipped test.
final class OtherProgramsTests: XCTestCase {
  private var directory = URL(filePath: "/")

  override func setUpWithError() throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "StandardMIDI-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  override func tearDownWithError() throws {
    try FileManager.default.removeItem(at: directory)
  }

  func testMftext() throws {
    let program = try installed("mftext")
    for (file, path) in try write() {
      let result = try run(program, path)
      XCTAssertEqual(result.status, 0, path)
      XCTAssertEqual(result.errors, "", path)
      XCTAssertTrue(
        result.output.contains("Header format=\(file.format.rawValue) ntrks=\(file.tracks.count)"), path)
      XCTAssertEqual(
        result.output.components(separatedBy: "Meta event, end of track").count - 1, file.tracks.count)
      for complaint in ["error", "unexpected", "bad ", "didn't"] {
        XCTAssertFalse(
          result.output.lowercased().contains(complaint.lowercased()), "\(path): \(result.output)")
      }
    }
  }

  func testMIDI2ABC() throws {
    let program = try installed("midi2abc")
    // It reads neither format 2 nor time code.
    for (file, path) in try write() where file.format != .sequential && file.division == .ticksPerQuarter(480)
    {
      let result = try run(program, path)
      XCTAssertEqual(result.status, 0, path)
      XCTAssertEqual(result.errors, "", path)
      XCTAssertTrue(result.output.contains("X: 1"), result.output)
      XCTAssertFalse(result.output.lowercased().contains("error"), result.output)
    }
  }

  func testFluidSynth() throws {
    let program = try installed("fluidsynth")
    let font = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "SoundFonts/Hornpipe.sf2").path
    // It plays neither format 2 nor time code.
    for (file, path) in try write() where file.format != .sequential && file.division == .ticksPerQuarter(480)
    {
      let sound = path + ".raw"
      let result = try run(program, "-n", "-i", "-q", "-T", "raw", "-F", sound, font, path)
      XCTAssertEqual(result.status, 0, path)
      XCTAssertEqual(result.errors, "", path)
      XCTAssertFalse(result.output.lowercased().contains("error"), result.output)
      let size = try FileManager.default.attributesOfItem(atPath: sound)[.size] as? Int ?? 0
      // Two samples of two bytes a frame.
      XCTAssertGreaterThan(Double(size) / 44_100 / 4, MIDISequence(file).duration.seconds - 0.2, path)
    }
  }

  func testMido() throws {
    let python = try installed("python3")
    guard try run(python, "-c", "import mido").status == 0 else { throw XCTSkip("mido is not installed") }
    let script = """
      import sys, mido
      file = mido.MidiFile(sys.argv[1])
      print(file.type, len(file.tracks), sum(len(track) for track in file.tracks))
      if file.ticks_per_beat < 32768 and file.type != 2: print(round(file.length * 1000))
      """
    for (file, path) in try write() {
      let result = try run(python, "-W", "error", "-c", script, path)
      XCTAssertEqual(result.status, 0, result.errors)
      XCTAssertEqual(result.errors, "", path)
      let lines = result.output.split(separator: "\n")
      // The ends of the tracks are events to it.
      let events = file.tracks.reduce(0) { $0 + $1.events.count + 1 }
      XCTAssertEqual(lines.first, "\(file.format.rawValue) \(file.tracks.count) \(events)")
      if lines.count > 1, case .ticksPerQuarter = file.division {
        XCTAssertEqual(Int(lines[1]), Int((MIDISequence(file).duration.seconds * 1000).rounded()))
      }
    }
  }
}

extension OtherProgramsTests {
  /// A file of each kind, with and without running status, and where it lies.
  private func write() throws -> [(MIDIFile, String)] {
    var written: [(MIDIFile, String)] = []
    for (index, file) in RichFiles.all.enumerated() {
      for usesRunningStatus in [false, true] {
        let path = directory.appending(path: "\(index)-\(usesRunningStatus).mid").path
        let bytes = file.encoded(options: .init(usesRunningStatus: usesRunningStatus))
        try Data(bytes).write(to: URL(filePath: path))
        written.append((file, path))
      }
    }
    return written
  }

  private func installed(_ program: String) throws -> URL {
    let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    for directory in directories {
      let url = URL(filePath: String(directory)).appending(path: program)
      if FileManager.default.isExecutableFile(atPath: url.path) { return url }
    }
    throw XCTSkip("\(program) is not installed")
  }

  private func run(_ program: URL, _ arguments: String...) throws -> (
    status: Int32, output: String, errors: String
  ) {
    // Into files, since a pipe that nobody reads stops the program when it is full.
    let outputs = try ["out", "err"].map { name in
      let url = directory.appending(path: name)
      try Data().write(to: url)
      return (url, try FileHandle(forWritingTo: url))
    }
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = outputs[0].1
    process.standardError = outputs[1].1
    try process.run()
    process.waitUntilExit()
    let texts = try outputs.map { String(decoding: try Data(contentsOf: $0.0), as: UTF8.self) }
    return (process.terminationStatus, texts[0], texts[1])
  }
}
