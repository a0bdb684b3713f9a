import ABCNotation
import ABCToMIDI
import Foundation
import StandardMIDI
import XCTest

@testable import Playback

/// What is heard is what was written: pitches and onsets are found again in the sound.
final class HeardTests: XCTestCase {
  private struct Note {
    let key: UInt7
    let onset, end: Double
  }

  private func midi(_ music: String, header: String = "M:4/4\nL:1/4\nQ:1/4=120") throws -> MIDIFile {
    let book = Tunebook(parsing: "X:1\nT:Heard\n\(header)\nK:C\n\(music)\n")
    return try MIDIConverter(program: Music.flute, isMelodyOnly: true).convert(book.tunes[0].score)
  }

  /// The notes of a file with their times.
  private func notes(of file: MIDIFile) -> [Note] {
    var open: [UInt7: Double] = [:]
    var notes: [Note] = []
    for event in MIDISequence(file).events {
      switch event.message {
      case .noteOn(_, let key, let velocity) where velocity > 0: open[key] = event.time.seconds
      case .noteOff(_, let key, _), .noteOn(_, let key, _):
        if let onset = open.removeValue(forKey: key) {
          notes.append(Note(key: key, onset: onset, end: event.time.seconds))
        }
      default: break
      }
    }
    return notes.sorted { ($0.onset, $0.key) < ($1.onset, $1.key) }
  }

  /// When a pitch comes in, looked for around a time: where its energy first passes an eighth of what it will be, since a flute takes some time to speak.
  private func onset(of key: UInt7, near time: Double, in sound: Sound) -> Double {
    let places = stride(from: max(time - 0.12, 0.03), through: time + 0.25, by: 0.004)
    let energies = places.map { ($0, sound.energy(of: key, at: $0, seconds: 0.05)) }
    let enough = (energies.map(\.1).max() ?? 0) / 8
    return energies.first { $0.1 > enough }?.0 ?? .infinity
  }

  private func checkHeard(
    _ sound: Sound, _ file: MIDIFile, delay: Double = 0, line: UInt = #line
  ) {
    let notes = notes(of: file)
    XCTAssertFalse(notes.isEmpty, line: line)
    for note in notes {
      let together = notes.filter { $0.onset == note.onset }
      if together.count == 1 {
        let middle = delay + (note.onset + min(note.end, note.onset + 0.5)) / 2
        XCTAssertEqual(
          sound.key(at: middle, near: note.key), Int(note.key.rawValue), "at \(note.onset)", line: line)
      } else {
        // In a chord each tone is there, and the keys beside it are not.
        let middle = delay + note.onset + 0.2
        let level = sound.energy(of: note.key, at: middle)
        for other in [note.key.rawValue - 1, note.key.rawValue + 1]
        where !together.contains(where: { $0.key.rawValue == other }) {
          XCTAssertGreaterThan(
            level, 4 * sound.energy(of: UInt7(other), at: middle), "at \(note.onset)", line: line)
        }
      }
      // A note that is struck again while it dies away has no onset of its own in its pitch.
      let isNew = !notes.contains { $0.key == note.key && $0.onset < note.onset && $0.end > note.onset - 0.4 }
      if isNew {
        XCTAssertEqual(
          onset(of: note.key, near: delay + note.onset, in: sound) - delay, note.onset, accuracy: 0.03,
          "onset of \(note.key)", line: line)
      }
    }
  }

  private static let tunes = [
    "scale": "cdef|gabc'|b2a2|g4|]",
    "chords": "[ceg]2[dfa]2|[ce]2 z2|[eg]2[fac']2|]",
    "repeats": "|:cd ef|1 g4:|2 a2b2|c'4|]",
    "tempo": "cdef|[Q:1/4=240]gabc'|[Q:1/4=60]b a g f|]",
    "pickup and tie": "e|d2 f2-|f2 g2|a3|]",
    "triplets": "(3cde (3fga|b2 c'2|]",
  ]

  func testEveryPitchAndOnsetIsFoundInTheRenderedSound() throws {
    for music in Self.tunes.values {
      let file = try midi(music)
      let sound = try Sound(PerformanceRenderer(file, synthesizer: Synthesizer()))
      checkHeard(sound, file)
    }
  }

  func testTheSameThroughALSAsFilePlugin() throws {
    let folder = try TemporaryFolder()
    let recording = folder.file("heard.wav")
    let configuration = folder.file("asound.conf")
    try Data(
      "pcm.!default { type file  slave.pcm { type null }  file \"\(recording.path)\"  format \"wav\"  perm 0644 }"
        .utf8
    ).write(to: configuration)
    unsafe setenv("ALSA_CONFIG_PATH", configuration.path, 1)
    defer { unsafe unsetenv("ALSA_CONFIG_PATH") }
    for music in Self.tunes.values {
      let file = try midi(music)
      do {
        let player = Player(synthesizer: try Synthesizer(), output: try ALSAOutput())
        XCTAssertTrue(try player.play(file))
      }
      checkHeard(try Sound(wavAt: recording), file)
    }
  }

  func testASlowerTempoKeepsThePitch() throws {
    let file = try midi("cdef|]")
    let renderer = try PerformanceRenderer(
      file, synthesizer: Synthesizer(), options: PerformanceOptions(tempoFactor: 0.5))
    let sound = Sound(renderer)
    for (index, key) in [72, 74, 76, 77].enumerated() {
      XCTAssertEqual(sound.key(at: Double(index) + 0.5, near: UInt7(key)), key)
    }
  }

  // MARK: - In real time

  /// A PulseAudio of the test's own with a sink that nobody hears; skipped where it is not installed.
  private final class NullSink {
    private let server = Process()
    private let recorder = Process()
    let folder: TemporaryFolder
    let recording: URL
    private var socket: String { folder.file("native").path }

    init() throws {
      folder = try TemporaryFolder()
      recording = folder.file("heard.raw")
      let hasPlugin = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"].contains {
        FileManager.default.fileExists(atPath: "\($0)/alsa-lib/libasound_module_pcm_pulse.so")
      }
      for program in ["/usr/bin/pulseaudio", "/usr/bin/parec"] {
        guard FileManager.default.isExecutableFile(atPath: program), hasPlugin else {
          throw XCTSkip("pulseaudio, pulseaudio-utils and libasound2-plugins are not installed")
        }
      }
      let home = ["HOME": folder.url.path, "XDG_RUNTIME_DIR": folder.url.path]
      let environment = ProcessInfo.processInfo.environment.merging(home) { $1 }
      server.executableURL = URL(fileURLWithPath: "/usr/bin/pulseaudio")
      server.arguments = [
        "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes", "--log-target=null",
        "-L", "module-native-protocol-unix auth-anonymous=1 socket=\(socket)",
        "-L", "module-null-sink sink_name=null rate=44100 norewinds=1",
      ]
      server.environment = environment
      try server.run()
      let deadline = Date() + 10
      while !FileManager.default.fileExists(atPath: socket) {
        guard server.isRunning, Date() < deadline else { throw XCTSkip("pulseaudio does not start here") }
        usleep(50_000)
      }
      try Data().write(to: recording)
      recorder.executableURL = URL(fileURLWithPath: "/usr/bin/parec")
      recorder.arguments = [
        "--server=unix:\(socket)", "--device=null.monitor", "--rate=44100", "--channels=2", "--format=s16le",
        "--raw", "--latency-msec=10",
      ]
      recorder.environment = environment
      recorder.standardOutput = try FileHandle(forWritingTo: recording)
      try recorder.run()
      usleep(500_000)
      let configuration = folder.file("asound.conf")
      try Data("pcm.!default { type pulse  server \"unix:\(socket)\" }".utf8).write(to: configuration)
      unsafe setenv("ALSA_CONFIG_PATH", configuration.path, 1)
      unsafe setenv("HOME", folder.url.path, 1)
    }

    /// Ends a program, by force if it does not listen.
    private static func end(_ process: Process) {
      guard process.isRunning else { return }
      process.terminate()
      let deadline = Date() + 3
      while process.isRunning, Date() < deadline { usleep(20_000) }
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// What the sink was given so far.
    func heard() throws -> Sound {
      Self.end(recorder)
      let bytes = [UInt8](try Data(contentsOf: recording))
      return Sound(
        stride(from: 0, to: bytes.count - 1, by: 2).map {
          Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
        })
    }

    deinit {
      Self.end(recorder)
      Self.end(server)
      unsafe unsetenv("ALSA_CONFIG_PATH")
    }
  }

  func testAPacedRunTakesAsLongAsTheMusicAndTheCursorIsWhereTheSoundIs() throws {
    let home = ProcessInfo.processInfo.environment["HOME"] ?? "/"
    defer { unsafe setenv("HOME", home, 1) }
    let sink = try NullSink()
    let file = try midi("c d e f|g a b c'|[Q:1/4=180]b a g f|e d c2|]")
    var log: [(clock: Double, place: Double)] = []
    let start = ContinuousClock.now
    func now() -> Double { (ContinuousClock.now - start) / .seconds(1) }
    let player = Player(synthesizer: try Synthesizer(), output: try ALSAOutput())
    XCTAssertTrue(try player.play(file, progress: { log.append((now(), $0.writtenSeconds)) }))
    let took = now()
    let sound = try sink.heard()
    let notes = notes(of: file)
    let length = try XCTUnwrap(notes.last).end
    // The last note dies away for two seconds at most, and the device buffers a little.
    XCTAssertGreaterThan(took, length)
    XCTAssertLessThan(took, length + 2.6)
    // The recording has a clock of its own: between it and the cursor lies one distance, the same all along.
    let first = try XCTUnwrap(sound.onsetSeconds)
    var distances: [Double] = []
    for note in notes {
      let heard = onset(of: note.key, near: first + note.onset, in: sound)
      guard let index = log.firstIndex(where: { $0.place >= note.onset }) else { continue }
      let shown = log[index].clock - (log[index].place - note.onset)
      distances.append(shown - heard)
    }
    XCTAssertGreaterThan(distances.count, 12)
    let middle = distances.sorted()[distances.count / 2]
    for (note, distance) in zip(notes, distances) {
      XCTAssertEqual(distance, middle, accuracy: 0.03, "the note at \(note.onset)")
    }
  }
}
