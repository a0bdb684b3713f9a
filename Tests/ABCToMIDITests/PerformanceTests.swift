import ABCNotation
import StandardMIDI
import XCTest

@testable import ABCToMIDI

/// What sounds, as `onset+duration:pitch` in quarter notes.
final class PerformanceTests: XCTestCase {
  private func score(_ music: String, header: String = "M:4/4\nL:1/8\n") -> Score {
    Tunebook(parsing: SourceText(name: "test", text: "X:1\nT:Test\n\(header)K:C\n\(music)\n")).tunes[0].score
  }

  private func heard(_ music: String) throws -> String {
    try MIDIConverter().performances(of: score(music))[0].notes.map {
      "\($0.onset * Fraction(4))+\($0.duration * Fraction(4)):\($0.pitch)"
    }.joined(separator: " ")
  }

  func testTiesJoinNotes() throws {
    XCTAssertEqual(try heard("C4-C4|D8|"), "0+4:60 4+4:62")
    XCTAssertEqual(try heard("C8-|C4D4|"), "0+6:60 6+2:62")
    XCTAssertEqual(try heard("[CE]4-[CG]4|"), "0+4:60 0+2:64 2+2:67")
  }

  /// Rule 11: a tie to another pitch changes nothing that sounds.
  func testATieToAnotherPitchIsNone() throws {
    XCTAssertEqual(try heard("C3-D E4|C2-E2|"), "0+3/2:60 3/2+1/2:62 2+2:64 4+1:60 5+1:64")
  }

  func testATieBindsIntoEachEnding() throws {
    XCTAssertEqual(try heard("|:C8-|1C8:|2C4D4|]"), "0+8:60 8+6:60 14+2:62")
  }

  /// Rule 10: a staccato note is never longer than written.
  func testStaccato() throws {
    XCTAssertEqual(try heard(".C2D2|"), "0+1/2:60 1+1:62")
  }

  /// Each grace note lasts a quarter of what is written, all together at most half of their note, which begins
  /// later and ends when it would have.
  func testGraceNotes() throws {
    XCTAssertEqual(try heard("{DE}C4D4|"), "0+1/8:62 1/8+1/8:64 1/4+7/4:60 2+2:62")
    XCTAssertEqual(try heard("{[DF]E}C4D4|"), "0+1/8:62 0+1/8:65 1/8+1/8:64 1/4+7/4:60 2+2:62")
    XCTAssertEqual(
      try heard("{DEFG}C/D/|"), "0+1/32:62 1/32+1/32:64 1/16+1/32:65 3/32+1/32:67 1/8+1/8:60 1/4+1/4:62")
  }

  func testTheFileHoldsMeterKeyTempoAndTitle() throws {
    let dump = try MIDIConverter().convert(
      score("C8|[Q:1/4=60]D8|", header: "C:Trad.\nM:4/4\nL:1/8\nQ:1/4=120\n")
    ).dump
    for text in [
      "Test", "Composer: Trad.", "tempo 500000", "tempo 1000000", "time signature 4/4", "key signature 0",
    ] {
      XCTAssertTrue(dump.contains(text), "no \(text) in\n\(dump)")
    }
  }

  /// Rule 8: tempo changes go into the tempo map; onsets stay. Rule 9: several beat lengths are added.
  func testTempoMap() throws {
    let file = try MIDIConverter().convert(score("C4D4|[Q:1/4=60]E4F4|", header: "M:4/4\nL:1/8\nQ:1/4=120\n"))
    XCTAssertEqual(MIDISequence(file).duration.seconds, 6, accuracy: 1e-9)
    let summed = try MIDIConverter().convert(score("C8|", header: "M:4/4\nL:1/8\nQ:1/4 3/8 1/4 3/8=40\n"))
    XCTAssertEqual(MIDISequence(summed).duration.seconds, 4 * 60.0 / 200, accuracy: 1e-5)
  }

  /// Rule 18: changes go into the file, the last word of an onset; rule 19: a signature of its own is none of MIDI's.
  func testMeterAndKeyChanges() throws {
    let dump = try MIDIConverter().convert(score("[M:3/4][M:(2+3)/8]C5|[K:D]D5|[K:D exp _b _e ^f]D5|")).dump
    XCTAssertTrue(dump.contains("0 time signature 5/8"), dump)
    XCTAssertFalse(dump.contains("3/4"), dump)
    XCTAssertTrue(dump.contains("1200 key signature 2 sharps"), dump)
    XCTAssertFalse(dump.contains("2400 key signature"), dump)
  }

  func testAbsurdLengthsNeitherCrashNorHang() throws {
    let absurd = score("C/4093C/4091C/4079C/4073C12D", header: "M:none\nL:1/1\n")
    XCTAssertNoThrow(try MIDIConverter().convert(absurd))
  }

  func testTicksAreRoundedOnlyAtTheEnd() throws {
    let file = try MIDIConverter().convert(score("(7:4:7CDEFGAB (7:4:7CDEFGAB|C8|"))
    let starts = MIDISequence(file).events.filter(\.message.beginsNote).map(\.tick)
    XCTAssertEqual(starts.last, 4 * 480)
  }

  /// MIDI has 15 channels for melodies: voices of one instrument share them, others cannot.
  func testManyVoicesShareChannelsOrAreRefused() throws {
    let voices = (1...20).map { "V:\($0)\nC8|\n" }.joined()
    XCTAssertEqual(try MIDIConverter().convert(score(voices)).tracks.count, 21)
    let instruments = (1...20).map { "V:\($0)\n%%MIDI program \($0)\nC8|\n" }.joined()
    XCTAssertThrowsError(try MIDIConverter().convert(score(instruments))) {
      XCTAssertEqual($0 as? ConversionError, .tooManyVoices(20))
    }
  }
}
