import StandardMIDI
import XCTest

/// Every case of `MIDIFileError`, each with its exact offset.
final class MIDIFileErrorTests: XCTestCase {
  private let good = FileBytes.file(track: [0, 0xFF, 0x2F, 0])

  private func good(_ index: Int, _ byte: UInt8) -> [UInt8] {
    var bytes = good
    bytes[index] = byte
    return bytes
  }

  func testNoHeader() {
    assertRefused([], .noHeader(offset: 0))
    assertRefused(Array("MTh".utf8), .noHeader(offset: 0))
    assertRefused(Array("X:1\nT:a tune\n".utf8), .noHeader(offset: 0))
    assertRefused(FileBytes.emptyTrack, .noHeader(offset: 0))
    assertRefused([0] + good, .noHeader(offset: 0))
  }

  func testShortHeader() {
    for length in UInt8.min...5 {
      assertRefused(good(7, length), .shortHeader(length: UInt32(length), offset: 4))
    }
  }

  func testLongHeaders() {
    assertRefused(good(7, 13), .truncated(offset: 26))
    assertRefused(good(4, 0xFF), .truncated(offset: 26))
    // The header takes the track's first bytes, and what is left is no track.
    assertRefused(good(7, 10), .truncated(offset: 26))
  }

  func testUnknownFormat() {
    assertRefused(good(9, 3), .unknownFormat(3, offset: 8))
    assertRefused(good(8, 1), .unknownFormat(256, offset: 8))
  }

  func testInvalidDivision() {
    assertRefused(good(13, 0), .invalidDivision(0, offset: 12))
    assertRefused(good(12, 0x80), .invalidDivision(0x8060, offset: 12))
    assertRefused(FileBytes.header(division: 0xE800), .invalidDivision(0xE800, offset: 12))
  }

  func testTruncated() {
    assertRefused(good(21, 5), .truncated(offset: 26))
    assertRefused(good(18, 0xFF), .truncated(offset: 26))
    assertRefused(FileBytes.file(track: [0]), .truncated(offset: 23))
    assertRefused(FileBytes.file(track: [0x81]), .truncated(offset: 23))
    assertRefused(FileBytes.file(track: [0, 0x90]), .truncated(offset: 24))
    assertRefused(FileBytes.file(track: [0, 0x90, 60]), .truncated(offset: 25))
    assertRefused(FileBytes.file(track: [0, 0xFF]), .truncated(offset: 24))
    assertRefused(FileBytes.file(track: [0, 0xFF, 0x2F]), .truncated(offset: 25))
    assertRefused(FileBytes.file(track: [0, 0xFF, 0x2F, 1]), .truncated(offset: 26))
    assertRefused(FileBytes.file(track: [0, 0xFF, 1, 9, 1]), .truncated(offset: 27))
    assertRefused(good + FileBytes.chunk("XFIH", [1, 2]).dropLast(), .truncated(offset: 35))
  }

  func testWhatATrackLacksIsNotTakenFromTheNext() {
    let bytes =
      FileBytes.header(format: 1, tracks: 2) + FileBytes.track([0, 0x90, 60]) + FileBytes.emptyTrack
    assertRefused(bytes, .truncated(offset: 25))
  }

  func testHugeLengthsTakeNoMemory() {
    for kind: [UInt8] in [[0xFF, 1], [0xFF, 0x2F], [0xF0], [0xF7]] {
      let track = [0] + kind + [0xFF, 0xFF, 0xFF, 0x7F, 1]
      assertRefused(FileBytes.file(track: track), .truncated(offset: 22 + track.count))
    }
    assertRefused(
      FileBytes.header() + Array("MTrk".utf8) + [0xFF, 0xFF, 0xFF, 0xFF], .truncated(offset: 22))
    assertRefused(
      FileBytes.header() + Array("XFIH".utf8) + [0xFF, 0xFF, 0xFF, 0xFF], .truncated(offset: 22))
  }

  func testMissingTracks() {
    assertRefused(good(11, 2), .missingTracks(declared: 2, found: 1, offset: 26))
    assertRefused(good(10, 0xFF), .missingTracks(declared: 0xFF01, found: 1, offset: 26))
    assertRefused(
      FileBytes.header(tracks: 65535), .missingTracks(declared: 65535, found: 0, offset: 14))
    assertRefused(
      FileBytes.header() + FileBytes.chunk("XFIH", []), .missingTracks(declared: 1, found: 0, offset: 22))
  }

  func testQuantityTooLong() {
    assertRefused(FileBytes.file(track: [0x80, 0x80, 0x80, 0x80, 0]), .quantityTooLong(offset: 22))
    assertRefused(FileBytes.file(track: [0xFF, 0xFF, 0xFF, 0xFF, 0x7F]), .quantityTooLong(offset: 22))
    assertRefused(FileBytes.file(track: [0, 0xF0, 0x81, 0x80, 0x80, 0x80, 0]), .quantityTooLong(offset: 24))
    assertRefused(FileBytes.file(track: [0, 0xFF, 1, 0x80, 0x80, 0x80, 0x80]), .quantityTooLong(offset: 25))
  }

  func testMissingStatus() {
    assertRefused(FileBytes.file(track: [0, 60, 60]), .missingStatus(60, offset: 23))
    assertRefused(FileBytes.file(track: [0, 0xFF, 1, 0, 0, 60, 60]), .missingStatus(60, offset: 27))
    // Running status does not go on from one track to the next.
    let bytes =
      FileBytes.header(format: 1, tracks: 2) + FileBytes.track([0, 0x90, 60, 64])
      + FileBytes.track([0, 0x7F, 64])
    assertRefused(bytes, .missingStatus(0x7F, offset: 35))
  }

  func testForbiddenStatus() {
    for status in [UInt8](0xF1...0xF6) + [UInt8](0xF8...0xFE) {
      assertRefused(FileBytes.file(track: [0, status, 0]), .forbiddenStatus(status, offset: 23))
    }
  }

  func testInvalidData() {
    for status in stride(from: UInt8(0x80), to: 0xF0, by: 1) {
      assertRefused(FileBytes.file(track: [0, status, 0x80]), .invalidData(0x80, offset: 24))
      guard !(0xC0..<0xE0).contains(status) else { continue }
      assertRefused(FileBytes.file(track: [0, status, 60, 0xFF]), .invalidData(0xFF, offset: 25))
    }
  }

  func testTooLarge() throws {
    let two = FileBytes.file(track: [0, 0xC0, 5, 0, 5, 0, 0xFF, 0x2F, 0])
    assertRefused(two, .tooLarge(limit: 10, offset: 10), limits: .init(bytes: 10))
    assertRefused(two, .tooLarge(limit: 1, offset: 25), limits: .init(events: 1))
    XCTAssertNoThrow(try MIDIFile(decoding: two, limits: .init(bytes: two.count, events: 2)))
    let chunks = two + FileBytes.chunk("XFIH", [])
    assertRefused(chunks, .tooLarge(limit: 2, offset: two.count), limits: .init(events: 2))
  }

  func testDescriptionsNameTheReasonAndTheByte() {
    let descriptions: [(MIDIFileError, String)] = [
      (.noHeader(offset: 0), "not a MIDI file: it does not begin with \"MThd\" (at byte 0)"),
      (.shortHeader(length: 5, offset: 4), "the MIDI header has 5 bytes instead of 6 (at byte 4)"),
      (.unknownFormat(3, offset: 8), "MIDI file format 3 does not exist; 0, 1 and 2 do (at byte 8)"),
      (.invalidDivision(0, offset: 12), "the MIDI header's division 0 gives a tick no length (at byte 12)"),
      (.truncated(offset: 9), "the MIDI file is cut short (at byte 9)"),
      (
        .missingTracks(declared: 2, found: 1, offset: 26),
        "the MIDI file is cut short: 1 of its 2 tracks are there (at byte 26)"
      ),
      (.quantityTooLong(offset: 22), "a MIDI time or length has more than four bytes (at byte 22)"),
      (.missingStatus(5, offset: 23), "MIDI data byte 05 belongs to no message (at byte 23)"),
      (.forbiddenStatus(0xF8, offset: 23), "MIDI message F8 cannot stand in a file (at byte 23)"),
      (.invalidData(0x80, offset: 24), "MIDI status 80 stands where a data byte belongs (at byte 24)"),
      (.tooLarge(limit: 10, offset: 10), "the MIDI file is larger than the limit of 10 (at byte 10)"),
    ]
    for (error, text) in descriptions {
      XCTAssertEqual(error.description, text)
      XCTAssertTrue(text.hasSuffix("(at byte \(error.offset))"))
    }
  }
}
