import StandardMIDI
import XCTest

final class MIDISequenceTests: XCTestCase {
  private func program(_ number: UInt8) -> MIDIMessage {
    .programChange(channel: 0, program: UInt7(number))
  }

  private func event(_ delta: DeltaTime, _ message: MIDIMessage) -> MIDIEvent {
    MIDIEvent(delta: delta, message: message)
  }

  func testTracksAreMergedByTickThenTrack() {
    let file = MIDIFile(
      format: .simultaneous, division: .ticksPerQuarter(10),
      tracks: [
        MIDITrack(events: [event(0, program(1)), event(10, program(2)), event(10, program(5))]),
        MIDITrack(events: [event(5, program(3)), event(5, program(4))], endDelta: 30),
      ])
    let sequence = MIDISequence(file)
    XCTAssertEqual(sequence.events.map(\.message), [1, 3, 2, 4, 5].map(program))
    XCTAssertEqual(sequence.events.map(\.tick), [0, 5, 10, 10, 20])
    XCTAssertEqual(sequence.events.map(\.track), [0, 1, 0, 1, 0])
    XCTAssertEqual(sequence.events.map(\.time.seconds), [0, 0.25, 0.5, 0.5, 1])
    XCTAssertEqual(sequence.duration.seconds, 2)
    XCTAssertEqual(sequence.endTick, 40)
  }

  func testATempoInOneTrackHoldsForAll() {
    let file = MIDIFile(
      format: .simultaneous, division: .ticksPerQuarter(100),
      tracks: [
        MIDITrack(events: [event(100, .meta(.tempo(1_000_000))), event(100, .meta(.tempo(250_000)))]),
        MIDITrack(events: [event(50, program(1)), event(100, program(2)), event(100, program(3))]),
      ])
    let programs = MIDISequence(file).events.filter { $0.message.channel != nil }
    XCTAssertEqual(programs.map(\.time.seconds), [0.25, 1.0, 1.625])
  }

  func testTimesDoNotDriftOverAMillionTempoChanges() {
    var events: [MIDIEvent] = []
    for _ in 0..<1_000_000 {
      events.append(event(1, .meta(.tempo(333_333))))
    }
    let file = MIDIFile(
      format: .singleTrack, division: .ticksPerQuarter(7), tracks: [MIDITrack(events: events)])
    // The first tick is at the standard tempo.
    let microseconds = (500_000 + 999_999 * 333_333) as Int
    let duration = MIDISequence(file).duration
    XCTAssertEqual(duration.seconds, Double(microseconds) / 7_000_000, accuracy: 1e-9)
    XCTAssertEqual(duration.periods(ofRate: 44_100), (microseconds * 441 + 35_000) / 70_000)
  }

  func testSMPTETimeDoesNotHeedTempo() {
    func seconds(_ rate: MIDIFile.FrameRate) -> Double {
      let file = MIDIFile(
        format: .singleTrack, division: .smpte(rate, ticksPerFrame: 40),
        tracks: [MIDITrack(events: [event(0, .meta(.tempo(1))), event(120_000, program(0))])])
      return MIDISequence(file).duration.seconds
    }
    XCTAssertEqual(seconds(.video25), 120)
    XCTAssertEqual(seconds(.film24), 125)
    XCTAssertEqual(seconds(.video30), 100)
    XCTAssertEqual(seconds(.video2997), 100.1, accuracy: 1e-12)
  }

  func testTheTracksOfASequentialFileFollowOneAnother() {
    let track = MIDITrack(events: [event(10, program(1))], endDelta: 10)
    let file = MIDIFile(format: .sequential, division: .ticksPerQuarter(10), tracks: [track, track])
    XCTAssertEqual(MIDISequence(file).events.map(\.tick), [10, 30])
    XCTAssertEqual(MIDISequence(file).duration.seconds, 2)
  }

  func testTheTracksOfASequentialFileHaveTheirOwnTempos() {
    let fast = MIDITrack(events: [event(0, .meta(.tempo(250_000))), event(10, program(1))], endDelta: 10)
    let plain = MIDITrack(events: [event(10, program(2))], endDelta: 10)
    let file = MIDIFile(format: .sequential, division: .ticksPerQuarter(10), tracks: [fast, plain, plain])
    let sequence = MIDISequence(file)
    XCTAssertEqual(sequence.events.map(\.time.seconds), [0, 0.25, 1, 2])
    XCTAssertEqual(sequence.duration.seconds, 2.5)
    XCTAssertEqual(sequence.endTick, 60)
  }

  func testATempoOf0StopsTime() {
    let file = MIDIFile(
      format: .singleTrack, division: .ticksPerQuarter(10),
      tracks: [
        MIDITrack(events: [event(10, .meta(.tempo(0))), event(100, .meta(.tempo(.standard)))], endDelta: 10)
      ])
    XCTAssertEqual(MIDISequence(file).events.map(\.time.seconds), [0.5, 0.5])
    XCTAssertEqual(MIDISequence(file).duration.seconds, 1)
    XCTAssertEqual(Tempo(0).quartersPerMinute, .infinity)
  }

  func testTheLongestTimesDoNotOverflow() {
    var events = [event(0, .meta(.tempo(Tempo(Tempo.maximum))))]
    for _ in 0..<100_000 { events.append(event(DeltaTime(DeltaTime.maximum), program(0))) }
    let file = MIDIFile(
      format: .singleTrack, division: .ticksPerQuarter(1), tracks: [MIDITrack(events: events)])
    let duration = MIDISequence(file).duration
    XCTAssertEqual(duration.seconds, 268_435_455 * 16.777215 * 100_000, accuracy: 1)
    XCTAssertEqual(duration.periods(ofRate: 192_000), Int.max)
  }
}
