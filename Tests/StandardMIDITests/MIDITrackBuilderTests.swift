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

  /// Against a sort by tick, kind and order of adding that is as plain as can be.
  func testTheOrderIsThatOfTickKindAndAdding() {
    func kind(_ message: MIDIMessage) -> Int {
      if case .meta = message { return 0 }
      return message.endsNote ? 1 : message.beginsNote ? 3 : 2
    }
    var generator = SeededGenerator(seed: 8)
    for round in 0..<300 {
      var builder = MIDITrackBuilder()
      var added: [(tick: Int, message: MIDIMessage)] = []
      for _ in 0..<Int.random(in: 0...80, using: &generator) {
        added.append((.random(in: 0...20, using: &generator), .random(using: &generator)))
      }
      // Every other time they are all but in order already.
      if round.isMultiple(of: 2) { added.sort { $0.tick < $1.tick } }
      for (tick, message) in added { builder.add(message, at: tick) }
      let sorted = added.enumerated().sorted {
        ($0.element.tick, kind($0.element.message), $0.offset)
          < ($1.element.tick, kind($1.element.message), $1.offset)
      }
      let track = builder.finish()
      XCTAssertEqual(track.events.map(\.message), sorted.map(\.element.message))
      XCTAssertEqual(track.endTick, sorted.last?.element.tick ?? 0)
      var tick = 0
      for (event, entry) in zip(track.events, sorted) {
        tick += Int(event.delta.rawValue)
        XCTAssertEqual(tick, entry.element.tick)
      }
    }
  }

  func testANoteOfVelocity0EndsWhatSounds() {
    var builder = MIDITrackBuilder()
    builder.add(.programChange(channel: 0, program: 1), at: 4)
    builder.addNote(channel: 0, key: 60, velocity: 0, from: 4, to: 5)
    XCTAssertEqual(builder.finish().events.first?.message, .noteOn(channel: 0, key: 60, velocity: 0))
  }

  func testABuilderCanGoOnAfterFinishing() {
    var builder = MIDITrackBuilder()
    builder.addNote(channel: 0, key: 60, velocity: 90, from: 10, to: 20)
    XCTAssertEqual(builder.finish().endTick, 20)
    builder.addNote(channel: 0, key: 62, velocity: 90, from: 0, to: 10)
    XCTAssertEqual(builder.finish().events.map(\.delta), [0, 10, 0, 10])
  }

  func testBytesStraightFromBuildersAreThoseOfTheFile() {
    var generator = SeededGenerator(seed: 11)
    for round in 0..<200 {
      var builders: [MIDITrackBuilder] = []
      for _ in 0..<Int.random(in: 0...3, using: &generator) {
        let events = MIDITrack.random(using: &generator).events
        let furthest = round % 20 == 0 ? 1 << 30 : 5000
        var builder = MIDITrackBuilder()
        for event in events {
          builder.add(event.message, at: .random(in: 0...furthest, using: &generator))
        }
        for _ in 0..<Int.random(in: 0...9, using: &generator) {
          let start = Int.random(in: 0...furthest, using: &generator)
          builder.addNote(channel: 3, key: 60, velocity: 80, from: start, to: start + 100)
        }
        builders.append(builder)
      }
      let end = Int.random(in: 0...6000, using: &generator)
      let file = MIDIFile(
        format: .simultaneous, division: .ticksPerQuarter(96),
        tracks: builders.map { $0.finish(endTick: end) })
      let bytes = MIDIFile.encoded(
        format: .simultaneous, division: .ticksPerQuarter(96), builders: builders, endTick: end)
      XCTAssertEqual(bytes, file.encoded())
    }
  }
}
