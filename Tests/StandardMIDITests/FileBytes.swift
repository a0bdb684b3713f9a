import StandardMIDI
import XCTest

/// Makes the bytes of files by hand.
enum FileBytes {
  /// A header chunk.
  static func header(format: UInt8 = 0, tracks: UInt16 = 1, division: UInt16 = 96) -> [UInt8] {
    Array("MThd".utf8) + [0, 0, 0, 6, 0, format]
      + [tracks, division].flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
  }

  /// A chunk of this type.
  static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    Array(type.utf8) + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: data.count >> $0) } + data
  }

  /// A track chunk of these bytes.
  static func track(_ data: [UInt8]) -> [UInt8] { chunk("MTrk", data) }

  /// A format 0 file of 96 ticks a quarter with one track of these bytes, of which the first is byte 22.
  static func file(track: [UInt8]) -> [UInt8] {
    header() + Self.track(track)
  }

  /// A track with nothing but its end.
  static let emptyTrack = track([0, 0xFF, 0x2F, 0])
}

extension XCTestCase {
  /// The events of the track with these bytes.
  func events(track: [UInt8]) throws -> [MIDIEvent] {
    try MIDIFile(decoding: FileBytes.file(track: track)).tracks[0].events
  }

  func assertRefused(
    _ bytes: [UInt8], _ expected: MIDIFileError, limits: MIDIFile.Limits = .init(),
    file: StaticString = #filePath,
    line: UInt = #line
  ) {
    XCTAssertThrowsError(try MIDIFile(decoding: bytes, limits: limits), file: file, line: line) {
      XCTAssertEqual($0 as? MIDIFileError, expected, file: file, line: line)
    }
  }
}
