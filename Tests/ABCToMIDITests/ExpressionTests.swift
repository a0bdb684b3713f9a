import ABCNotation
import StandardMIDI
import XCTest

@testable import ABCToMIDI

/// Ornaments, dynamics, swing, fermatas, lyrics and `%%MIDI` commands.
final class ExpressionTests: XCTestCase {
  private func score(_ music: String, header: String = "M:4/4\nL:1/8\n") -> Score {
    Tunebook(parsing: SourceText(name: "test", text: "X:1\nT:Test\n\(header)K:C\n\(music)\n")).tunes[0].score
  }

  private func notes(
    _ music: String, header: String = "M:4/4\nL:1/8\n", converter: MIDIConverter = MIDIConverter()
  ) throws -> [TimedNote] {
    try converter.performances(of: score(music, header: header))[0].notes
  }

  /// What sounds, as `onset+duration:pitch` in quarter notes.
  private func heard(
    _ music: String, header: String = "M:4/4\nL:1/8\n", converter: MIDIConverter = MIDIConverter()
  ) throws -> String {
    try notes(music, header: header, converter: converter).map {
      "\($0.onset * Fraction(4))+\($0.duration * Fraction(4)):\($0.pitch)"
    }.joined(separator: " ")
  }

  private func velocities(_ music: String, header: String = "M:4/4\nL:1/8\n") throws -> [Int] {
    try notes(music, header: header).map(\.velocity)
  }

  private func dump(_ music: String, header: String = "M:4/4\nL:1/8\n") throws -> String {
    try MIDIConverter().convert(score(music, header: header)).dump
  }

  // MARK: - Ornaments

  func testRolls() throws {
    XCTAssertEqual(
      try heard("~G3"), "0+1/2:67 1/2+1/8:69 5/8+3/8:67 1+1/8:65 9/8+3/8:67", "a long roll: cut, then tapped")
    XCTAssertEqual(try heard("~G2"), "0+1/8:69 1/8+3/8:67 1/2+1/8:65 5/8+3/8:67", "a short roll")
    XCTAssertEqual(try heard("~G"), "0+1/8:69 1/8+3/8:67", "a cut")
  }

  func testMordentsTurnsAndTrills() throws {
    XCTAssertEqual(try heard("MC2"), "0+1/8:60 1/8+1/8:59 1/4+3/4:60")
    XCTAssertEqual(try heard("PC2"), "0+1/8:60 1/8+1/8:62 1/4+3/4:60")
    XCTAssertEqual(try heard("!turn!C2"), "0+1/4:62 1/4+1/4:60 1/2+1/4:59 3/4+1/4:60")
    XCTAssertEqual(try heard("!invertedturn!C2"), "0+1/4:59 1/4+1/4:60 1/2+1/4:62 3/4+1/4:60")
    XCTAssertEqual(try heard("TC"), "0+1/8:60 1/8+1/8:62 1/4+1/8:60 3/8+1/8:62")
    XCTAssertEqual(try notes("!trill(!C2D2!trill)!E2").count, 8 + 8 + 1)
  }

  /// The neighbours of a note are those of the key; a chord's ornament is on its highest note.
  func testOrnamentsKeepToTheKey() throws {
    XCTAssertEqual(try heard("[K:D]PE2"), "0+1/8:64 1/8+1/8:66 1/4+3/4:64")
    XCTAssertEqual(try heard("[K:F]MB2"), "0+1/8:70 1/8+1/8:69 1/4+3/4:70")
    XCTAssertEqual(try heard("P[CE]2"), "0+1:60 0+1/8:64 1/8+1/8:65 1/4+3/4:64")
  }

  /// A note as long as its ornament asks for keeps its time, whatever it is; the sum is exact.
  func testOrnamentsFillTheTimeOfTheirNote() throws {
    for ornament in ["~", "T", "M", "P", "!turn!", "!invertedturn!"] {
      for length in ["/4", "/2", "", "3/2", "2", "3", "4", "7", "8", "12"] {
        let notes = try notes("M:none\n\(ornament)G\(length)A")
        var time = Fraction.zero
        for note in notes {
          XCTAssertEqual(note.onset, time, "\(ornament)G\(length)")
          XCTAssertGreaterThan(note.duration, .zero)
          time += note.duration
        }
      }
    }
  }

  func testMelodyOnlyIsPlain() throws {
    let plain = MIDIConverter(isMelodyOnly: true)
    XCTAssertEqual(try heard("~C2TD2HE2F2", converter: plain), "0+1:60 1+1:62 2+1:64 3+1:65")
    XCTAssertEqual(
      try heard("CDEF", header: "R:hornpipe\nM:4/4\nL:1/8\n", converter: plain), try heard("CDEF"))
  }

  func testArticulation() throws {
    XCTAssertEqual(try heard("!wedge!C2!breath!D2!tenuto!E2"), "0+1/4:60 1+3/4:62 2+1:64")
    XCTAssertEqual(try heard(".[CE]2"), "0+1/2:60 0+1/2:64")
    XCTAssertEqual(try heard("!arpeggio![CEG]2"), "0+1:60 1/16+15/16:64 1/8+7/8:67")
  }

  // MARK: - Dynamics

  /// The first note of a bar is the strongest, those on a beat come next; a pickup is no first note.
  func testStress() throws {
    XCTAssertEqual(try velocities("CDEFGABc|"), [105, 80, 95, 80, 95, 80, 95, 80])
    XCTAssertEqual(try velocities("CDEFGA|", header: "M:6/8\nL:1/8\n"), [105, 80, 80, 95, 80, 80])
    XCTAssertEqual(try velocities("CDEFG|", header: "M:(2+3)/8\nL:1/8\n"), [105, 80, 95, 80, 80])
    XCTAssertEqual(try velocities("C2|D8|"), [95, 105])
  }

  func testMarks() throws {
    XCTAssertEqual(try velocities("!p!C4!ff!D4|E4!mf!F4|"), [60, 110, 120, 80])
    XCTAssertEqual(try velocities("!p!C4!accent!D4|!sfz!E4F4|"), [60, 65, 90, 50])
  }

  /// A hairpin grows evenly to the mark at its end; without one by twice 15. A repeat begins as before.
  func testHairpins() throws {
    XCTAssertEqual(try velocities("!p!!<(!C4D4|E4F4|!<)!!f!G8|"), [60, 61, 83, 84, 105])
    XCTAssertEqual(try velocities("!f!!diminuendo(!C4D4|!diminuendo)!E4F4|"), [105, 80, 75, 65])
    XCTAssertEqual(try velocities("|:!<(!C4D4!<)!:|"), [105, 95, 105, 95])
    XCTAssertEqual(try velocities("|:C4!<(!D4|!<)!E8:|"), [105, 95, 127, 105, 95, 127])
  }

  // MARK: - Swing

  /// Two notes of a beat share it by 2 : 1, dotted pairs too; triplets and longer notes stay.
  func testHornpipesSwing() throws {
    let header = "R:hornpipe\nM:4/4\nL:1/8\n"
    XCTAssertEqual(
      try heard("CDE>FG2(3ABc|", header: header),
      "0+2/3:60 2/3+1/3:62 1+2/3:64 5/3+1/3:65 2+1:67 3+1/3:69 10/3+1/3:71 11/3+1/3:72")
    XCTAssertEqual(
      try heard("C<DE2|", header: header),
      "0+1/4:60 1/4+3/4:62 1+1:64"
    )
    XCTAssertEqual(try heard("D|C4C4|", header: header), "1/6+1/3:62 1/2+2:60 5/2+2:60", "a pickup is short")
    XCTAssertEqual(
      try heard("D/|C4C4|", header: header), "0+1/4:62 1/4+2:60 9/4+2:60", "and never begins before the tune")
  }

  func testSwingByOption() throws {
    let swung = MIDIConverter(swing: .share(Fraction(3, 5)))
    XCTAssertEqual(try heard("CDE2", converter: swung), "0+3/5:60 3/5+2/5:62 1+1:64")
    XCTAssertEqual(try heard("C/D/E/F/", converter: swung), "0+3/10:60 3/10+3/10:62 3/5+1/5:64 4/5+1/5:65")
    XCTAssertEqual(
      try heard("CDE", header: "R:hornpipe\nM:4/4\nL:1/8\n", converter: MIDIConverter(swing: .none)),
      try heard("CDE"))
    XCTAssertEqual(
      try heard("CDE", header: "M:6/8\nL:1/8\n", converter: swung), "0+1/2:60 1/2+1/2:62 1+1/2:64")
  }

  /// In 2/4 a tune that moves in sixteenths swings by sixteenths.
  func testSwingInTwoFour() throws {
    let header = "R:hornpipe\nM:2/4\nL:1/16\n"
    XCTAssertEqual(try heard("CDEF|", header: header), "0+1/3:60 1/3+1/6:62 1/2+1/3:64 5/6+1/6:65")
    XCTAssertEqual(
      try heard("C>DE>F|", header: header), "0+1/3:60 1/3+1/6:62 1/2+1/3:64 5/6+1/6:65", "dotted ones too")
    XCTAssertEqual(try heard("C2D2E2F2|", header: header), "0+2/3:60 2/3+1/3:62 1+2/3:64 5/3+1/3:65")
    XCTAssertEqual(
      try heard("C2D2E2GF|", header: header),
      "0+2/3:60 2/3+1/3:62 1+2/3:64 5/3+1/6:67 11/6+1/6:65", "what most pairs are counts")
  }

  // MARK: - Time

  /// A fermata slows the tempo: no onset moves, the tune lasts longer.
  func testFermata() throws {
    XCTAssertEqual(try heard("HC4D4|"), "0+2:60 2+2:62")
    let header = "M:4/4\nL:1/8\nQ:1/4=60\n"
    let file = try MIDIConverter().convert(score("HC4D4|", header: header))
    XCTAssertEqual(MIDISequence(file).duration.seconds, 6, accuracy: 1e-9)
    let fixed = try MIDIConverter().convert(score("%%MIDI fermatafixed\nHC4D4|", header: header))
    XCTAssertEqual(MIDISequence(fixed).duration.seconds, 4.5, accuracy: 1e-5)
    let both = try MIDIConverter().convert(score("V:1\nHC4D4|\nV:2\nHE4F4|", header: header))
    XCTAssertEqual(MIDISequence(both).duration.seconds, 6, accuracy: 1e-9, "both voices hold together")
  }

  func testTempoWords() throws {
    XCTAssertTrue(try dump("C8|", header: "M:4/4\nL:1/8\nQ:\"Andante\"\n").contains("tempo 681818"))
    XCTAssertTrue(try dump("C8|[Q:\"Adagio\"]D8|").contains("1920 tempo 1016949"))
  }

  // MARK: - Lyrics

  func testLyrics() throws {
    let lines = try dump("|:C4D4:|\nw:Hap-py\nw:sad days").split(separator: "\n").filter {
      $0.contains("lyric")
    }
    XCTAssertEqual(
      lines.map(String.init),
      ["0 lyric \"Hap-\"", "960 lyric \"py \"", "1920 lyric \"sad \"", "2880 lyric \"days \""])
  }

  // MARK: - Quarter tones

  func testQuarterTonesBendTheChannel() throws {
    let bent = try dump("C2^/D2E2")
    XCTAssertTrue(bent.contains("480 ch 1 pitch bend 2048"), bent)
    XCTAssertTrue(bent.contains("960 ch 1 pitch bend 0"), bent)
    let chord = try dump("[C^/E]2")
    XCTAssertTrue(chord.contains("ch 1 note on 60"), chord)
    XCTAssertTrue(chord.contains("ch 2 pitch bend 2048"), chord)
    XCTAssertTrue(chord.contains("ch 2 note on 64"), chord)
  }
}
