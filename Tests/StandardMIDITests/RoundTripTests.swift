import StandardMIDI
import XCTest

final class RoundTripTests: XCTestCase {
  func testDecodingAnEncodedFileGivesTheSameValue() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<500 {
      let file = MIDIFile.random(using: &generator)
      XCTAssertEqual(try MIDIFile(decoding: file.encoded()), file)
    }
  }

  func testRunningStatusSavesBytesAndKeepsTheValue() throws {
    var generator = SeededGenerator(seed: 2)
    var saved = 0
    for _ in 0..<500 {
      let file = MIDIFile.random(using: &generator)
      let short = file.encoded(options: .init(usesRunningStatus: true))
      saved += file.encoded().count - short.count
      XCTAssertEqual(try MIDIFile(decoding: short), file)
    }
    XCTAssertGreaterThan(saved, 0)
  }

  func testTheBytesAreThoseOfTheSpecificationAndComeBack() throws {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      let file = MIDIFile.random(using: &generator)
      for usesRunningStatus in [false, true] {
        let bytes = ReferenceEncoding.bytes(file, usesRunningStatus: usesRunningStatus)
        let options = MIDIFile.EncodingOptions(usesRunningStatus: usesRunningStatus)
        XCTAssertEqual(file.encoded(options: options), bytes)
        XCTAssertEqual(try MIDIFile(decoding: bytes).encoded(options: options), bytes)
      }
    }
  }

  func testMetaAndSystemExclusiveEventsEndRunningStatus() {
    let note = MIDIMessage.noteOn(channel: 2, key: 60, velocity: 64)
    let between: [(MIDIMessage, [UInt8])] = [
      (.meta(.text(.text, [])), [0, 0xFF, 1, 0]), (.systemExclusive([0xF7]), [0, 0xF0, 1, 0xF7]),
      (.escape([]), [0, 0xF7, 0]),
    ]
    for (message, bytes) in between {
      let track = MIDITrack(events: [note, note, message, note].map { MIDIEvent(delta: 0, message: $0) })
      let file = MIDIFile(format: .singleTrack, division: .ticksPerQuarter(96), tracks: [track])
      XCTAssertEqual(
        file.encoded(options: .init(usesRunningStatus: true)),
        FileBytes.file(
          track: [0, 0x92, 60, 64, 0, 60, 64] + bytes + [0, 0x92, 60, 64, 0, 0xFF, 0x2F, 0]))
    }
  }

  func testRunningStatusDoesNotGoOnFromTrackToTrack() {
    let track = MIDITrack(events: [MIDIEvent(delta: 0, message: .programChange(channel: 0, program: 5))])
    let file = MIDIFile(format: .simultaneous, division: .ticksPerQuarter(96), tracks: [track, track])
    XCTAssertEqual(file.encoded(options: .init(usesRunningStatus: true)), file.encoded())
  }
}
