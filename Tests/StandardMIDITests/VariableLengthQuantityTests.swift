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

  private func bytes(of value: UInt32) -> [UInt8] {
    [UInt8](capacity: 4) { $0.append(quantity: DeltaTime(value)) }
  }

  func testEncodesTheTableOfTheSpecification() {
    for (value, expected) in specificationTable {
      XCTAssertEqual(bytes(of: value), expected)
    }
  }

  func testDecodesTheTableOfTheSpecification() throws {
    for (value, bytes) in specificationTable {
      var reader = ByteReader(bytes)
      XCTAssertEqual(try reader.readQuantity().rawValue, value)
      XCTAssertEqual(reader.remaining, 0)
    }
  }

  /// Every value of one and two bytes, and those about each power of two, against the definition.
  func testValuesComeBackFromTheFewestBytes() throws {
    var values = Set<UInt32>(0...0x4100)
    for power in 14...28 {
      let center = UInt32(1) << UInt32(power)
      values.formUnion((center - 300)...min(center + 300, DeltaTime.maximum))
    }
    for value in values {
      var groups = [UInt8(value & 0x7F)]
      var rest = value >> 7
      while rest > 0 {
        groups.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
        rest >>= 7
      }
      XCTAssertEqual(bytes(of: value), groups)
      XCTAssertEqual(DeltaTime(value).encodedLength, groups.count)
      var reader = ByteReader(groups)
      XCTAssertEqual(try reader.readQuantity().rawValue, value)
      XCTAssertEqual(reader.remaining, 0)
    }
  }

  /// Each length in bytes at its ends, padded to every length that there may be.
  func testPaddingChangesNoValue() throws {
    for value: UInt32 in [0, 1, 0x7F, 0x80, 0x3FFF, 0x4000, 0x1F_FFFF, 0x20_0000, DeltaTime.maximum] {
      for padding in 0...4 {
        let bytes = [UInt8](repeating: 0x80, count: padding) + self.bytes(of: value)
        var reader = ByteReader(bytes)
        if bytes.count <= 4 {
          XCTAssertEqual(try reader.readQuantity().rawValue, value)
        } else {
          XCTAssertThrowsError(try reader.readQuantity()) {
            XCTAssertEqual($0 as? MIDIFileError, .quantityTooLong(offset: 0))
          }
        }
      }
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
