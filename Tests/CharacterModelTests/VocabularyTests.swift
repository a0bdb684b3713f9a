import XCTest

@testable import CharacterModel

final class VocabularyTests: XCTestCase {
  func testTheCharactersOfTextsAreSortedAfterTheMarkers() throws {
    let vocabulary = try Vocabulary(charactersOf: ["ba\n", "éa"], markers: ["<start>"])
    XCTAssertEqual(vocabulary.entries, ["<start>", "\n", "a", "b", "é"])
    XCTAssertEqual(vocabulary.index(of: "<start>"), 0)
    XCTAssertEqual(vocabulary.index(of: "b"), 3)
    XCTAssertNil(vocabulary.index(of: "c"))
    XCTAssertNil(vocabulary.index(of: ""))
  }

  func testEncodingAndDecodingAreInverse() throws {
    // A carriage return and line feed are two characters, as are a letter and its combining accent.
    let text = "A|B\r\ne\u{301}é𝄞"
    let vocabulary = try Vocabulary(charactersOf: [text])
    let indices = try vocabulary.encode(text)
    XCTAssertEqual(indices.count, text.unicodeScalars.count)
    XCTAssertTrue(vocabulary.decode(indices).unicodeScalars.elementsEqual(text.unicodeScalars))
  }

  func testTextNeverEncodesToAMarker() throws {
    let vocabulary = try Vocabulary(charactersOf: ["<start>"], markers: ["<start>"])
    XCTAssertEqual(vocabulary.decode(try vocabulary.encode("<start>")), "<start>")
    XCTAssertEqual(try vocabulary.encode("<start>").count, 7)
    XCTAssertEqual(vocabulary.decode([0]), "<start>")
  }

  func testAnUnknownCharacterIsNamedOrCounted() throws {
    let vocabulary = try Vocabulary(entries: ["a", "b"])
    assertThrows(try vocabulary.encode("abxa")) { $0 == .unknownCharacter("x", offset: 2) }
    XCTAssertEqual(
      CharacterModelError.unknownCharacter("\u{E9}", offset: 2).description,
      "the model does not know the character U+E9 (number 3 of the text)")
    let (indices, unknown) = vocabulary.encodeSkippingUnknown("axbyza")
    XCTAssertEqual(indices, [0, 1, 0])
    XCTAssertEqual(unknown, 3)
  }

  func testUnusableEntriesAreRefused() {
    for entries in [[], ["a", "a"], ["a", ""], ["<s>", "<s>"]] {
      assertThrows(try Vocabulary(entries: entries)) { if case .vocabulary = $0 { true } else { false } }
    }
    // Canonically equivalent spellings are different characters.
    XCTAssertNoThrow(try Vocabulary(entries: ["é", "e\u{301}", "ﬁ", "Å", "\u{212B}"]))
  }
}
