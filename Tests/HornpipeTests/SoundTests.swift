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

  /// A slip of the hand loses no tune.
  func testTheFileThatIsReadIsNotWrittenOver() throws {
    let book = try write(tune, to: "book.wav")
    try FileManager.default.createSymbolicLink(atPath: path("link.wav"), withDestinationPath: book)
    for arguments in [
      ["play", book, "--wav", book], ["play", path("link.wav"), "--wav", book], ["export", book, "-o", book],
      ["export", book, "-o", path("link.wav")], ["export", book, "-o", path("a.mid"), "--manifest", book],
    ] {
      let result = try Program.run(arguments: arguments)
      XCTAssertEqual(result.status, 2, "\(arguments)")
      XCTAssertTrue(result.errors.contains("it is the file that is read"), result.errors)
      XCTAssertEqual(try String(contentsOfFile: book, encoding: .utf8), tune)
    }
  }

  func testWhatASoundFileIsCalled() throws {
    let one = try write(tune, to: "one.abc")
    let two = try write(tune + "\n" + tune.replacing("X:1", with: "X:2"), to: "two.abc")
    for (arguments, status, message) in [
      ([one, "--wav", path("a.mp3")], 64, ".flac or .ogg"), ([one, "--wav", path("a")], 64, ".flac or .ogg"),
      ([two, "--wav", "/dev/full"], 2, "--tune"),
    ] as [([String], Int32, String)] {
      let result = try Program.run(arguments: ["play"] + arguments)
      XCTAssertEqual(result.status, status, "\(arguments)")
      XCTAssertTrue(result.errors.contains(message), result.errors)
    }
    let down = try Program.run("play", one, "--transpose", "-12", "--wav", path("down.wav"))
    XCTAssertEqual(down.status, 0, down.errors)
    XCTAssertEqual(try Program.run("export", one, "-o", path("b.mp3")).status, 64)
    XCTAssertEqual(try names(in: ""), ["down.wav", "one.abc", "two.abc"])
  }

  /// What is soft throughout is not lost in a file; who gives a gain gets that gain.
  func testSoftMusicIsTurnedUpInAFile() throws {
    let soft = try write(tune.replacing("K:D\n", with: "K:D\n!pppp!"), to: "soft.abc")
    func peak(_ arguments: String...) throws -> Double {
      let result = try Program.run(arguments: ["play", soft, "--wav", path("soft.wav")] + arguments)
      XCTAssertEqual(result.status, 0, result.errors)
      return 20 * log10(Double(try levels(path("soft.wav")).max() ?? 0) / 32768)
    }
    XCTAssertEqual(try peak(), -11.5, accuracy: 0.1)
    try checkHoldsTheTune(path("soft.wav"))
    XCTAssertLessThan(try peak("--gain", "1.6"), -18)
    XCTAssertEqual(try names(in: ""), ["soft.abc", "soft.wav"])
  }

  func testAPipeIsNoSoundFont() throws {
    XCTAssertEqual(unsafe mkfifo(path("font.sf2"), 0o600), 0)
    let result = try Program.run(
      "play", try write(tune, to: "a.abc"), "--soundfont", path("font.sf2"), "--wav", path("a.wav"))
    XCTAssertEqual(result.status, 2)
    XCTAssertTrue(result.errors.contains("it is not a file"), result.errors)
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

/// The player at a terminal, and what writes pictures and pages.
final class TerminalTests: FolderTestCase {
  private let tune = "X:1\nT:Round\nM:4/4\nL:1/8\nQ:1/4=120\nK:D\n|:DEFG ABcd:|\n|:d4 A4|D8:|\n"

  /// Runs a command in a pseudo-terminal of util-linux's `script`; keys come after a while each.
  private func atTerminal(_ command: String, keys: [String]) throws -> (status: Int32, text: String) {
    let program = "/usr/bin/script"
    try XCTSkipUnless(
      FileManager.default.isExecutableFile(atPath: program), "script (bsdutils) is not installed")
    try XCTSkipUnless(Self.hasTerminals, "this machine makes no pseudo-terminals")
    let configuration = "pcm.!default { type file  slave.pcm { type null }  file /dev/null  format raw }"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["-qec", command, "/dev/null"]
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["ALSA_CONFIG_PATH": try write(configuration, to: "asound.conf"), "TERM": "xterm", "NO_COLOR": ""]) {
        $1
      }
    // The program may end before the last key.
    signal(SIGPIPE, SIG_IGN)
    let (input, output) = (Pipe(), path("screen"))
    try Data().write(to: URL(fileURLWithPath: output))
    process.standardInput = input
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    try process.run()
    for key in keys {
      usleep(400_000)
      do { try input.fileHandleForWriting.write(contentsOf: Data(key.utf8)) } catch { break }
    }
    let deadline = Date() + 20
    while process.isRunning, Date() < deadline { usleep(20_000) }
    if process.isRunning {
      process.terminate()
      XCTFail("it does not end")
    }
    try input.fileHandleForWriting.close()
    return (
      process.terminationStatus,
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: output)), as: UTF8.self)
    )
  }

  /// Whether pseudo-terminals can be made: a bare chroot may have no /dev/pts.
  private static var hasTerminals: Bool { FileManager.default.fileExists(atPath: "/dev/pts/ptmx") }

  func testKeysSteerThePlayerAndTheNotesAreMarked() throws {
    let abc = try write(tune, to: "a.abc")
    let (status, text) = try atTerminal(
      "\(Program.url.path) play --loop \(abc)",
      keys: [" ", "+", "t", "m", "\u{1B}[C", "\u{1B}[B", "l", " ", "q"])
    XCTAssertEqual(status, 0, text)
    for word in [
      "Round", "space pause", "paused", "tempo 105 %", "transposed +1", "metronome", "loop", "bar 1", "bar 2",
      "\u{1B}[7m", "\u{1B}[?25l", "\u{1B}[?25h",
    ] {
      XCTAssertTrue(text.contains(word), "\(word.debugDescription) is never shown")
    }
  }

  func testAPlaylistGoesToTheNextTuneAndBack() throws {
    let abc = try write(tune + "\nX:2\nT:Square\nM:4/4\nL:1/8\nK:G\nG8|G8|]\n", to: "a.abc")
    let (status, text) = try atTerminal("\(Program.url.path) play \(abc) --loop", keys: ["n", "p", "q"])
    XCTAssertEqual(status, 0, text)
    XCTAssertTrue(text.contains("Round  (1 of 2)") && text.contains("Square  (2 of 2)"), text)
    XCTAssertGreaterThan(
      text.components(separatedBy: "Round").count, text.components(separatedBy: "Square").count)
  }

  func testWithoutATerminalThePlayerSaysWhatItPlays() throws {
    let settings = [
      "ALSA_CONFIG_PATH": try write(
        "pcm.!default { type file  slave.pcm { type null }  file /dev/null  format raw }", to: "asound.conf")
    ]
    let abc = try write(tune, to: "a.abc")
    let result = try Program.run(
      "play", abc, "--from", "2", "--count-in", "1", "--metronome", "--program", "flute",
      environment: settings)
    XCTAssertEqual(result.status, 0, result.errors)
    XCTAssertEqual(result.errors, "playing Round\n")
    let none = try Program.run("play", abc, "--from", "7", environment: settings)
    XCTAssertEqual(none.status, 2)
    XCTAssertEqual(none.errors, "hornpipe: Round has no bar 7; its bars are 1 to 3\n")
    for (option, value) in [("--program", "kazoo"), ("--count-in", "99"), ("--program", "128")] {
      XCTAssertEqual(try Program.run("play", abc, option, value, environment: settings).status, 64, value)
    }
    let port = try Program.run("play", abc, "--midi-port", "nobody:0", environment: settings)
    XCTAssertEqual(port.status, 2)
    XCTAssertTrue(port.errors.contains("MIDI port") || port.errors.contains("ALSA sequencer"), port.errors)
  }

  func testSoundFilesOfACollectionAreTheSameWithAnyNumberOfJobs() throws {
    let tunes = (1...6).map { "X:\($0)\nT:Tune \($0)\nM:4/4\nL:1/8\nK:D\nD2E2 F2\($0)|G8|]\n" }
    let abc = try write(tunes.joined(separator: "\n"), to: "a.abc")
    for format in ["wav", "flac", "ogg"] {
      for jobs in ["1", "3"] {
        let result = try Program.run(
          "export", abc, "-o", path("\(format)\(jobs)"), "--format", format, "--jobs", jobs)
        XCTAssertEqual(result.status, 0, result.errors)
      }
      let files = try names(in: "\(format)1")
      XCTAssertEqual(files.count, 6)
      XCTAssertEqual(files, try names(in: "\(format)3"))
      for name in files {
        XCTAssertEqual(
          FileManager.default.contents(atPath: path("\(format)1/\(name)")),
          FileManager.default.contents(atPath: path("\(format)3/\(name)")), name)
      }
    }
  }

  func testSheetsAreDrawnOrItIsSaidWhatIsMissing() throws {
    let abc = try write(tune, to: "a.abc")
    XCTAssertEqual(try Program.run("sheet", abc, "-o", path("a.txt")).status, 64)
    let missing = try Program.run("sheet", abc, "-o", path("a.svg"), environment: ["PATH": "/nowhere"])
    XCTAssertEqual(missing.status, 2)
    XCTAssertTrue(missing.errors.contains("apt-get install abcm2ps"), missing.errors)
    XCTAssertEqual(try Program.run("sheet", "-o", path("a.svg"), input: "no tune\n").status, 2)
    try XCTSkipUnless(
      FileManager.default.isExecutableFile(atPath: "/usr/bin/abcm2ps"), "abcm2ps is not installed")
    XCTAssertEqual(try Program.run("sheet", abc, "-o", path("a.svg"), "--quiet").status, 0)
    XCTAssertTrue(try String(contentsOfFile: path("a.svg"), encoding: .utf8).contains("Round"))
    let generated = try Program.run("generate", "--seed", "1", "--sheet", path("b.svg"), "--quiet")
    XCTAssertEqual(generated.status, 0, generated.errors)
    XCTAssertEqual(try names(in: "").filter { $0.hasSuffix("svg") }, ["a.svg", "b.svg"])
  }

  func testTheManualNamesEveryCommandAndOption() throws {
    let manual = try Program.run("manual")
    XCTAssertEqual(manual.status, 0)
    for word in [
      ".Dt HORNPIPE 1", ".Ss hornpipe corpus prepare", ".Ss hornpipe studio", "-midi-port", ".Sh EXIT STATUS",
    ] {
      XCTAssertTrue(manual.output.contains(word), word)
    }
    XCTAssertFalse(manual.output.contains("Ss hornpipe manual"))
    let completions = try Program.run("--generate-completion-script", "bash")
    XCTAssertTrue(completions.output.contains("studio"), completions.errors)
  }
}
