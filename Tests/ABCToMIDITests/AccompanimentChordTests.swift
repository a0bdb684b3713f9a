import ABCNotation
import XCTest

@testable import ABCToMIDI

/// Which notes are played to which chord symbol.
final class AccompanimentChordTests: AccompanimentTestCase {
  /// The notes of a chord: bass, then the chord.
  private func notes(_ symbol: String, define: String = "") throws -> String {
    let played = try chords("\(define)%%MIDI gchord b\n\"\(symbol)\"C8|]")
    return played.bass.replacing(#/0:|\*8/#, with: "") + " " + played.chords.replacing(#/0:|\*8/#, with: "")
  }

  func testQualities() throws {
    let expected: KeyValuePairs = [
      "C": "48+52+55", "Cm": "48+51+55", "C7": "48+52+55+58", "Cm7": "48+51+55+58", "Cm7b5": "48+51+54+58",
      "Cmaj7": "48+52+55+59", "CM7": "48+52+55+59", "C6": "48+52+55+57", "Cm6": "48+51+55+57",
      "Caug": "48+52+56", "C+": "48+52+56", "Caug7": "48+52+56+58", "Cdim": "48+51+54",
      "Cdim7": "48+51+54+57", "C9": "48+52+55+58+62", "Cm9": "48+51+55+58+62", "Cmaj9": "48+52+55+59+62",
      "C11": "48+52+55+58+62+65", "Csus": "48+53+55", "Csus4": "48+53+55", "Csus2": "48+50+55",
      "C7sus4": "48+53+55+58", "C5": "48+55", "C13": "48+52+55+58+62+69", "C7b9": "48+52+55+58+61",
      "Cadd9": "48+52+55+62",
    ]
    for (symbol, chord) in expected { XCTAssertEqual(try notes(symbol), "36 " + chord, symbol) }
  }

  func testRoots() throws {
    let expected: KeyValuePairs = [
      "C": "36 48+52+55", "F#": "42 54+58+61", "Bb": "46 58+62+65", "B": "47 59+63+66", "Cb": "47 59+63+66",
      "B#": "36 48+52+55", "Ebm": "39 51+54+58",
    ]
    for (symbol, chord) in expected { XCTAssertEqual(try notes(symbol), chord, symbol) }
  }

  /// A bass that belongs to the chord turns it round, another one is the bass only.
  func testInversionsAndBassNotes() throws {
    let expected: KeyValuePairs = [
      "C/E": "40 52+55+60", "C/G": "43 55+60+64", "C/C": "36 48+52+55", "C/B": "47 48+52+55",
      "C/e": "40 52+55+60",
      "G7/F": "41 65+67+71+74", "D/F#": "42 54+57+62",
    ]
    for (symbol, chord) in expected { XCTAssertEqual(try notes(symbol), chord, symbol) }
  }

  /// The guide: in an inversion `g` is the lowest note. abc2midi itself plays the root.
  func testABrokenInversionStartsWithItsLowestNote() throws {
    XCTAssertEqual(
      try single("%%MIDI gchord ghiG\n\"C/E\"C8|]", track: "gchord track"), "0:52*2 2:55*2 4:60*2 6:40*2")
  }

  func testAlternatesAreNotPlayed() throws {
    XCTAssertEqual(try notes("G(Em)"), "43 55+59+62")
    XCTAssertEqual(try notes("G (Em)"), "43 55+59+62")
    XCTAssertEqual(try notes("G;D"), "43 55+59+62")
    XCTAssertEqual(try notes("(D7)"), "38 50+54+57+60")
  }

  func testTheSpellingOfTheNottinghamCollection() throws {
    XCTAssertEqual(try notes("D/f+"), try notes("D/F#"))
    XCTAssertEqual(try notes("A7/c+"), try notes("A7/C#"))
    XCTAssertEqual(try notes("Gd"), try notes("Gdim"))
    XCTAssertEqual(try notes("C#d"), try notes("C#dim"))
  }

  func testAnnotationsChangeNothing() throws {
    for text in ["^G", "Fine", "e", "am", "Chorus", "D.C.", "Hm7", "1", "Read"] {
      XCTAssertEqual(try chords("\"C\"C4 \"\(text)\"C4|]").bass, "0:36*1 4:36*1", text)
    }
  }

  func testNoChord() throws {
    for text in ["N.C.", "NC", "n.c.", "N. C.", "no chord"] {
      var plan = try AccompanimentPlanBuilder.plan("\"C\"C8|C8|C4 \"F\"C4|]")
      plan.instructions.insert(.init(onset: Fraction(1), instruction: .chordSymbol(text)), at: 1)
      let layers = Accompaniment.tracks(for: plan)[0].layers
      XCTAssertEqual(self.text(layers[0]), "0:36*1 4:36*1 20:41*1", text)
    }
  }

  func testNoChordCutsWhatSounds() throws {
    var plan = try AccompanimentPlanBuilder.plan("%%MIDI gchord c\n\"C\"C8|]")
    plan.instructions.append(.init(onset: Fraction(5, 8), instruction: .chordSymbol("N.C.")))
    XCTAssertEqual(text(Accompaniment.tracks(for: plan)[0].layers[0]), "0:48+52+55*5")
  }

  func testAChordHoldsUntilTheNextOne() throws {
    XCTAssertEqual(
      try chords("\"C\"C8|C8|\"G\"C8|]").bass, "0:36*1 4:36*1 8:36*1 12:36*1 16:43*1 20:43*1")
  }

  /// A stroke plays the chord in force when it starts.
  func testAChordThatChangesWithinABar() throws {
    let played = try chords("\"C\"C3 \"F\"C5|C2 \"G\"C2 \"Am\"C4|]")
    XCTAssertEqual(played.bass, "0:36*1 4:41*1 8:41*1 12:45*1")
    XCTAssertEqual(played.chords, "2:48+52+55*1 6:53+57+60*1 10:55+59+62*1 14:57+60+64*1")
    XCTAssertEqual(
      try single("%%MIDI gchord c\n\"C\"C4 \"F\"C4|C8|]", track: "gchord track"), "0:48+52+55*8 8:53+57+60*8")
  }

  // MARK: chordname

  func testANameOfOnesOwn() throws {
    let define = "%%MIDI chordname xyz 0 3 8\n"
    XCTAssertEqual(try notes("Cxyz", define: define), "36 48+51+56")
    XCTAssertEqual(try notes("Bbxyz", define: define), "46 58+61+66")
    XCTAssertEqual(try notes("Cxyz/Eb", define: define), "39 51+56+60")
    XCTAssertEqual(try notes("Cxyz(F)", define: define), "36 48+51+56")
    XCTAssertEqual(try notes("C", define: define), "36 48+52+55")
  }

  func testAKnownNameDefinedAnew() throws {
    XCTAssertEqual(try notes("Am", define: "%%MIDI chordname m 0 3 7 9\n"), "45 57+60+64+66")
    XCTAssertEqual(try notes("A7", define: "%%MIDI chordname 7 0 10 0\n"), "45 57+67")
  }

  func testANameHoldsFromItsDefinitionOn() throws {
    XCTAssertEqual(
      try single(
        "%%MIDI gchord c\n\"Cm\"C8|\n%%MIDI chordname m 0 3\n\"Cm\"C8|]", track: "gchord track"),
      "0:48+51+55*8 8:48+51*8")
  }
}
