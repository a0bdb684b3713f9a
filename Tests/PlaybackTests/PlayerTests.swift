import Foundation
import Playback
import StandardMIDI
import XCTest

/// Without a sound card: ALSA's file plugin writes what a card would play, as fast as it is given.
final class PlayerTests: XCTestCase {
  private var folder: TemporaryFolder!
  private var recording: URL { folder.file("heard.wav") }

  override func setUpWithError() throws {
    folder = try TemporaryFolder()
  }

  override func tearDown() {
    folder = nil
    unsafe unsetenv("ALSA_CONFIG_PATH")
  }

  /// Makes this text all that ALSA knows about devices.
  private func configureALSA(_ text: String) throws {
    let url = folder.file("asound.conf")
    try Data(text.utf8).write(to: url)
    unsafe setenv("ALSA_CONFIG_PATH", url.path, 1)
  }

  private func configureRecording() throws {
    try configureALSA(
      """
      pcm.!default {
        type file
        slave.pcm { type null }
        file "\(recording.path)"
        format "wav"
        perm 0644
      }
      """)
  }

  /// Plays a file and gives what was heard; the device is closed by then.
  private func play(_ file: MIDIFile, progress: (PlayerProgress) -> Void = { _ in }) throws -> Sound {
    do {
      let player = Player(synthesizer: try Synthesizer(), output: try ALSAOutput())
      XCTAssertTrue(try player.play(file, progress: progress))
    }
    return try Sound(wavAt: recording)
  }

  func testWhatIsHeardIsTheRendererSound() throws {
    try configureRecording()
    let tune = Music.melody(Music.majorScale)
    let heard = try play(tune)
    let rendered = try Sound(PerformanceRenderer(tune, synthesizer: Synthesizer()))
    XCTAssertGreaterThanOrEqual(heard.samples.count, rendered.samples.count)
    XCTAssertTrue(heard.samples.prefix(rendered.samples.count) == rendered.samples[...])
    XCTAssertTrue(heard.samples.dropFirst(rendered.samples.count).allSatisfy { $0 == 0 })
    XCTAssertLessThan(heard.seconds, rendered.seconds + 0.2)
  }

  func testALongNoteHasItsLengthItsLevelAndItsPitch() throws {
    try configureRecording()
    let heard = try play(Music.note(69, seconds: 3))
    XCTAssertGreaterThan(heard.seconds, 3)
    XCTAssertLessThan(heard.seconds, 5.2)
    XCTAssertTrue((-12 ... -1).contains(heard.peakDecibels), "\(heard.peakDecibels)")
    XCTAssertLessThan(try XCTUnwrap(heard.onsetSeconds), 0.1)
    XCTAssertEqual(heard.key(at: 1.5, near: 69), 69)
    XCTAssertEqual(heard.key(at: 1.5, near: 65), 69)
  }

  func testProgressRunsFromTheBeginningToTheEnd() throws {
    try configureRecording()
    var seconds: [Double] = []
    _ = try play(Music.melody(Music.majorScale)) { place in
      XCTAssertEqual(place.totalSeconds, 4)
      XCTAssertFalse(place.isPaused)
      seconds.append(place.heardSeconds)
    }
    XCTAssertEqual(seconds, seconds.sorted())
    XCTAssertLessThan(try XCTUnwrap(seconds.first), 0.1)
    XCTAssertEqual(seconds.last, 4)
    XCTAssertGreaterThan(seconds.count, 300)
  }

  func testAPlayerCanPlayAgain() throws {
    try configureRecording()
    let player = Player(synthesizer: try Synthesizer(), output: try ALSAOutput())
    for _ in 0..<3 { XCTAssertTrue(try player.play(Music.melody([60, 62]))) }
    var isAsked = false
    XCTAssertFalse(
      try player.play(
        Music.melody([60, 62]),
        shouldStop: {
          defer { isAsked = true }
          return isAsked
        }))
    XCTAssertTrue(try player.play(Music.melody([60, 62])))
  }

  func testAThousandStopsAtRandomPointsAllReturn() throws {
    try configureRecording()
    var generator = SeededGenerator(seed: 11)
    let synthesizer = try Synthesizer()
    let tune = Music.melody(Music.majorScale)
    var player = Player(synthesizer: synthesizer, output: try ALSAOutput())
    for round in 0..<1000 {
      // A device of its own now and then, since closing it is one of the places that could hang.
      if round % 10 == 0 { player = Player(synthesizer: synthesizer, output: try ALSAOutput()) }
      let stop = Int.random(in: 0...60, using: &generator)
      var asked = 0
      let isWhole = try player.play(
        tune,
        shouldStop: {
          defer { asked += 1 }
          return asked >= stop
        })
      XCTAssertFalse(isWhole)
      XCTAssertEqual(asked, stop + 1)
    }
  }

  func testAnUnknownDeviceAndNoDeviceAtAllAreNamedWithTheWayOut() throws {
    try configureALSA("# no devices\n")
    for name in ["default", "hw:99", "no-such-device"] {
      XCTAssertThrowsError(try ALSAOutput(name: name)) { error in
        guard case .noSoundDevice(name, _)? = error as? PlaybackError else { return XCTFail("\(error)") }
        XCTAssertTrue("\(error)".hasPrefix("no sound device \"\(name)\" ("), "\(error)")
        XCTAssertTrue("\(error)".hasSuffix("; use --wav FILE to write the sound to a file instead"))
      }
    }
  }

  func testDevicesAreListedByName() throws {
    try configureALSA(
      """
      pcm.parlour { type null hint.description "Parlour" }
      defaults.namehint.basic on
      defaults.namehint.extended off
      """)
    XCTAssertTrue(
      AudioDevice.playbackDevices().contains(
        AudioDevice(name: "parlour", description: "Parlour")))
  }
}

/// SplitMix64, so that every run stops at the same points.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
