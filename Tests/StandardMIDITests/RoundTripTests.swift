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

  func testTheEncodingOfADecodedCanonicalFileIsTheSameBytes() throws {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<100 {
      let bytes = MIDIFile.random(using: &generator).encoded()
      XCTAssertEqual(try MIDIFile(decoding: bytes).encoded(), bytes)
    }
  }

  func testAFileCutShortAnywhereIsRefused() {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<20 {
      var file = MIDIFile.random(using: &generator)
      file.unknownChunks = []
      file.tracks.append(MIDITrack())
      let bytes = file.encoded()
      for length in 0..<bytes.count {
        XCTAssertThrowsError(try MIDIFile(decoding: Array(bytes[..<length]))) { error in
          guard let error = error as? MIDIFileError else { return XCTFail("\(error)") }
          XCTAssertLessThanOrEqual(error.offset, length)
        }
      }
    }
  }

  func testDamagedBytesAreReadOrRefusedAndWhatIsReadCanBeWritten() throws {
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
      do {
        let file = try MIDIFile(decoding: bytes)
        XCTAssertEqual(try MIDIFile(decoding: file.encoded()), file)
        XCTAssertGreaterThanOrEqual(MIDISequence(file).duration.seconds, 0)
        XCTAssertTrue(file.dump.hasSuffix("\n"))
        read += 1
      } catch {
        XCTAssertLessThanOrEqual(error.offset, bytes.count)
        refused += 1
      }
    }
    XCTAssertGreaterThan(read, 200)
    XCTAssertGreaterThan(refused, 500)
  }

  func testRandomBytesAfterAHeaderAreReadOrRefused() {
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<5_000 {
      let body = (0..<60).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let bytes =
        Array("MThd".utf8) + [0, 0, 0, 6, 0, 0, 0, 1, 0, 96] + Array("MTrk".utf8) + [0, 0, 0, 60] + body
      if let file = try? MIDIFile(decoding: bytes) {
        XCTAssertEqual(try? MIDIFile(decoding: file.encoded()), file)
      }
    }
  }
}
