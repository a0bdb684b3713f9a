import XCTest

@testable import ABCNotation

/// ABC 2.1, 4.17 to 4.20: chords, chord symbols, annotations, the order of constructs.
final class Section04ChordsTests: XCTestCase {
  // MARK: 4.17

  func testSection4_17Chords() throws {
    XCTAssertEqual(notes("[CEGc]"), "0+1/2:60&64&67&72")
    XCTAssertEqual(notes("[d2f2][ce][df]"), "0+1:74&77 1+1/2:72&76 3/2+1/2:74&77")
    XCTAssertEqual(try readVoice("[CE]").events.map(\.kind), [.chord])
    assertParse(tune("[d2f2][ce][df][CEG]4|"))
  }

  func testSection4_17TheFirstNoteGivesTheLength() throws {
    let voice = try readVoice("[C2E]D[CE2]F|")
    XCTAssertEqual(voice.events.map(\.onset), [0, 2, 3, 4].map { Fraction($0, 8) })
    XCTAssertEqual(voice.events.map(\.duration), [2, 1, 1, 1].map { Fraction($0, 8) })
    XCTAssertEqual(voice.notes.map(\.duration), [2, 1, 1, 1, 2, 1].map { Fraction($0, 8) })
  }

  func testSection4_17LengthsInsideAndOutsideMultiply() {
    XCTAssertEqual(notes("[C2E2G2]3"), "0+3:60&64&67")
    XCTAssertEqual(notes("[C2E2G2]3"), notes("[CEG]6"))
    XCTAssertEqual(notes("[C2E2G2]/"), notes("[CEG]"))
    XCTAssertEqual(notes("[C2E2]3/2"), notes("[C3E3]"))
  }

  func testSection4_17TheExample() throws {
    let music = "( \"^I\" !f! [CEG]- > [CEG] \"^IV\" [F=AC]3/2\"^V\"[GBD]/  H[CEG]2 )"
    XCTAssertEqual(
      notes(music), "0+3/4:60&64&67 3/4+1/4:60&64&67 1+3/4:65&69&60 7/4+1/4:67&71&62 2+1:60&64&67")
    let voice = try readVoice(music)
    XCTAssertEqual(voice.marks, "\"^I\"!f! - \"^IV\" \"^V\" !fermata!")
    XCTAssertEqual(voice.notes.prefix(6).map(\.isTied), [true, true, true, false, false, false])
    assertParse(tune(music + "C2|"))
  }

  func testSection4_17AccidentalsBelongToTheNotesOfAChord() throws {
    XCTAssertEqual(try readVoice("[^CE_B]C[cB]|c").pitches, [61, 64, 70, 61, 73, 70, 72])
  }

  func testSection4_17Unisons() {
    XCTAssertEqual(notes("[DD]4"), "0+2:62&62")
    assertParse(tune("[DD]8|"))
  }

  func testSection4_17WhatIsNoChord() {
    assertParse(tune("⟦ABC202⟧[CEG C6|C8|"))
    assertParse(tune("C8⟦ABC209⟧[]|C8|"))
  }

  // MARK: 4.18

  func testSection4_18ChordSymbols() throws {
    let voice = try readVoice("\"Am7\"A2D2\"C/E\"z2 \"G(Em)\"[GB]2|")
    XCTAssertEqual(voice.events.map(voice.chordSymbol), ["Am7", nil, "C/E", "G(Em)"])
    XCTAssertEqual(notes("\"Am7\"A2D2"), "0+1:69 1+1:62")
  }

  func testSection4_18NoteAccidentalTypeAndBass() throws {
    for (text, root, kind, bass) in [
      ("Am7", "A", "m7", nil), ("Bb", "Bb", "", nil), ("F#min", "F#", "min", nil),
      ("Cmaj7", "C", "maj7", nil),
      ("Ddim", "D", "dim", nil), ("Eaug", "E", "aug", nil), ("E+", "E", "+", nil), ("Gsus", "G", "sus", nil),
      ("G7", "G", "7", nil), ("G9", "G", "9", nil), ("C/E", "C", "", "E"), ("Am/g#", "A", "m", "g#"),
      ("B♭", "B♭", "", nil), ("F♯m", "F♯", "m", nil),
    ] as [(String, String, String, String?)] {
      let chord = try XCTUnwrap(ChordSymbol(parsing: text), text)
      XCTAssertEqual(chord.root.text, root, text)
      XCTAssertEqual(chord.kind, kind, text)
      XCTAssertEqual(chord.bass?.text, bass, text)
    }
  }

  func testSection4_18TheCaseOfTheBassSaysNothing() {
    XCTAssertEqual(
      ChordSymbol(parsing: "C/e")?.bass?.pitchClass, ChordSymbol(parsing: "C/E")?.bass?.pitchClass)
  }

  func testSection4_18AlternateChordsAreForPrinting() throws {
    let chord = try XCTUnwrap(ChordSymbol(parsing: "G(Em)"))
    XCTAssertEqual(chord.root.step, .g)
    XCTAssertEqual(chord.quality, .major)
    XCTAssertEqual(chord.alternates.map(\.text), ["Em"])
  }

  // MARK: 4.19

  func testSection4_19TheFivePlaces() throws {
    let voice = try readVoice("\"^above\"C\"_below\"C\"<left\"C\">right\"C\"@anywhere\"C|")
    XCTAssertEqual(
      voice.attachments.map(\.kind),
      [
        .annotation(.above), .annotation(.below), .annotation(.left), .annotation(.right),
        .annotation(.anywhere),
      ])
    XCTAssertEqual(voice.attachments.map(\.text), ["above", "below", "left", "right", "anywhere"])
    XCTAssertEqual(voice.events.compactMap(voice.chordSymbol), [])
  }

  func testSection4_19TheNoteBetweenParentheses() throws {
    XCTAssertEqual(try readVoice("\"<(\" \">)\" C8|").marks, "\"<(\"\">)\"")
    assertParse(tune("\"<(\" \">)\" C8|"))
  }

  func testSection4_19AnnotationsAtRestsAndInOrder() throws {
    XCTAssertEqual(try readVoice("\"^1\"\"^2\"C4\"_tacet\"z4|").marks, "\"^1\"\"^2\" \"_tacet\"")
    XCTAssertEqual(try readVoice("\"^am\"C8|").attachments.map(\.text), ["am"])
  }

  func testSection4_19AQuoteHasAPartner() {
    assertParse(tune("C8 ⟦ABC204⟧\"Am C4|"))
  }

  // MARK: 4.20

  func testSection4_20TheOrderOfConstructs() throws {
    let high = try readVoice("~^c'3")
    XCTAssertEqual(high.marks, "!roll!")
    XCTAssertEqual(high.pitches, [85])
    XCTAssertEqual(high.events.map(\.duration), [Fraction(3, 8)])
    let low = try readVoice("\"Gm7\"v.=G,2", key: "E")
    XCTAssertEqual(low.marks, "\"Gm7\"!downbow!!staccato!")
    XCTAssertEqual(low.pitches, [55])
    XCTAssertEqual(low.events.map(\.duration), [Fraction(1, 4)])
  }

  func testSection4_20GraceNotesComeFirst() throws {
    let voice = try readVoice("{a}\"Gm7\"v.=G,2-G,2|")
    XCTAssertEqual(voice.events.map(\.graceNotes.count), [1, 0])
    XCTAssertEqual(voice.marks, "\"Gm7\"!downbow!!staccato! -")
    XCTAssertEqual(voice.notes.map(\.isTied), [false, true, false])
  }

  func testSection4_20ATieComesRightBehindItsNote() {
    assertParse(tune("=G,2- G,2 C4|"))
  }

  func testSection4_20ChordsAndSlursEncloseWholeNotes() throws {
    let first = try readVoice("\"C\"[CEGc]|")
    XCTAssertEqual(first.marks, "\"C\"")
    let second = try readVoice("|\"Gm7\"[.=G,^c']")
    XCTAssertEqual(second.marks, "\"Gm7\"!staccato!")
    XCTAssertEqual(second.pitches, [55, 85])
    let third = try readVoice("\"Gm7\"(v.=G,2~^c'2)")
    XCTAssertEqual(third.marks, "\"Gm7\"!downbow!!staccato! !roll!")
    XCTAssertEqual(third.pitches, [55, 85])
    assertParse(tune("\"Gm7\"(v.=G,2~^c'2) C4|"))
  }
}
