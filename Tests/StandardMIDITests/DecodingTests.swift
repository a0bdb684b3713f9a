import StandardMIDI
import XCTest

final class DecodingTests: XCTestCase {
  /// The format 0 example in the appendix of SMF 1.0, running status and all.
  func testReadsTheExampleOfTheSpecification() throws {
    let bytes: [UInt8] = [
      0x4D, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 0, 0, 1, 0, 0x60,
      0x4D, 0x54, 0x72, 0x6B, 0, 0, 0, 0x3B,
      0x00, 0xFF, 0x58, 0x04, 0x04, 0x02, 0x18, 0x08,
      0x00, 0xFF, 0x51, 0x03, 0x07, 0xA1, 0x20,
      0x00, 0xC0, 0x05, 0x00, 0xC1, 0x2E, 0x00, 0xC2, 0x46,
      0x00, 0x92, 0x30, 0x60, 0x00, 0x3C, 0x60,
      0x60, 0x91, 0x43, 0x40,
      0x60, 0x90, 0x4C, 0x20,
      0x81, 0x40, 0x82, 0x30, 0x40, 0x00, 0x3C, 0x40,
      0x00, 0x81, 0x43, 0x40, 0x00, 0x80, 0x4C, 0x40,
      0x00, 0xFF, 0x2F, 0x00,
    ]
    let file = try MIDIFile(decoding: bytes)
    XCTAssertEqual(
      file.dump,
      """
      format 0, 1 tracks, 96 ticks a quarter
      track 1
      0 time signature 4/4, 24 clocks a click, 8 thirty-seconds a quarter
      0 tempo 500000 microseconds a quarter
      0 ch 1 program 5
      0 ch 2 program 46
      0 ch 3 program 70
      0 ch 3 note on 48 C3 velocity 96
      0 ch 3 note on 60 C4 velocity 96
      96 ch 2 note on 67 G4 velocity 64
      192 ch 1 note on 76 E5 velocity 32
      384 ch 3 note off 48 C3 velocity 64
      384 ch 3 note off 60 C4 velocity 64
      384 ch 2 note off 67 G4 velocity 64
      384 ch 1 note off 76 E5 velocity 64
      384 end of track

      """)
    XCTAssertEqual(file.encoded(options: .init(usesRunningStatus: true)), bytes)
  }

  func testRunningStatusGoesOnAcrossMetaAndSystemExclusiveEvents() throws {
    let track: [UInt8] = [
      0, 0x90, 60, 64, 0, 0xFF, 1, 0, 5, 62, 64, 0, 0xF0, 1, 0xF7, 5, 64, 64, 0, 0xFF, 0x2F, 0,
    ]
    XCTAssertEqual(try events(track: track).filter(\.message.beginsNote).count, 3)
  }

  func testATrackMayLackItsEndAndMayHoldBytesAfterIt() throws {
    XCTAssertEqual(try events(track: [0, 0xC0, 5]).count, 1)
    XCTAssertEqual(try events(track: [0, 0xC0, 5, 0, 0xFF, 0x2F, 0, 1, 2, 3]).count, 1)
  }

  func testTheEndOfATrackMayHoldDataAndTimesMayBePadded() throws {
    let track: [UInt8] = [0x80, 0x80, 0x05, 0xC0, 5, 0x80, 0x07, 0xFF, 0x2F, 0x80, 2, 1, 2]
    let file = try MIDIFile(decoding: FileBytes.file(track: track))
    XCTAssertEqual(file.tracks[0].events.map(\.delta), [5])
    XCTAssertEqual(file.tracks[0].endDelta, 7)
    XCTAssertEqual(file.encoded(), FileBytes.file(track: [5, 0xC0, 5, 7, 0xFF, 0x2F, 0]))
  }

  func testEveryTypeOfMetaEventIsReadAndWritten() throws {
    for type in UInt8.min...UInt8.max where type != 0x2F {
      for data in [
        [], [1], [1, 0], [1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4, 5], [UInt8](repeating: 7, count: 200),
      ] {
        let event = try XCTUnwrap(MetaEvent(type: type, data: data))
        XCTAssertEqual(event.type, type)
        XCTAssertEqual(event.data, data)
        let length: [UInt8] = data.count < 128 ? [UInt8(data.count)] : [0x81, UInt8(data.count - 128)]
        let track = [0, 0xFF, type] + length + data + [0, 0xFF, 0x2F, 0]
        XCTAssertEqual(try events(track: track).map(\.message), [.meta(event)])
        XCTAssertEqual(
          try MIDIFile(decoding: FileBytes.file(track: track)).encoded(), FileBytes.file(track: track))
      }
    }
    XCTAssertNil(MetaEvent(type: 0x2F, data: []))
  }

  func testMetaEventsOfAKnownFormHaveTheirCase() {
    let known: [(UInt8, [UInt8], MetaEvent)] = [
      (0x00, [1, 2], .sequenceNumber(258)), (0x01, [65], .text(.text, "A")),
      (0x02, [], .text(.copyright, [])),
      (0x03, [65], .text(.trackName, "A")), (0x04, [65], .text(.instrumentName, "A")),
      (0x05, [65], .text(.lyric, "A")), (0x06, [65], .text(.marker, "A")),
      (0x07, [65], .text(.cuePoint, "A")),
      (0x08, [65], .text(.programName, "A")), (0x09, [65], .text(.deviceName, "A")),
      (0x20, [15], .channelPrefix(15)), (0x21, [255], .port(255)), (0x2E, [1], .other(type: 0x2E, [1])),
      (0x51, [7, 0xA1, 0x20], .tempo(.standard)), (0x51, [0, 0, 0], .tempo(0)),
      (0x51, [255, 255, 255], .tempo(Tempo(Tempo.maximum))),
      (
        0x54, [1, 2, 3, 4, 5], .smpteOffset(.init(hours: 1, minutes: 2, seconds: 3, frames: 4, subframes: 5))
      ),
      (0x58, [6, 3, 36, 8], .timeSignature(.init(numerator: 6, denominatorPower: 3, clocksPerClick: 36))),
      (
        0x58, [0, 255, 0, 0],
        .timeSignature(
          .init(numerator: 0, denominatorPower: 255, clocksPerClick: 0, thirtySecondsPerQuarter: 0))
      ),
      (0x59, [0xF9, 1], .keySignature(KeySignature(sharps: -7, isMinor: true)!)),
      (0x59, [7, 0], .keySignature(KeySignature(sharps: 7, isMinor: false)!)),
      (0x7F, [0, 1], .sequencerSpecific([0, 1])),
    ]
    for (type, data, event) in known {
      XCTAssertEqual(MetaEvent(type: type, data: data), event)
      XCTAssertEqual(event.type, type)
      XCTAssertEqual(event.data, data)
    }
  }

  /// A message in one event, one in three packets with the times between them, and a song select by itself
  /// (SMF 1.0, "sysex events").
  func testSystemExclusiveMessagesAreKeptByteForByte() throws {
    let track: [UInt8] = [
      0, 0xF0, 5, 0x43, 0x12, 0, 7, 0xF7, 0, 0xF0, 3, 0x43, 0x12, 0x00, 0x81, 0x48, 0xF7, 6, 0x43, 0x12, 0,
      0x43,
      0x12, 0, 100, 0xF7, 4, 0x43, 0x12, 0, 0xF7, 0, 0xF7, 2, 0xF3, 1, 0, 0xF0, 0, 0, 0xF7, 0, 0, 0xFF, 0x2F,
      0,
    ]
    let found = try events(track: track)
    XCTAssertEqual(
      found.map(\.message),
      [
        .systemExclusive([0x43, 0x12, 0, 7, 0xF7]), .systemExclusive([0x43, 0x12, 0]),
        .escape([0x43, 0x12, 0, 0x43, 0x12, 0]), .escape([0x43, 0x12, 0, 0xF7]), .escape([0xF3, 1]),
        .systemExclusive([]), .escape([]),
      ])
    XCTAssertEqual(found.map(\.delta), [0, 0, 200, 100, 0, 0, 0])
    XCTAssertEqual(
      try MIDIFile(decoding: FileBytes.file(track: track)).encoded(), FileBytes.file(track: track))
  }

  func testNoteOnsOfVelocity0AreKept() throws {
    let track: [UInt8] = [0, 0x90, 60, 64, 96, 60, 0, 0, 0xFF, 0x2F, 0]
    let file = try MIDIFile(decoding: FileBytes.file(track: track))
    XCTAssertEqual(file.tracks[0].events[1].message, .noteOn(channel: 0, key: 60, velocity: 0))
    XCTAssertTrue(file.tracks[0].events[1].message.endsNote)
    XCTAssertEqual(file.encoded(options: .init(usesRunningStatus: true)), FileBytes.file(track: track))
  }

  func testEveryDivisionIsReadAndWritten() throws {
    var read = 0
    for division in UInt16.min...UInt16.max {
      let bytes = FileBytes.header(tracks: 0, division: division)
      let rate = UInt8(truncatingIfNeeded: 0x100 - Int(division >> 8))
      let isValid = division < 0x8000 ? division > 0 : division & 0xFF > 0 && [24, 25, 29, 30].contains(rate)
      if isValid {
        XCTAssertEqual(try MIDIFile(decoding: bytes).encoded(), bytes)
        read += 1
      } else {
        assertRefused(bytes, .invalidDivision(division, offset: 12))
      }
    }
    XCTAssertEqual(read, 0x7FFF + 4 * 255)
  }

  func testFormat0WithSeveralTracksAndFilesWithNoneAreReadAsTheyAre() throws {
    for format: UInt8 in 0...2 {
      let several = FileBytes.header(format: format, tracks: 2) + FileBytes.emptyTrack + FileBytes.emptyTrack
      let none = FileBytes.header(format: format, tracks: 0)
      XCTAssertEqual(try MIDIFile(decoding: several).encoded(), several)
      XCTAssertEqual(try MIDIFile(decoding: none).encoded(), none)
    }
  }

  func testAsManyTracksAsAHeaderCanCount() throws {
    var bytes = FileBytes.header(format: 1, tracks: 65535)
    for _ in 0..<65535 { bytes += FileBytes.emptyTrack }
    XCTAssertEqual(try MIDIFile(decoding: bytes).encoded(), bytes)
    assertRefused(
      bytes + FileBytes.emptyTrack, .tooLarge(limit: 65535, offset: bytes.count))
  }

  func testMetaEventsOfAnotherFormAreKeptAsTheyAre() throws {
    let odd: [(UInt8, [UInt8])] = [
      (0x51, [1, 2]), (0x00, []), (0x20, [16]), (0x59, [8, 0]), (0x59, [0, 2]), (0x58, [4]), (0x99, [1]),
    ]
    for (type, data) in odd {
      let found = try events(track: [0, 0xFF, type, UInt8(data.count)] + data)
      XCTAssertEqual(found.map(\.message), [.meta(.other(type: type, data))])
    }
  }

  func testLongerHeadersMoreTracksAndStrayBytesAreAccepted() throws {
    var bytes = FileBytes.file(track: [0, 0xFF, 0x2F, 0])
    bytes[7] = 8
    bytes.insert(contentsOf: [9, 9], at: 14)
    bytes += Array("MTrk".utf8) + [0, 0, 0, 4, 7, 0xFF, 0x2F, 0] + [0, 0, 0]
    let file = try MIDIFile(decoding: bytes)
    XCTAssertEqual(file.tracks.map(\.endTick), [0, 7])
  }

  func testUnknownChunksKeepTheirPlaces() throws {
    let chunk = Array("XFIH".utf8) + [0, 0, 0, 2, 1, 2]
    var bytes = FileBytes.file(track: [0, 0xFF, 0x2F, 0])
    bytes.insert(contentsOf: chunk, at: 14)
    bytes += chunk
    let file = try MIDIFile(decoding: bytes)
    XCTAssertEqual(file.unknownChunks.map(\.precedingTracks), [0, 1])
    XCTAssertEqual(file.encoded(), bytes)
  }
}
