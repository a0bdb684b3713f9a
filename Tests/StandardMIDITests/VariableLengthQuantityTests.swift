import XCTest

@testable import StandardMIDI

final class VariableLengthQuantityTests: XCTestCase {
  /// The table of SMF 1.0, "Conventions".
  private let specificationTable: [(UInt32, [UInt8])] = [
    (0x0000_0000, [0x00]),
    (0x0000_0040, [0x40]),
    (0x0000_007F, [0x7F]),
    (0x0000_0080, [0x81, 0x00]),
    (0x0000_2000, [0xC0, 0x00]),
    (0x0000_3FFF, [0xFF, 0x7F]),
    (0x0000_4000, [0x81, 0x80, 0x00]),
    (0x0010_0000, [0xC0, 0x80, 0x00]),
    (0x001F_FFFF, [0xFF, 0xFF, 0x7F]),
    (0x0020_0000, [0x81, 0x80, 0x80, 0x00]),
    (0x0800_0000, [0xC0, 0x80, 0x80, 0x00]),
    (0x0FFF_FFFF, [0xFF, 0xFF, 0xFF, 0x7F]),
  ]

  func testEncodesTheTableOfTheSpecification() {
    for (value, expected) in specificationTable {
      var bytes: [UInt8] = []
      bytes.appendQuantity(DeltaTime(value))
      XCTAssertEqual(bytes, expected)
    }
  }

  func testDecodesTheTableOfTheSpecification() throws {
    for (value, bytes) in specificationTable {
      var reader = ByteReader(bytes)
      XCTAssertEqual(try reader.readQuantity().rawValue, value)
      XCTAssertEqual(reader.remaining, 0)
    }
  }

  func testDecodesPaddedQuantities() throws {
    var reader = ByteReader([0x80, 0x80, 0x05])
    XCTAssertEqual(try reader.readQuantity(), 5)
  }

  func testRefusesAFifthByteAndAMissingOne() {
    var long = ByteReader([0x81, 0x80, 0x80, 0x80, 0x00])
    XCTAssertThrowsError(try long.readQuantity()) {
      XCTAssertEqual($0 as? MIDIFileError, .quantityTooLong(offset: 0))
    }
    var short = ByteReader([0x81, 0x80])
    XCTAssertThrowsError(try short.readQuantity()) {
      XCTAssertEqual($0 as? MIDIFileError, .truncated(offset: 2))
    }
  }
}
