import XCTest

@testable import CharacterModel

final class JSONReaderTests: XCTestCase {
  func testValuesOfEveryKindAreRead() throws {
    let value = try JSONReader.read(
      " {\"a\" : [1, -2.5e3, 0, 0.25, true, false, null], \"b\": {\"c\": \"\\u00e9\\ud834\\udd1e\\n\\/\"}, \"d\":[]} "
    )
    XCTAssertEqual(
      value["a"]?.elements,
      [.number(1), .number(-2500), .number(0), .number(0.25), .boolean(true), .boolean(false), .null])
    XCTAssertEqual(value["b"]?["c"]?.text, "é𝄞\n/")
    XCTAssertEqual(value["d"], .array([]))
    XCTAssertEqual(value.members?.map(\.byteOffset), [2, 49, 87])
  }

  func testWritingAndReadingGiveTheSame() throws {
    let value = JSONValue.object([
      .init("text \" \\ \u{1} é 𝄞", .string("\r\n\t\u{7F}")), .init("n", .number(0.1)),
      .init("i", .number(9_007_199_254_740_991)), .init("e", .number(1e-300)),
      .init("a", .array([.null, .boolean(true), .object([])])),
    ])
    let back = try JSONReader.read(value.description)
    XCTAssertEqual(back.description, value.description)
    XCTAssertEqual(back["n"], .number(0.1))
    XCTAssertEqual(back["e"], .number(1e-300))
  }

  func testFaultsAreNamedWhereTheyAre() {
    let faults: [(String, Int)] = [
      ("", 0), ("{", 1), ("[1,]", 3), ("{\"a\":1,}", 7), ("tru", 0), ("01", 1), ("1.", 2), ("-", 1),
      ("1e", 2),
      ("\"a", 0), ("\"\\x\"", 1), ("\"\\ud834\"", 1), ("\"\\u12g4\"", 5), ("[1] 2", 4), ("{\"a\" 1}", 5),
      ("{\"a\":1,\"a\":2}", 7), ("\"\u{1}\"", 1), ("1e999", 0), ("{1:2}", 1),
      (String(repeating: "[", count: 100), 64),
    ]
    for (text, offset) in faults {
      XCTAssertThrowsError(try JSONReader.read(text), text) { error in
        XCTAssertEqual((error as? JSONError)?.byteOffset, offset, text)
      }
    }
    XCTAssertThrowsError(try JSONReader.read([0x22, 0xFF, 0x22]))
  }
}
