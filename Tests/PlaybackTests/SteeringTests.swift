import Foundation
import StandardMIDI
import XCTest

@testable import Playback

/// Pausing, moving, changing tempo and key while it plays: as messages, as sound, and two thousand times at random.
final class SteeringTests: XCTestCase {
  private static let rate = Synthesizer.sampleRate

  /// The notes that a script strikes until it is over, with the frames, and what each frame is asked before.
  private func strikes(
    _ script: inout PerformanceScript, from start: Int = 0, until end: Int = .max,
    at changes: [Int: (inout PerformanceScript) -> Void] = [:]
  ) -> [(frame: Int, key: Int)] {
    var strikes: [(Int, Int)] = []
    var frame = start
    while frame < end {
      changes[frame]?(&script)
      for message in script.takeDue(at: frame) {
        if case .noteOn(_, let key, _) = message { strikes.append((frame, Int(key.rawValue))) }
      }
      if script.isOver(at: frame) { break }
      let next = script.nextFrame(after: frame) ?? Int.max
      frame = min(next, changes.keys.filter { $0 > frame }.min() ?? Int.max)
    }
    return strikes
  }

  func testATempoThatChangesOnTheWayMovesWhatIsStillToCome() {
    var script = PerformanceScript(Music.melody([60, 62, 64, 65]), options: PerformanceOptions())
    // After a quarter of a second, half way through the first note, twice as fast.
    let heard = strikes(&script, at: [11_025: { $0.setTempo(2, at: 11_025) }])
    XCTAssertEqual(heard.map(\.key), [60, 62, 64, 65])
    XCTAssertEqual(heard.map(\.frame), [0, 16_538, 27_563, 38_588])
    XCTAssertEqual(script.place(at: 0), 0)
    XCTAssertEqual(script.place(at: 11_025), 11_025)
    XCTAssertEqual(script.place(at: 22_050), 33_075)
  }

  func testALoopGoesRoundWithoutLosingAFrame() {
    var script = PerformanceScript(Music.melody([60, 62, 64, 65]), options: PerformanceOptions())
    script.setLoop(0.5..<1.5)
    let heard = strikes(&script, until: 5 * Self.rate)
    XCTAssertEqual(heard.map(\.key).prefix(7), [60, 62, 64, 62, 64, 62, 64])
    XCTAssertEqual(heard.map(\.frame).prefix(7).map { $0 }, (0..<7).map { $0 * Self.rate / 2 })
    script.setLoop(nil)
    XCTAssertEqual(strikes(&script, from: 5 * Self.rate).last?.key, 65)
    // A loop too short to be heard as one is none.
    script.setLoop(1.0..<1.001)
    XCTAssertTrue(script.isOver(at: 100 * Self.rate))
  }

  func testTheKeyThatWentDownComesUpWhateverTheTransposition() {
    var script = PerformanceScript(Music.melody([60, 62]), options: PerformanceOptions())
    XCTAssertEqual(script.takeDue(at: 0).last, .noteOn(channel: 0, key: 60, velocity: 90))
    script.setTransposition(5)
    XCTAssertEqual(
      script.takeDue(at: Self.rate / 2),
      [.noteOff(channel: 0, key: 60, velocity: 64), .noteOn(channel: 0, key: 67, velocity: 90)])
    XCTAssertEqual(script.releaseAll(), [.noteOff(channel: 0, key: 67, velocity: 64)])
    XCTAssertEqual(script.releaseAll(), [])
  }

  func testMovingStrikesWhatWouldSoundAndSetsInstruments() {
    var script = PerformanceScript(Music.melody([60, 62]), options: PerformanceOptions())
    _ = script.takeDue(at: 0)
    let messages = script.move(to: 33_000, at: 100, strikingHeldNotes: true)
    XCTAssertEqual(
      messages,
      [
        .noteOff(channel: 0, key: 60, velocity: 64), .programChange(channel: 0, program: Music.flute),
        .noteOn(channel: 0, key: 62, velocity: 90),
      ])
    XCTAssertEqual(script.place(at: 200), 33_100)
  }

  func testACountInAndAMetronome() {
    let clicks = [-1.0, -0.5, 0, 0.5].map {
      MetronomeClick(seconds: $0, isAccented: $0 == -1, isCountIn: $0 < 0)
    }
    let options = PerformanceOptions(clicks: clicks, countInSeconds: 1)
    var script = PerformanceScript(Music.melody([60, 62]), options: options)
    // The wood blocks before, the notes after, and no click among them while the metronome is off.
    XCTAssertEqual(strikes(&script).map(\.key), [76, 77, 60, 62])
    var clicking = PerformanceScript(Music.melody([60, 62]), options: options)
    clicking.setMetronome(true)
    let heard = strikes(&clicking)
    XCTAssertEqual(heard.map(\.key), [76, 77, 60, 77, 62, 77])
    XCTAssertEqual(heard.map(\.frame), [0, 22_050, 44_100, 44_100, 66_150, 66_150])
    XCTAssertEqual(clicking.place(at: 22_050), -22_050)
  }

  /// Pauses, moves, tempos, keys, loops and stops at random moments: every performance ends, and no key stays down.
  func testTwoThousandRandomSequences() throws {
    let folder = try TemporaryFolder()
    let configuration = folder.file("asound.conf")
    try Data("pcm.!default { type null }".utf8).write(to: configuration)
    unsafe setenv("ALSA_CONFIG_PATH", configuration.path, 1)
    defer { unsafe unsetenv("ALSA_CONFIG_PATH") }
    var generator = SeededGenerator(seed: 8)
    let synthesizer = try Synthesizer()
    let player = Player(synthesizer: synthesizer, output: try ALSAOutput())
    let tune = Music.melody(Array(Music.majorScale.prefix(4)))
    let start = ContinuousClock.now
    for round in 0..<2000 {
      var (asked, paused, isStopped) = (0, false, false)
      let stop = Int.random(in: 1...120, using: &generator)
      let isWhole = try player.play(
        tune,
        commands: {
          asked += 1
          if asked > stop {
            isStopped = true
            return .stop
          }
          // A pause takes ten milliseconds at least; let there not be many.
          if paused {
            paused = false
            return .resume
          }
          guard Int.random(in: 0..<4, using: &generator) == 0 else { return nil }
          switch Int.random(in: 0..<7, using: &generator) {
          case 0: return Bool.random(using: &generator) ? .resume : nil
          case 1:
            paused = true
            return .pause
          case 2: return .move(seconds: Double.random(in: -1...3, using: &generator))
          case 3: return .tempo(Double.random(in: 0.2...4, using: &generator))
          case 4: return .transposition(Int.random(in: -24...24, using: &generator))
          case 5:
            let from = Double.random(in: 0...2, using: &generator)
            return .loop(Bool.random(using: &generator) ? from..<from + 0.5 : nil)
          default: return .metronome(Bool.random(using: &generator))
          }
        },
        progress: { place in
          XCTAssertTrue(place.writtenSeconds.isFinite && place.heardSeconds <= place.totalSeconds + 1e-9)
        })
      XCTAssertEqual(isWhole, !isStopped, "round \(round)")
      guard ContinuousClock.now - start < .seconds(300) else {
        return XCTFail("round \(round) after 5 minutes")
      }
    }
    // The next performance is as if nothing had been.
    XCTAssertTrue(try player.play(tune))
  }

  /// A clock that the test winds, and what was sent by it.
  private final class FakePort: TimedMIDIOutput {
    var seconds = 100.0
    private(set) var sent: [(seconds: Double, message: MIDIMessage)] = []
    private var scheduled: [(seconds: Double, message: MIDIMessage)] = []

    func schedule(_ message: MIDIMessage, atSeconds seconds: Double) { scheduled.append((seconds, message)) }
    func send(_ message: MIDIMessage) { sent.append((seconds, message)) }
    func flush() {}
    func dropScheduled() { scheduled = [] }

    func advance(microseconds: Int) {
      seconds += Double(microseconds) * 1e-6
      sent += scheduled.filter { $0.seconds <= seconds }
      scheduled.removeAll { $0.seconds <= seconds }
    }

    /// When keys went down, since the start.
    var strikes: [(seconds: Double, key: Int)] {
      sent.compactMap { entry in
        guard case .noteOn(_, let key, _) = entry.message else { return nil }
        return (entry.seconds - 100, Int(key.rawValue))
      }
    }

    /// The keys that are down.
    var keysDown: Set<UInt7> {
      sent.reduce(into: []) { keys, entry in
        switch entry.message {
        case .noteOn(_, let key, _): keys.insert(key)
        case .noteOff(_, let key, _): keys.remove(key)
        default: break
        }
      }
    }
  }

  func testAMIDIPortIsSentEveryNoteAtItsTime() throws {
    let port = FakePort()
    let player = MIDIPlayer(output: port) { port.advance(microseconds: $0) }
    XCTAssertTrue(try player.play(Music.melody(Music.majorScale)))
    XCTAssertEqual(port.strikes.map(\.key), Music.majorScale.map { Int($0.rawValue) })
    for (index, strike) in port.strikes.enumerated() {
      XCTAssertEqual(strike.seconds, 0.05 + 0.5 * Double(index), accuracy: 1e-4)
    }
    XCTAssertEqual(port.keysDown, [])
  }

  func testAPauseOnAMIDIPortKeepsThePlaceAndLeavesNoKeyDown() throws {
    let port = FakePort()
    let player = MIDIPlayer(output: port) { port.advance(microseconds: $0) }
    var script: [(seconds: Double, command: PlayerCommand)] = [
      (1.3, .pause), (3.3, .resume), (4, .move(seconds: 3.5)), (4.2, .stop),
    ]
    var places: [Double] = []
    let isWhole = try player.play(
      Music.melody(Music.majorScale),
      commands: {
        guard let next = script.first, port.seconds - 100.05 >= next.seconds else { return nil }
        if next.command == .resume { XCTAssertEqual(port.keysDown, []) }
        return script.removeFirst().command
      }, progress: { places.append($0.writtenSeconds) })
    XCTAssertFalse(isWhole)
    XCTAssertEqual(port.keysDown, [])
    // 1.3 seconds until the pause, the held note again behind it, and the last note where it was moved to.
    XCTAssertEqual(port.strikes.map(\.key), [60, 62, 64, 64, 65, 72])
    let bounds: [ClosedRange<Double>] = [
      0.0...0.06, 0.5...0.56, 1.0...1.06, 3.3...3.37, 3.5...3.62, 4...4.07,
    ]
    for (strike, range) in zip(port.strikes, bounds) {
      XCTAssertTrue(range.contains(strike.seconds), "\(strike)")
    }
    XCTAssertEqual(try XCTUnwrap(places.max()), 3.7, accuracy: 0.05)
  }
}
