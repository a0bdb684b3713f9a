import ABCNotation
import XCTest

@testable import ABCToMIDI

/// The rhythm of the chords: letters, lengths, bars.
final class AccompanimentPatternTests: AccompanimentTestCase {
  /// One bar of C7 in common time under a pattern.
  private func played(_ pattern: String) throws -> String {
    let layers = try layers("%%MIDI gchord \(pattern)\n\"C7\"C8|]", track: "gchord track")
    return layers.map(text).joined(separator: " | ")
  }

  func testBassAndChordLetters() throws {
    XCTAssertEqual(try played("f"), "0:36*8")
    XCTAssertEqual(try played("c"), "0:48+52+55+58*8")
    XCTAssertEqual(try played("b"), "0:36*8 | 0:48+52+55+58*8")
    XCTAssertEqual(try played("z"), "")
    XCTAssertEqual(try played("x"), "")
    XCTAssertEqual(try played("fz"), "0:36*4")
  }

  func testSingleNoteLetters() throws {
    let expected: KeyValuePairs = [
      "g": 48, "h": 52, "i": 55, "j": 58, "k": 60, "G": 36, "H": 40, "I": 43, "J": 46, "K": 48,
    ]
    for (letter, pitch) in expected { XCTAssertEqual(try played(letter), "0:\(pitch)*8", letter) }
    XCTAssertEqual(try played("ghij"), "0:48*2 2:52*2 4:55*2 6:58*2")
    XCTAssertEqual(try played("GHIJ"), "0:36*2 2:40*2 4:43*2 6:46*2")
  }

  /// Past the highest note a broken chord goes on an octave higher.
  func testMoreLettersThanNotes() throws {
    XCTAssertEqual(
      try single("%%MIDI gchord ghij\n\"C\"C8|\"C5\"C8|]", track: "gchord track"),
      "0:48*2 2:52*2 4:55*2 6:60*2 8:48*2 10:55*2 12:60*2 14:67*2")
  }

  func testLengths() throws {
    XCTAssertEqual(try played("f2c2"), "0:36*4 | 4:48+52+55+58*4")
    XCTAssertEqual(try played("fc3"), "0:36*2 | 2:48+52+55+58*6")
    XCTAssertEqual(try played("f1z2c12z1"), "0:36*1/2 | 3/2:48+52+55+58*6")
    XCTAssertEqual(try played("ccc"), "0:48+52+55+58*8/3 8/3:48+52+55+58*8/3 16/3:48+52+55+58*8/3")
  }

  /// A pattern may be written in several words.
  func testBlanksWithinAPattern() throws {
    XCTAssertEqual(try played("fz cz"), try played("fzcz"))
  }

  func testGchordAloneBringsTheDefaultBack() throws {
    let played = try chords("%%MIDI gchord c\n\"C\"C8|\n%%MIDI gchord\nC8|]")
    XCTAssertEqual(played.bass, "8:36*1 12:36*1")
    XCTAssertEqual(played.chords, "0:48+52+55*8 10:48+52+55*1 14:48+52+55*1")
  }

  func testAPatternStartsWithEveryBar() throws {
    let played = try chords("\"C\"C8|C4|C8|]")
    XCTAssertEqual(played.bass, "0:36*1 4:36*1 8:36*1 12:36*1 16:36*1")
  }

  /// What would sound beyond a short bar is cut off where the pattern starts anew.
  func testAShortBarCutsAStroke() throws {
    XCTAssertEqual(
      try single("%%MIDI gchord c\n\"C\"C8|C5|C8|]", track: "gchord track"),
      "0:48+52+55*8 8:48+52+55*5 13:48+52+55*8")
  }

  /// abc2midi falls silent behind the pattern.
  func testALongBarStartsThePatternOver() throws {
    XCTAssertEqual(try chords("\"C\"C8 C8|C8|]").bass, "0:36*1 4:36*1 8:36*1 12:36*1 16:36*1 20:36*1")
    XCTAssertEqual(try chords("\"C\"C8 C2|C8|]").bass, "0:36*1 4:36*1 8:36*1 10:36*1 14:36*1")
    XCTAssertEqual(try chords("\"C\"C8|Z2|]").bass, "0:36*1 4:36*1 8:36*1 12:36*1 16:36*1 20:36*1")
  }

  func testThePatternOfAPickupStartsWithIt() throws {
    let played = try chords("\"G7\"GA|\"C\"C8|]")
    XCTAssertEqual(played.bass, "0:43*1 2:36*1 6:36*1")
    XCTAssertEqual(played.chords, "4:48+52+55*1 8:48+52+55*1")
  }

  func testNothingSoundsBeforeTheFirstChord() throws {
    XCTAssertEqual(try chords("GA|C8|C4 \"C\"C4|]").bass, "14:36*1")
  }

  /// The short bar before a repeat and the pickup behind it are one bar.
  func testAPatternGoesOnThroughARepeat() throws {
    let played = try chords("|:GA|\"C\"C8|\"G\"G6:|")
    XCTAssertEqual(played.bass, "2:36*1 6:36*1 10:43*1 14:43*1 18:36*1 22:36*1 26:43*1 30:43*1")
    XCTAssertEqual(
      played.chords,
      "4:48+52+55*1 8:48+52+55*1 12:55+59+62*1 16:55+59+62*1 20:48+52+55*1 24:48+52+55*1 28:55+59+62*1")
  }

  func testAPatternWithinABarIsLaidOverThatBar() throws {
    let played = try chords("\"C\"C4 [I:MIDI=gchord bbbb]C4|]")
    XCTAssertEqual(played.bass, "0:36*1 4:36*2 6:36*2")
    XCTAssertEqual(played.chords, "2:48+52+55*1 4:48+52+55*2 6:48+52+55*2")
  }

  func testANewPatternCutsTheOldOne() throws {
    XCTAssertEqual(
      try single("%%MIDI gchord c\n\"C\"C4 [I:MIDI=gchord z3c]C4|]", track: "gchord track"),
      "0:48+52+55*4 6:48+52+55*2")
  }

  // MARK: gchordbars

  func testAPatternOverTwoBars() throws {
    // The example of abc2midi's changes of 17 March 2009.
    let music = "%%MIDI gchordbars 2\n%%MIDI gchord fzczIzHz\n\"C\" c2 \"G\" c2|\"C\" g4|\"G\"c4|g4|]"
    let layers = try layers(music, track: "gchord track", meter: "2/4")
    XCTAssertEqual(text(layers[0]), "0:36*1 8:43*1")
    XCTAssertEqual(text(layers[1]), "2:55+59+62*1 4:43*1 6:40*1 10:55+59+62*1 12:50*1 14:47*1")
  }

  func testTheOrderOfBarsAndPatternDoesNotMatter() throws {
    let first = try chords("%%MIDI gchordbars 2\n%%MIDI gchord fc\n\"C\"C8|C8|C8|]")
    let second = try chords("%%MIDI gchord fc\n%%MIDI gchordbars 2\n\"C\"C8|C8|C8|]")
    XCTAssertEqual(first.bass, "0:36*8 16:36*8")
    XCTAssertEqual(first.chords, "8:48+52+55*8")
    XCTAssertEqual(first.bass, second.bass)
    XCTAssertEqual(first.chords, second.chords)
  }

  func testAStrokeMayCrossABarLine() throws {
    XCTAssertEqual(
      try single("%%MIDI gchordbars 2\n%%MIDI gchord cc3\n\"C\"C8|C8|]", track: "gchord track"),
      "0:48+52+55*4 4:48+52+55*12")
  }

  /// The pickup does not count: the first bar of the pattern is the first full bar.
  func testAPatternOverTwoBarsBehindAPickup() throws {
    let played = try chords("%%MIDI gchordbars 2\n%%MIDI gchord f2c2\n\"C\"G2|C8|C8|C8|]")
    XCTAssertEqual(played.bass, "0:36*2 2:36*8 18:36*8")
    XCTAssertEqual(played.chords, "10:48+52+55*8")
  }

  func testAPatternGivenLateStartsWithItsBar() throws {
    let played = try chords("%%MIDI gchordbars 2\n\"C\"z8|\n%%MIDI gchord f2c2\nC8|C8|]")
    XCTAssertEqual(played.bass, "0:36*1 4:36*1 8:36*8")
    XCTAssertEqual(played.chords, "2:48+52+55*1 6:48+52+55*1 16:48+52+55*8")
  }

  func testTheDefaultPatternHasOneBar() throws {
    XCTAssertEqual(try chords("%%MIDI gchordbars 2\n\"C\"C8|C8|]").bass, "0:36*1 4:36*1 8:36*1 12:36*1")
  }

  /// No bar is so long that its accompaniment takes for ever.
  func testAnAbsurdlyLongBar() {
    var plan = AccompanimentPlan()
    plan.bars = [.init(onset: .zero, length: Fraction(1_000_000_000), meter: .common)]
    plan.instructions = [.init(onset: .zero, instruction: .chordSymbol("C"))]
    XCTAssertEqual(Accompaniment.tracks(for: plan)[0].layers[0].notes.count, 2 * 20_001)
  }
}
