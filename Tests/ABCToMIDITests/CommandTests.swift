import ABCNotation
import StandardMIDI
import XCTest

@testable import ABCToMIDI

/// `%%MIDI` commands of a voice.
final class CommandTests: XCTestCase {
  private func score(_ music: String, header: String = "M:4/4\nL:1/8\n") -> Score {
    Tunebook(parsing: SourceText(name: "test", text: "X:1\nT:Test\n\(header)K:C\n\(music)\n")).tunes[0].score
  }

  private func heard(_ music: String, header: String = "M:4/4\nL:1/8\n") throws -> String {
    try MIDIConverter().performances(of: score(music, header: header))[0].notes.map {
      "\($0.onset * Fraction(4))+\($0.duration * Fraction(4)):\($0.pitch)"
    }.joined(separator: " ")
  }

  private func velocities(_ music: String, header: String = "M:4/4\nL:1/8\n") throws -> [Int] {
    try MIDIConverter().performances(of: score(music, header: header))[0].notes.map(\.velocity)
  }

  private func dump(_ music: String, header: String = "M:4/4\nL:1/8\n") throws -> String {
    try MIDIConverter().convert(score(music, header: header)).dump
  }

  private func problems(_ music: String) throws -> [String] {
    var problems: [String] = []
    _ = try MIDIConverter().convert(score(music)) { problems.append($0.message) }
    return problems
  }

  func testPrograms() throws {
    XCTAssertTrue(try dump("%%MIDI program 73\nC8|").contains("0 ch 1 program 73"))
    XCTAssertFalse(try dump("%%MIDI program 73\nC8|").contains("0 ch 1 program 0"))
    XCTAssertTrue(try dump("C8|[I:MIDI program 40]D8|").contains("1920 ch 1 program 40"))
    XCTAssertTrue(try dump("%%MIDI program 3 22\nC8|").contains("0 ch 3 program 22"))
    XCTAssertTrue(try dump("C8|[I:MIDI=program 40 MIDI=transpose 2]C8|").contains("note on 62"))
  }

  /// In the header a command behind a `V:` concerns that voice.
  func testProgramsOfVoicesInTheHeader() throws {
    let header = "M:4/4\nL:1/8\nV:1\n%%MIDI program 40\nV:2\n%%MIDI program 42\n"
    let text = try dump("V:1\nC8|\nV:2\nE8|\n", header: header)
    XCTAssertTrue(text.contains("ch 1 program 40"), text)
    XCTAssertTrue(text.contains("ch 2 program 42"), text)
    let both = try dump("V:1\nC8|\nV:2\nE8|\n", header: "M:4/4\nL:1/8\n%%MIDI program 24\n")
    XCTAssertTrue(both.contains("ch 1 program 24") && both.contains("ch 2 program 24"), both)
  }

  func testChannels() throws {
    let text = try dump("%%MIDI channel 5\nC4[I:MIDI channel 6]D4|")
    XCTAssertTrue(text.contains("0 ch 5 note on 60"), text)
    XCTAssertTrue(text.contains("960 ch 6 note on 62"), text)
    // The other voices keep off a channel that has been named.
    let voices = try dump("V:1\nC8|\nV:2\n%%MIDI channel 1\nE8|\n")
    XCTAssertTrue(voices.contains("ch 2 note on 60"), voices)
    XCTAssertTrue(voices.contains("ch 1 note on 64"), voices)
  }

  func testPercussion() throws {
    let text = try dump("%%MIDI channel 10\n%%MIDI drummap D 36\n%%MIDI drummap _E 38\nCD_E|")
    for note in ["ch 10 note on 60", "ch 10 note on 36", "ch 10 note on 38"] {
      XCTAssertTrue(text.contains(note), text)
    }
    XCTAssertTrue(try dump("V:D clef=perc\nC8|").contains("ch 10 note on 60"))
  }

  func testTransposition() throws {
    XCTAssertEqual(try heard("%%MIDI transpose 3\nC4[I:MIDI rtranspose -1]C4|"), "0+2:63 2+2:62")
    XCTAssertEqual(try heard("%%MIDI c 48\nC4"), "0+2:48")
    XCTAssertEqual(try heard("%%MIDI transpose 127\nC4c4"), "", "what no instrument can play is left out")
  }

  func testBeats() throws {
    XCTAssertEqual(try velocities("%%MIDI beat 90 70 50 2\nC2D2E2F2|"), [90, 50, 70, 50])
    XCTAssertEqual(
      try velocities("%%MIDI beatstring fppmpmp\nCDEFGAB|", header: "M:7/8\nL:1/8\n"),
      [105, 80, 80, 95, 80, 95, 80])
    XCTAssertEqual(try velocities("%%MIDI nobeataccents\nCDE[I:MIDI beataccents]F|"), [95, 95, 95, 80])
    XCTAssertEqual(try velocities("%%MIDI beatmod -20\nC4D4|"), [85, 75])
    XCTAssertEqual(try velocities("%%MIDI deltaloudness 5\n!<(!C4D4|!<)!E8|"), [105, 100, 115])
  }

  func testGraceNotes() throws {
    XCTAssertEqual(try heard("%%MIDI grace 1/2\n{D}C4"), "0+1:62 1+1:60")
    XCTAssertEqual(try heard("%%MIDI gracedivider 2\n{D}C4"), "0+1/4:62 1/4+7/4:60")
  }

  func testBrokenRhythm() throws {
    XCTAssertEqual(try heard("%%MIDI ratio 2 1\nC>DE<F"), "0+2/3:60 2/3+1/3:62 1+1/3:64 4/3+2/3:65")
    XCTAssertEqual(try heard("%%MIDI ratio 2 1\n[CE]>{f}D"), "0+2/3:60 0+2/3:64 2/3+1/8:77 19/24+5/24:62")
    XCTAssertEqual(try heard("C>D"), "0+3/4:60 3/4+1/4:62")
    XCTAssertEqual(try heard("%%MIDI ratio 2 1\nC>>D"), "0+7/8:60 7/8+1/8:62", "only a single sign is meant")
  }

  func testGaps() throws {
    XCTAssertEqual(try heard("%%MIDI trim 1/4\nC2D/4"), "0+7/8:60 1+1/16:62")
    XCTAssertEqual(try heard("%%MIDI expand 1/2\nC2D2"), "0+5/4:60 1+5/4:62")
    XCTAssertEqual(try heard("%%MIDI chordattack 60\n[CEG]4"), "0+2:60 1/8+15/8:64 1/4+7/4:67")
  }

  func testControllers() throws {
    let text = try dump("%%MIDI control 7 50\n%%MIDI pitchbend 80 0\nC4")
    XCTAssertTrue(text.contains("ch 1 control 7 value 50"), text)
    XCTAssertTrue(text.contains("ch 1 pitch bend 2048"), text)
    let sliding = try dump("%%MIDI portamento 10\nC4|\n%%MIDI noportamento\nC4|")
    for line in ["0 ch 1 control 65 value 127", "0 ch 1 control 5 value 10", "960 ch 1 control 65 value 0"] {
      XCTAssertTrue(sliding.contains(line), "\(line) in \(sliding)")
    }
  }

  func testControllersOfBassAndChords() throws {
    let text = try dump(
      "%%MIDI control bass 7 50\n%%MIDI portamento chord 3\n\"C\"C8|\n%%MIDI pitchbend chord 80 0\n\"G\"D8|")
    for line in [
      "0 ch 2 control 7 value 50", "0 ch 3 control 65 value 127", "0 ch 3 control 5 value 3",
      "1920 ch 3 pitch bend 2048",
    ] {
      XCTAssertTrue(text.contains(line), "\(line) in \(text)")
    }
    XCTAssertEqual(try problems("%%MIDI control bass 7\nC8|").count, 1)
  }

  func testMusicWithoutBarLines() throws {
    XCTAssertEqual(try heard("%%MIDI nobarlines\n^C2C2"), "0+1:61 1+1:60")
  }

  func testWhatCannotBeObeyedIsSaid() throws {
    XCTAssertEqual(
      try problems("%%MIDI program 128\nC8|"),
      ["'%%MIDI program 128' needs a number from 0 to 127 as its first argument, as in '%%MIDI program 73'"])
    XCTAssertEqual(try problems("%%MIDI program\nC8|").count, 1)
    XCTAssertEqual(
      try problems("%%MIDI trim half\nC8|"), ["'%%MIDI trim half' needs a fraction, as in '%%MIDI trim 1/4'"])
    XCTAssertEqual(try problems("%%MIDI grace 3/2\nC8|").count, 1)
    XCTAssertEqual(try problems("%%MIDI beatstring abc\nC8|").count, 1)
    XCTAssertEqual(try problems("%%MIDI drummap H 36\nC8|").count, 1)
    XCTAssertEqual(try problems("|:%%MIDI trim half\nC8:|").count, 0, "a comment within a line is none")
    XCTAssertEqual(try problems("%%MIDI temperament 1\n%%MIDI nobarlines\nC8|"), [])
    XCTAssertEqual(try problems("|:C8|\n%%MIDI frobnicate\nD8:|").count, 1, "once, though it is played twice")
  }
}
