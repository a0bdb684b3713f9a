import XCTest

@testable import ABCNotation

final class LineTableTests: XCTestCase {
  /// The line and column of every offset, found by walking through the whole text.
  private func locations(in bytes: [UInt8], isUTF8: Bool) -> [SourceLocation] {
    var line = 1
    var column = 1
    var all: [SourceLocation] = []
    for (index, byte) in bytes.enumerated() {
      all.append(SourceLocation(line: line, column: column))
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if byte == 0x0A || (byte == 0x0D && next != 0x0A) {
        line += 1
        column = 1
      } else if !isUTF8 || byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return all + [SourceLocation(line: line, column: column)]
  }

  private func check(_ bytes: [UInt8], file: StaticString = #filePath, line: UInt = #line) {
    let source = SourceText(name: "", bytes: bytes)
    let table = LineTable(source)
    let expected = locations(in: bytes, isUTF8: source.encoding == .utf8)
    for offset in 0...bytes.count {
      let found = table.location(of: offset)
      // Within a character, and between CR and LF, only the line is asked for.
      XCTAssertEqual(found.line, expected[offset].line, "\(offset)", file: file, line: line)
      if offset == bytes.count || source.encoding != .utf8 || bytes[offset] & 0xC0 != 0x80 {
        XCTAssertEqual(found, expected[offset], "\(offset)", file: file, line: line)
      }
      let range = table.lineRange(containing: offset)
      let first = expected.firstIndex { $0.line == expected[offset].line }
      XCTAssertEqual(range.lowerBound, first, "\(offset)", file: file, line: line)
      XCTAssertFalse(bytes[range].contains { $0 == 0x0A || $0 == 0x0D }, "\(offset)", file: file, line: line)
      if range.upperBound < bytes.count {
        XCTAssertTrue([0x0A, 0x0D].contains(bytes[range.upperBound]), "\(offset)", file: file, line: line)
      }
    }
    XCTAssertEqual(table.location(of: bytes.count + 9), expected[bytes.count], file: file, line: line)
  }

  func testShortTexts() {
    for text in ["", "a", "\n", "\r", "\r\n", "a\nb", "a\r\nb\rc\n\nd", "é\nüb", "\u{1F3B5}a\n\u{1F3B5}"] {
      check(Array(text.utf8))
    }
  }

  func testRandomTextsWithLinesShortAndLong() {
    var generator = SplitMix(state: 7)
    for round in 0..<60 {
      // A line end about every third byte, up to one in a thousand; some texts are not UTF-8.
      let rarity = [3, 20, 100, 1000][round % 4]
      var bytes: [UInt8] = []
      while bytes.count < 700 {
        switch Int.random(in: 0..<rarity, using: &generator) {
        case 0: bytes += [[0x0A], [0x0D], [0x0D, 0x0A]].randomElement(using: &generator)!
        case 1: bytes += Array("é\u{1F3B5}".utf8)
        case 2 where round % 5 == 0: bytes.append(0xE9)
        default: bytes.append(UInt8.random(in: 0x20...0x7E, using: &generator))
        }
      }
      check(bytes)
    }
  }
}
