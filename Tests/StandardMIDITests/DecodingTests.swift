import StandardMIDI
import XCTest

final class DecodingTests: XCTestCase {
  /// A format 0 file of 96 ticks a quarter with one track of these bytes.
  private func file(track: [UInt8]) -> [UInt8] {
    Array("MThd".utf8) + [0, 0, 0, 6, 0, 0, 0, 1, 0, 96] + Array("MTrk".utf8)
      + [0, 0, 0, UInt8(track.count)] + track
  }

  private func events(track: [UInt8]) throws -> [MIDIEvent] {
    try MIDIFile(decoding: file(track: track)).tracks[0].events
  }

  private func assertRefused(
    _ bytes: [UInt8], _ expected: MIDIFileError, limits: MIDIFile.Limits = .init(), line: UInt = #line
  ) {
    XCTAssertThrowsError(try MIDIFile(decoding: bytes, limits: limits), line: line) {
      XCTAssertEqual($0 as? MIDIFileError, expected, line: line)
    }
  }

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
    var bytes = file(track: [0, 0xFF, 0x2F, 0])
    bytes[7] = 8
    bytes.insert(contentsOf: [9, 9], at: 14)
    bytes += Array("MTrk".utf8) + [0, 0, 0, 4, 7, 0xFF, 0x2F, 0] + [0, 0, 0]
    let file = try MIDIFile(decoding: bytes)
    XCTAssertEqual(file.tracks.map(\.endTick), [0, 7])
  }

  func testUnknownChunksKeepTheirPlaces() throws {
    let chunk = Array("XFIH".utf8) + [0, 0, 0, 2, 1, 2]
    var bytes = file(track: [0, 0xFF, 0x2F, 0])
    bytes.insert(contentsOf: chunk, at: 14)
    bytes += chunk
    let file = try MIDIFile(decoding: bytes)
    XCTAssertEqual(file.unknownChunks.map(\.precedingTracks), [0, 1])
    XCTAssertEqual(file.encoded(), bytes)
  }

  func testEachKindOfDamageIsNamedWithItsOffset() {
    let good = file(track: [0, 0xFF, 0x2F, 0])
    func changed(_ index: Int, _ byte: UInt8) -> [UInt8] {
      var bytes = good
      bytes[index] = byte
      return bytes
    }
    assertRefused([], .noHeader(offset: 0))
    assertRefused(Array("X:1\nT:a tune\n".utf8), .noHeader(offset: 0))
    assertRefused(changed(7, 5), .shortHeader(length: 5, offset: 4))
    assertRefused(changed(9, 3), .unknownFormat(3, offset: 8))
    assertRefused(changed(13, 0), .invalidDivision(0, offset: 12))
    assertRefused(changed(12, 0x85), .invalidDivision(0x8560, offset: 12))
    assertRefused(changed(11, 2), .missingTracks(declared: 2, found: 1, offset: 26))
    assertRefused(changed(21, 5), .truncated(offset: 26))
    assertRefused(file(track: [0]), .truncated(offset: 23))
    assertRefused(file(track: [0, 0x90, 60]), .truncated(offset: 25))
    assertRefused(file(track: [0, 60, 60]), .missingStatus(60, offset: 23))
    assertRefused(file(track: [0, 0xF8]), .forbiddenStatus(0xF8, offset: 23))
    assertRefused(file(track: [0, 0x90, 60, 0x80]), .invalidData(0x80, offset: 25))
    assertRefused(file(track: [0x80, 0x80, 0x80, 0x80, 0]), .quantityTooLong(offset: 22))
    assertRefused(file(track: [0, 0xFF, 1, 9, 1]), .truncated(offset: 27))
  }

  func testLimitsAreKept() {
    let two = file(track: [0, 0xC0, 5, 0, 5, 0, 0xFF, 0x2F, 0])
    assertRefused(two, .tooLarge(limit: 10, offset: 10), limits: .init(bytes: 10))
    assertRefused(two, .tooLarge(limit: 1, offset: 26), limits: .init(events: 1))
  }

  func testDescriptionsNameTheReasonAndTheByte() {
    XCTAssertEqual(
      MIDIFileError.forbiddenStatus(0xF8, offset: 23).description,
      "MIDI message F8 cannot stand in a file (at byte 23)")
    XCTAssertEqual(
      MIDIFileError.noHeader(offset: 0).description,
      "not a MIDI file: it does not begin with \"MThd\" (at byte 0)")
  }
}
