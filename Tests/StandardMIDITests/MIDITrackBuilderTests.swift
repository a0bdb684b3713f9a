import StandardMIDI
import XCTest

final class MIDITrackBuilderTests: XCTestCase {
  func testEventsComeOutByTickWhateverOrderTheyWentIn() {
    var generator = SeededGenerator(seed: 7)
    let notes = (0..<50).map { UInt7($0) }
    var builder = MIDITrackBuilder()
    for note in notes.shuffled(using: &generator) {
      let start = Int(note.rawValue) * 10
      builder.addNote(channel: 0, key: note, velocity: 90, from: start, to: start + 10)
    }
    let track = builder.finish(endTick: 600)
    XCTAssertEqual(track.endTick, 600)
    let keysDown = track.events.filter(\.message.beginsNote).map { event -> UInt7? in
      guard case .noteOn(_, let key, _) = event.message else { return nil }
      return key
    }
    XCTAssertEqual(keysDown, notes)
    XCTAssertTrue(track.events.allSatisfy { $0.delta == 0 || $0.delta == 10 })
  }

  func testAtOneTickMetaComesFirstThenEndsThenSettingsThenBeginnings() {
    let messages: [MIDIMessage] = [
      .noteOn(channel: 0, key: 62, velocity: 90),
      .programChange(channel: 0, program: 73),
      .noteOn(channel: 0, key: 60, velocity: 0),
      .noteOff(channel: 0, key: 59, velocity: 64),
      .meta(.tempo(400_000)),
      .noteOn(channel: 0, key: 64, velocity: 90),
      .meta(.text(.marker, "A")),
    ]
    var builder = MIDITrackBuilder()
    for message in messages { builder.add(message, at: 5) }
    XCTAssertEqual(
      builder.finish().events.map(\.message),
      [messages[4], messages[6], messages[2], messages[3], messages[1], messages[0], messages[5]])
  }

  func testANoteOfNoLengthStillEndsAfterItBegins() {
    var builder = MIDITrackBuilder()
    builder.addNote(channel: 0, key: 60, velocity: 90, from: 7, to: 7)
    let events = builder.finish().events
    XCTAssertTrue(events[0].message.beginsNote)
    XCTAssertTrue(events[1].message.endsNote)
    XCTAssertEqual(events[1].delta, 1)
  }

  func testGapsLongerThanADeltaAreBridged() throws {
    let far = 3 * Int(DeltaTime.maximum) + 5
    var builder = MIDITrackBuilder()
    builder.add(.programChange(channel: 0, program: 1), at: far)
    let track = builder.finish(endTick: 2 * far)
    XCTAssertEqual(track.endTick, 2 * far)
    let file = MIDIFile(format: .singleTrack, division: .ticksPerQuarter(480), tracks: [track])
    let event = MIDISequence(try MIDIFile(decoding: file.encoded())).events.first {
      $0.message.channel != nil
    }
    XCTAssertEqual(event?.tick, far)
  }
}
