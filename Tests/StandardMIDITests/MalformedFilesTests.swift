import StandardMIDI
import XCTest

/// No bytes crash the reader: each file is read or refused, with an offset within it.
final class MalformedFilesTests: XCTestCase {
  /// Every kind of event, each with the bytes of its message.
  private let messages: [[UInt8]] = [
    [0xFF, 0x00, 2, 0, 1], [0xFF, 0x01, 1, 65], [0xFF, 0x08, 1, 65], [0xFF, 0x09, 1, 65], [0xFF, 0x20, 1, 9],
    [0xFF, 0x21, 1, 0], [0xFF, 0x2E, 2, 1, 2], [0xFF, 0x51, 3, 7, 0xA1, 0x20],
    [0xFF, 0x54, 5, 0x61, 2, 3, 4, 5], [0xFF, 0x58, 4, 6, 3, 36, 8], [0xFF, 0x59, 2, 0xFE, 1],
    [0xFF, 0x7F, 0x81, 0x00] + [UInt8](repeating: 9, count: 128),
    [0xF0, 3, 0x43, 0x12, 0], [0xF7, 2, 1, 0xF7], [0xF7, 2, 0xF3, 1],
    [0x80, 60, 64], [0x91, 60, 64], [60, 0], [0xA2, 60, 1], [0xB3, 7, 100], [10, 64], [0xC4, 73], [74],
    [0xD5, 1], [0xE6, 0, 0x40],
  ]

  /// The bytes of a track with all of them, and how many bytes there are before and after each event.
  private var track: (bytes: [UInt8], ends: Set<Int>) {
    var bytes: [UInt8] = []
    var ends: Set<Int> = [0]
    for message in messages + [[0xFF, 0x2F, 0]] {
      bytes += [0x81, 0x00] + message
      ends.insert(bytes.count)
    }
    return (bytes, ends)
  }

  /// Whether the bytes are read. What is read can be written, performed and shown; what is not has its fault
  /// within the file.
  private func isRead(_ bytes: [UInt8]) -> Bool {
    do {
      let file = try MIDIFile(decoding: bytes)
      let canonical = file.encoded()
      XCTAssertEqual(try MIDIFile(decoding: canonical), file)
      XCTAssertEqual(try MIDIFile(decoding: file.encoded(options: .init(usesRunningStatus: true))), file)
      XCTAssertGreaterThanOrEqual(MIDISequence(file).duration.seconds, 0)
      XCTAssertTrue(file.dump.hasSuffix("\n"))
      return true
    } catch {
      XCTAssertTrue((0...bytes.count).contains(error.offset), "\(error)")
      return false
    }
  }

  func testAFileThatEndsAtAnyByteIsRefusedThere() throws {
    let bytes = FileBytes.file(track: track.bytes)
    XCTAssertEqual(try MIDIFile(decoding: bytes).tracks[0].events.count, messages.count)
    for length in bytes.indices {
      let expected: MIDIFileError =
        switch length {
        case ..<4: .noHeader(offset: 0)
        case 14: .missingTracks(declared: 1, found: 0, offset: 14)
        default: .truncated(offset: length)
        }
      assertRefused(Array(bytes[..<length]), expected)
    }
  }

  func testATrackThatEndsAtAnyByteIsReadBetweenEventsAndRefusedWithin() {
    let (bytes, ends) = track
    for length in bytes.indices {
      let file = FileBytes.file(track: Array(bytes[..<length]))
      if ends.contains(length) {
        XCTAssertTrue(isRead(file), "\(length)")
      } else {
        assertRefused(file, .truncated(offset: 22 + length))
      }
    }
  }

  func testEveryByteOfAFileMayBeAnyOther() {
    let bytes =
      FileBytes.header(format: 1, tracks: 2) + FileBytes.chunk("XFIH", [1, 2]) + FileBytes.track(track.bytes)
      + FileBytes.emptyTrack
    var read = 0
    for index in bytes.indices {
      var damaged = bytes
      for byte in UInt8.min...UInt8.max {
        damaged[index] = byte
        if isRead(damaged) { read += 1 }
      }
    }
    XCTAssertGreaterThan(read, 256 * 100)
    XCTAssertLessThan(read, 256 * (bytes.count - 20))
  }

  func testChunksOfNoLength() throws {
    let nothing = FileBytes.header(format: 1, tracks: 2) + FileBytes.track([]) + FileBytes.chunk("XFIH", [])
    assertRefused(nothing, .missingTracks(declared: 2, found: 1, offset: 30))
    let file = try MIDIFile(decoding: nothing + FileBytes.track([]))
    XCTAssertEqual(file.tracks, [MIDITrack(), MIDITrack()])
    XCTAssertEqual(file.unknownChunks, [.init(type: 0x5846_4948, data: [], precedingTracks: 1)])
  }

  func testASecondHeaderIsAChunkLikeAnyOther() throws {
    let bytes = FileBytes.file(track: [0, 0xFF, 0x2F, 0])
    let file = try MIDIFile(decoding: bytes + bytes)
    XCTAssertEqual(file.tracks.count, 2)
    XCTAssertEqual(file.unknownChunks.map(\.data), [[0, 0, 0, 1, 0, 96]])
    XCTAssertTrue(isRead(bytes + bytes))
  }

  func testAnyNumberOfTracksMayBeDeclared() {
    for declared in stride(from: UInt16(2), through: 65000, by: 1009) {
      assertRefused(
        FileBytes.header(format: 1, tracks: declared) + FileBytes.emptyTrack,
        .missingTracks(declared: Int(declared), found: 1, offset: 26))
    }
  }

  func testDamagedBytesAreReadOrRefusedAndWhatIsReadCanBeWritten() {
    var generator = SeededGenerator(seed: 5)
    var read = 0
    var refused = 0
    for _ in 0..<5_000 {
      var bytes = MIDIFile.random(using: &generator).encoded()
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[index] = .random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: index)
        default: bytes.insert(.random(in: 0...255, using: &generator), at: index)
        }
      }
      if isRead(bytes) { read += 1 } else { refused += 1 }
    }
    XCTAssertGreaterThan(read, 200)
    XCTAssertGreaterThan(refused, 500)
  }

  func testRandomBytesAfterAHeaderAreReadOrRefused() {
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<5_000 {
      let body = (0..<60).map { _ in UInt8.random(in: 0...255, using: &generator) }
      _ = isRead(body)
      _ = isRead(FileBytes.header(tracks: 0) + body)
      _ = isRead(FileBytes.file(track: body))
    }
  }

  /// Bytes that mean something more often than bytes of any kind.
  func testRandomLikelyBytesAreReadOrRefused() {
    var generator = SeededGenerator(seed: 7)
    let likely: [UInt8] = [
      0, 0, 0, 1, 2, 4, 60, 0x7F, 0x80, 0x81, 0x90, 0xC0, 0xE0, 0xF0, 0xF7, 0xFF, 0xFF, 0x2F,
    ]
    var read = 0
    for _ in 0..<20_000 {
      let body = (0..<12).map { _ in likely.randomElement(using: &generator)! }
      if isRead(FileBytes.file(track: body)) { read += 1 }
    }
    XCTAssertGreaterThan(read, 100)
  }
}
