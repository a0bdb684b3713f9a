import XCTest

@testable import ABCNotation

final class ChordSymbolTests: XCTestCase {
  func testParts() throws {
    // Text, step of the root, its alteration, kind, bass.
    let cases: [(String, Step, Int, String, String?)] = [
      // The examples of 4.18.
      ("Am7", .a, 0, "m7", nil), ("C/E", .c, 0, "", "E"), ("G(Em)", .g, 0, "", nil),
      ("Bb", .b, -1, "", nil), ("B♭", .b, -1, "", nil), ("F#m", .f, 1, "m", nil), ("F♯", .f, 1, "", nil),
      ("C=", .c, 0, "", nil), ("C♮7", .c, 0, "7", nil), ("Abb", .a, -2, "", nil), ("Abb5", .a, -1, "b5", nil),
      ("Bbb7", .b, -1, "b7", nil), ("D/f#", .d, 0, "", "f#"), ("Dm7/G", .d, 0, "m7", "G"),
      ("C/bb", .c, 0, "", "bb"),
      ("C6/9", .c, 0, "6/9", nil), ("C6/9/G", .c, 0, "6/9", "G"), ("C7(b9,#11)/G", .c, 0, "7(b9,#11)", "G"),
      ("Am ", .a, 0, "m", nil), ("Dadd9", .d, 0, "add9", nil), ("Cm(maj7)", .c, 0, "m(maj7)", nil),
      ("Bø", .b, 0, "ø", nil), ("C7-9", .c, 0, "7-9", nil), ("Gno3", .g, 0, "no3", nil),
      ("EMaj7", .e, 0, "Maj7", nil),
    ]
    for (text, step, alteration, kind, bass) in cases {
      let chord = try XCTUnwrap(ChordSymbol(parsing: text), text)
      XCTAssertEqual(chord.root.step, step, text)
      XCTAssertEqual(chord.root.alteration, alteration, text)
      XCTAssertEqual(chord.kind, kind, text)
      XCTAssertEqual(chord.bass?.text, bass, text)
      XCTAssertEqual(chord.text, text.trimmed)
    }
    XCTAssertEqual(
      ChordSymbol(parsing: "D/f#")?.bass?.pitchClass, ChordSymbol(parsing: "D/F#")?.bass?.pitchClass)
    XCTAssertEqual(ChordSymbol(parsing: "Cb")?.root.pitchClass, 11)
  }

  func testWordsAreNoChords() {
    let words = [
      "", " ", "Fine", "D.C.", "D.S.", "DC", "Adagio", "Allegro", "slow", "Dim", "Dim.", "Bass", "Coda",
      "End",
      "Da Capo", "Gently", "Andante", "Add", "Aug", "Amen", "Emma", "Break", "Bridge", "Chorus", "Ending",
      "A tempo", "A la coda", "D slow", "Dal segno", "Calm", "Basso", "Easy", "Faster", "Glass", "Dad",
      "Ammo", "Eno",
      "Elegy", "Also", "Double", "A1", "B1", "1", "H", "a", "m7", "^Am", "_C", "<D", "@G", "N.C.", "(G)",
      "/G",
      "D/", "C/H", "G(Fine)", "G(", "G()", "G)", "G(Em", "G(Em)D", "C7911", "Cm7x", "Dadd", "G(A(B(C)))",
      String(repeating: "G(", count: 100_000),
    ]
    for word in words { XCTAssertNil(ChordSymbol(parsing: word), String(word.prefix(40))) }
  }

  func testAlternates() {
    let cases: [(String, [String])] = [
      ("G(Em)", ["Em"]), ("G", []), ("G (Em)", ["Em"]), ("G(Em)(D/F#)", ["Em", "D/F#"]), ("G;D", ["D"]),
      ("G\nD7", ["D7"]),
      (#"G\nD7"#, ["D7"]), ("G D A", ["D", "A"]), ("G(Em Am)", ["Em Am", "Am"]), ("C(add9)", []),
      ("C(add9)(Am)", ["Am"]),
    ]
    for (text, alternates) in cases {
      let chord = ChordSymbol(parsing: text)
      XCTAssertEqual(chord?.alternates.map(\.text), alternates, text)
      XCTAssertEqual(chord?.text, text)
    }
  }

  func testTransposition() {
    let cases: [(String, Int, Bool, String)] = [
      ("Am7", 2, false, "Bm7"), ("C/E", 1, true, "Db/F"), ("C/E", 1, false, "C#/F"),
      ("D/f#", -2, true, "C/e"),
      ("G(Em)", 5, true, "C(Am)"), ("C7(b9)/g", 2, false, "D7(b9)/a"), ("B♭m", -1, true, "Am"),
      ("A♭", 2, true, "B♭"),
      ("G;D", 2, false, "A;E"), ("C♮7", 12, false, "C♮7"), ("A#", -24, true, "A#"), ("F#", 0, true, "F#"),
      ("B", 1, false, "C"), ("C", -1, false, "B"), ("C", Int.min, false, "E"), ("C", Int.max, false, "G"),
    ]
    for (text, semitones, preferFlats, expected) in cases {
      let chord = ChordSymbol(parsing: text)?.transposed(by: semitones, preferFlats: preferFlats)
      XCTAssertEqual(chord?.text, expected, text)
      XCTAssertNotNil(ChordSymbol(parsing: expected))
      if semitones % 12 != 0 { XCTAssertEqual(chord, ChordSymbol(parsing: expected), text) }
    }
  }

  func testQualities() {
    let cases: [([String], [Int])] = [
      (["", "maj", "M", "major"], [0, 4, 7]), (["m", "min", "minor", "-", "mi", "Min"], [0, 3, 7]),
      (["7"], [0, 4, 7, 10]), (["m7", "min7", "-7"], [0, 3, 7, 10]),
      (["m7b5", "ø", "ø7", "-7b5", "m7(b5)"], [0, 3, 6, 10]),
      (["maj7", "M7", "Maj7", "ma7", "Δ", "Δ7", "(maj7)"], [0, 4, 7, 11]), (["6", "M6"], [0, 4, 7, 9]),
      (["m6"], [0, 3, 7, 9]),
      (["aug", "+", "+5", "#5", "(#5)"], [0, 4, 8]), (["aug7", "+7", "7+", "7#5", "7+5"], [0, 4, 8, 10]),
      (["dim", "o", "°", "mb5"], [0, 3, 6]), (["dim7", "o7", "°7"], [0, 3, 6, 9]), (["9"], [0, 4, 7, 10, 2]),
      (["m9"], [0, 3, 7, 10, 2]), (["maj9", "M9"], [0, 4, 7, 11, 2]), (["11"], [0, 4, 7, 10, 2, 5]),
      (["13"], [0, 4, 7, 10, 2, 9]), (["sus", "sus4", "4"], [0, 5, 7]), (["sus2", "sus9", "2"], [0, 2, 7]),
      (["7sus4", "7sus"], [0, 5, 7, 10]), (["7sus9"], [0, 2, 7, 10]), (["5", "no3", "5(no3)"], [0, 7]),
      (["add9", "add2", "(add9)"], [0, 4, 7, 2]), (["m(add9)"], [0, 3, 7, 2]),
      (["6/9", "69"], [0, 4, 7, 9, 2]),
      (["m(maj7)", "mM7", "mMaj7"], [0, 3, 7, 11]), (["7b9", "7(b9)", "7-9"], [0, 4, 7, 10, 1]),
      (["alt", "7alt"], [0, 4, 8, 10, 3]),
      // What is not on the list falls back on what it starts with.
      (["m7add9"], [0, 3, 7, 10]), (["7#11"], [0, 4, 7, 10]), (["msus4"], [0, 3, 7]), (["dim9"], [0, 3, 6]),
      (["+#11"], [0, 4, 8]),
      (["#11"], [0, 4, 7]), (["9#11"], [0, 4, 7, 10, 2]),
    ]
    for (kinds, expected) in cases {
      for kind in kinds {
        // F, for a sharp behind C would be the root's.
        let root = kind.hasPrefix("#") ? "F#" : "F"
        let chord = ChordSymbol(parsing: root + kind)
        XCTAssertEqual(chord?.quality.pitchClasses, expected, kind)
        XCTAssertEqual(chord?.kind, kind)
      }
    }
    for quality in ChordSymbol.Quality.allCases {
      let classes = quality.pitchClasses
      XCTAssertEqual(classes.first, 0)
      XCTAssertEqual(Set(classes).count, classes.count, quality.rawValue)
      XCTAssertTrue(classes.allSatisfy((0..<12).contains))
      let root = quality.rawValue.hasPrefix("b") ? "Bb" : "C"
      XCTAssertEqual(ChordSymbol(parsing: root + quality.rawValue)?.quality, quality, quality.rawValue)
    }
  }
}
