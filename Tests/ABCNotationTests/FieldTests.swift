import XCTest

@testable import ABCNotation

final class FieldTests: XCTestCase {
  func testMeters() {
    XCTAssertEqual(Meter(parsing: "6/8")?.barLength, Fraction(3, 4))
    XCTAssertEqual(Meter(parsing: "C|")?.barLength, Fraction(1))
    XCTAssertEqual(Meter(parsing: "(2+3)/8")?.barLength, Fraction(5, 8))
    XCTAssertEqual(Meter(parsing: "2+3/8")?.beats, [2, 3])
    XCTAssertEqual(Meter(parsing: "none")?.isFree, true)
    for text in ["4", "4/", "/4", "4/5", "0/4", "x", "4/4 4/4", "99999999/4"] {
      XCTAssertNil(Meter(parsing: text), text)
    }
  }

  func testDefaultUnitLength() {
    XCTAssertEqual(Meter(parsing: "2/4")?.defaultUnitLength, Fraction(1, 16))
    XCTAssertEqual(Meter(parsing: "3/4")?.defaultUnitLength, Fraction(1, 8))
    XCTAssertEqual(Meter.free.defaultUnitLength, Fraction(1, 8))
  }

  func testKeys() {
    let fifths = [
      "C": 0, "G": 1, "F#": 6, "Bb": -2, "Am": 0, "A minor": 0, "Ador": 1, "Dmix": 1, "Ephrygian": 0,
      "F Lydian": 0,
      "Bloc": 0, "EbMaj": -3,
    ]
    for (text, expected) in fifths { XCTAssertEqual(Key(parsing: text)?.fifths, expected, text) }
    XCTAssertEqual(Key(parsing: "D treble")?.alterations.sum, 2)
    XCTAssertEqual(Key(parsing: "none"), Key.none)
    XCTAssertEqual(Key(parsing: "")?.tonic, nil)
    XCTAssertEqual(Key(parsing: "G octave=-1")?.fifths, 1)
    XCTAssertEqual(Key(parsing: "D")?.signatureFifths, 2)
    XCTAssertNil(Key(parsing: "D exp _b _e ^f")?.signatureFifths)
    for text in ["H", "Gfoo", "7"] { XCTAssertNil(Key(parsing: text), text) }
  }

  func testTempos() {
    let eighth = Fraction(1, 8)
    XCTAssertEqual(Tempo(parsing: "1/4=120", unitLength: eighth)?.quartersPerMinute, Fraction(120))
    XCTAssertEqual(
      Tempo(parsing: "\"Allegro\" 3/8=100", unitLength: eighth)?.quartersPerMinute, Fraction(150))
    XCTAssertEqual(Tempo(parsing: "1/4 3/8 1/4 3/8=40", unitLength: eighth)?.quartersPerMinute, Fraction(200))
    XCTAssertEqual(Tempo(parsing: "1/1=60", unitLength: eighth)?.quartersPerMinute, Fraction(240))
    XCTAssertEqual(Tempo(parsing: "\"Largo\"", unitLength: eighth)?.quartersPerMinute, nil)
    XCTAssertEqual(Tempo(parsing: "120", unitLength: eighth)?.beat, eighth)
    for text in ["", "fast", "1/4=", "=120", "1/0=9"] {
      XCTAssertNil(Tempo(parsing: text, unitLength: eighth), text)
    }
  }

  func testOrdersOfPlay() throws {
    XCTAssertEqual(String(try PartOrder.parse("AABB")), "AABB")
    XCTAssertEqual(String(try PartOrder.parse("((AB)3.(CD)2)2")), "ABABABCDCDABABABCDCD")
    XCTAssertEqual(String(try PartOrder.parse("A3B")), "AAAB")
    for text in ["((((A)99)99)99)99", "(A", "A)", "3A", "A0", "?"] {
      XCTAssertThrowsError(try PartOrder.parse(text), text)
    }
  }

  func testFractions() {
    XCTAssertEqual(Fraction(2, 4), Fraction(1, 2))
    XCTAssertEqual(Fraction(1, 3) + Fraction(1, 6), Fraction(1, 2))
    XCTAssertEqual(Fraction(3, -6), Fraction(-1, 2))
    XCTAssertLessThan(Fraction(2, 3), Fraction(3, 4))
    // What machine integers cannot hold is rounded, never trapped.
    var sum = Fraction(1, 3)
    for prime in [1_000_003, 1_000_033, 1_000_037, 1_000_039] { sum += Fraction(1, prime) }
    XCTAssertEqual(sum.value, 1.0 / 3 + 4e-6, accuracy: 1e-3)
  }

  func testPlacesCountCharacters() {
    let source = SourceText(name: "", text: "é|\r\nab\rcd\n")
    let lines = LineTable(source)
    XCTAssertEqual(lines.location(of: 2), SourceLocation(line: 1, column: 2))
    XCTAssertEqual(lines.location(of: 5), SourceLocation(line: 2, column: 1))
    XCTAssertEqual(lines.location(of: 9), SourceLocation(line: 3, column: 2))
    XCTAssertEqual(source.string(lines.lineRange(containing: 8)), "cd")
  }
}
