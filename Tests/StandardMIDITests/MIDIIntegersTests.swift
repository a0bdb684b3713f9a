import StandardMIDI
import XCTest

final class MIDIIntegersTests: XCTestCase {
  func testValuesOutOfRangeDoNotExist() {
    XCTAssertEqual(UInt7(exactly: 127)?.rawValue, 127)
    XCTAssertNil(UInt7(exactly: 128))
    XCTAssertNil(UInt7(exactly: -1))
    XCTAssertNil(UInt7(exactly: 256))
    XCTAssertNil(Channel(exactly: 16))
    XCTAssertNil(UInt14(exactly: 16384))
    XCTAssertNil(DeltaTime(exactly: 0x1000_0000))
    XCTAssertNil(Tempo(rawValue: 0x100_0000))
  }

  func testClampingFindsTheNearestValue() {
    XCTAssertEqual(UInt7(clamping: -5), 0)
    XCTAssertEqual(UInt7(clamping: 200), 127)
    XCTAssertEqual(UInt7(clamping: 1_000_000), 127)
    XCTAssertEqual(UInt7(clamping: 64), 64)
    XCTAssertEqual(UInt14(clamping: 99_999), 16383)
  }

  func testTempoFromQuartersAMinute() {
    XCTAssertEqual(Tempo(quartersPerMinute: 120), .standard)
    XCTAssertEqual(Tempo(quartersPerMinute: 140).rawValue, 428_571)
    XCTAssertEqual(Tempo(quartersPerMinute: 1e-300).rawValue, Tempo.maximum)
    XCTAssertEqual(Tempo(quartersPerMinute: .infinity).rawValue, 1)
    XCTAssertEqual(Tempo(600_000).quartersPerMinute, 100)
  }
}
