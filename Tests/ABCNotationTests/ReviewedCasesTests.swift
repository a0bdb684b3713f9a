import XCTest

@testable import ABCNotation

/// Cases that readers of the standard would try, and that once came out wrong.
final class ReviewedCasesTests: XCTestCase {
  private func book(_ body: String, header: String = "M:4/4\nL:1/4\n") -> Tunebook {
    Tunebook(parsing: "X:1\nT:Test\n\(header)K:C\n\(body)\n")
  }

  private func codes(_ body: String) -> [String] { book(body).diagnostics.map(\.code.rawValue) }

  /// Pitches with lengths in quarters, by voice.
  private func notes(_ body: String, header: String = "M:4/4\nL:1/4\n") -> [[String]] {
    let tunes = book(body, header: header).tunes
    return tunes.flatMap { tune in
      tune.score.voices.map { voice in voice.notes.map { "\($0.pitch):\($0.duration * Fraction(4))" } }
    }
  }

  /// 8.1: reserved characters are ignored even within a group of notes.
  func testAReservedCharacterLeavesTheNoteWhole() {
    for sign in "#*;?@" {
      XCTAssertEqual(notes("C\(sign)2 D2|"), [["60:2", "62:2"]])
      XCTAssertEqual(codes("C\(sign)2 D2|"), ["ABC212"])
      XCTAssertEqual(notes("C\(sign)'2 D2|"), [["72:2", "62:2"]])
      XCTAssertEqual(notes("z\(sign)2 D2|"), [["62:2"]])
      XCTAssertEqual(notes("[CE]\(sign)2 D2|"), [["60:2", "64:2", "62:2"]])
    }
  }

  /// 3.3: any field may go on; the header's key goes on for all voices.
  func testFieldsGoOn() {
    XCTAssertEqual(notes("V:1\n+:octave=1\nC4|"), [["72:4"]])
    XCTAssertEqual(
      Tunebook(parsing: "X:1\nT:T\nL:1/4\nV:1\nV:2\nK:C\n+:^f\n[V:1]F4|\n[V:2]F4|\n").tunes[0].score.voices
        .map { $0.notes[0].pitch }, [66, 66])
    let tempo = book("Q:\"fast\"\n+:1/4=60\nC4|").tunes[0].score.voices[0].measures[0].changes.last
    guard case .tempo(let value)? = tempo?.kind else { return XCTFail("no tempo") }
    XCTAssertEqual(value.beat, Fraction(1, 4))
    XCTAssertEqual(value.beatsPerMinute, 60)
  }

  /// 12.1.3 and 12.1.1: old chords and breaking `!` mean the same in a line with macros.
  func testMacrosLeaveOldChordsAndLineBreaksAlone() {
    let header = "M:4/4\nL:1/4\nm:~G2 = GA\n"
    XCTAssertEqual(
      notes("+CEG+DEF|~G2 BC|", header: header),
      [["60:1", "64:1", "67:1", "62:1", "64:1", "65:1", "67:1", "69:1", "71:1", "60:1"]])
    XCTAssertEqual(
      notes("CD!EF!|~G2 BC|", header: "I:linebreak !\n" + header),
      [["60:1", "62:1", "64:1", "65:1", "67:1", "69:1", "71:1", "60:1"]])
  }

  /// 7.4: the sign that ends an overlay stands where that of its bar stands.
  func testTheSignBehindAnOverlayAddsToThatOfItsBar() {
    let measures = book("|:C4|D4|&E4:|F4|]").tunes[0].score.voices[0].measures
    XCTAssertEqual(measures.map { $0.closing?.repeatsBefore }, [0, 1, 0])
    XCTAssertEqual(codes("|:C4|D4|&E4:|F4|]"), [])
    let doubled = book("C4|&E4||D4:|").tunes[0].score.voices[0].measures
    XCTAssertEqual(doubled.map { $0.closing?.isDouble }, [true, false])
  }

  /// 4.8: bar signs of any shape.
  func testColonsBesideBracketsRepeat() {
    let measures = book("|[:C4:]|E4|").tunes[0].score.voices[0].measures
    XCTAssertEqual(measures.map { $0.opening?.repeatsAfter }, [1, 0])
    XCTAssertEqual(measures.map { $0.closing?.repeatsBefore }, [1, 0])
    XCTAssertEqual(codes("|[:C4:]|E4|"), [])
    XCTAssertEqual(book("C4:]D4|").tunes[0].score.voices[0].measures.count, 2)
  }

  func testWhatBelongsToAReportedChordIsNotReportedAgain() {
    XCTAssertEqual(codes("[C[DE]F]4|"), ["ABC202"])
    XCTAssertEqual(codes("[[CE]]4|"), ["ABC202"])
    XCTAssertEqual(codes("[CE]4]2|"), ["ABC205"])
  }

  /// 4.11 and 4.12: a slur may begin or end at a grace note.
  func testSlursOverGraceNotes() {
    XCTAssertEqual(codes("{(g}A)B2c|"), [])
    XCTAssertEqual(codes("(A{g)}B2c|"), [])
  }

  /// 4.17 and 4.12: the notes of a chord among grace notes sound together.
  func testAChordAmongGraceNotes() {
    let notes = book("{a[ce]d}C4|").tunes[0].score.voices[0].notes
    XCTAssertEqual(notes.map(\.pitch), [81, 72, 76, 74, 60])
    XCTAssertEqual(notes.map(\.soundsWithPrevious), [false, false, true, false, false])
  }

  /// Time must not grow faster than the text.
  func testManyAccidentalsOfOneNoteAreOneInMemory() {
    var memory = AccidentalMemory()
    for value in 0..<1000 {
      memory.set(.init(semitones: Int8(value % 3 - 1), cents: 0), step: .c, octave: 0, .octave)
      memory.set(.init(semitones: 1, cents: 0), step: .c, octave: 1, .octave)
    }
    XCTAssertEqual(memory.value(of: .c, octave: 0)?.semitones, -1)
    XCTAssertEqual(memory.value(of: .c, octave: 1)?.semitones, 1)
    XCTAssertNil(memory.value(of: .d, octave: 0))
  }
}
