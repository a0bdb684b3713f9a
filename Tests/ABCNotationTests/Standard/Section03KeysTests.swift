import XCTest

@testable import ABCNotation

/// ABC 2.1, 3.1.14: the key.
final class Section03KeysTests: XCTestCase {
  /// The table of 3.1.14: from seven sharps to seven flats; major, minor, mixolydian, dorian, phrygian, lydian,
  /// locrian.
  private let table = """
    C# A#m G#Mix D#Dor E#Phr F#Lyd B#Loc
    F# D#m C#Mix G#Dor A#Phr BLyd E#Loc
    B G#m F#Mix C#Dor D#Phr ELyd A#Loc
    E C#m BMix F#Dor G#Phr ALyd D#Loc
    A F#m EMix BDor C#Phr DLyd G#Loc
    D Bm AMix EDor F#Phr GLyd C#Loc
    G Em DMix ADor BPhr CLyd F#Loc
    C Am GMix DDor EPhr FLyd BLoc
    F Dm CMix GDor APhr BbLyd ELoc
    Bb Gm FMix CDor DPhr EbLyd ALoc
    Eb Cm BbMix FDor GPhr AbLyd DLoc
    Ab Fm EbMix BbDor CPhr DbLyd GLoc
    Db Bbm AbMix EbDor FPhr GbLyd CLoc
    Gb Ebm DbMix AbDor BbPhr CbLyd FLoc
    Cb Abm GbMix DbDor EbPhr FbLyd BbLoc
    """

  private func key(_ text: String) throws -> Key { try readScore(tune("C8|", key: text)).key }

  /// The accidentals of a key, as `F# C#`.
  private func signature(_ text: String) throws -> String {
    let key = try key(text)
    return Step.allCases.filter { key.alterations[$0] != 0 }.map {
      "\($0.letter)" + (key.alterations[$0] > 0 ? "#" : "b")
    }.joined(separator: " ")
  }

  func testSection3_1_14EveryKeyOfTheTable() throws {
    for (row, line) in table.split(separator: "\n").enumerated() {
      for name in line.split(separator: " ") {
        XCTAssertEqual(try key(String(name)).signatureFifths, 7 - row, String(name))
        assertParse(tune("C8|", key: String(name)))
      }
    }
  }

  func testSection3_1_14ModesByTheirFirstThreeLettersInAnyCase() throws {
    for name in [
      "C major", "A minor", "C ionian", "A aeolian", "G mixolydian", "D dorian", "E phrygian", "F lydian",
      "B locrian", "Cmajor", "AMINOR", "Gmix",
    ] { XCTAssertEqual(try signature(name), "", name) }
    for name in ["F# mixolydian", "F#Mix", "F#MIX"] { XCTAssertEqual(try key(name).signatureFifths, 5, name) }
  }

  func testSection3_1_14NoKeyAtAll() throws {
    for name in ["", "none"] {
      XCTAssertEqual(try signature(name), "", name)
      XCTAssertNil(try key(name).tonic, name)
      assertParse(tune("C8|", key: name))
    }
  }

  func testSection3_1_14ModifiedKeys() throws {
    XCTAssertEqual(try signature("D Phr ^f"), "Eb F# Bb")
    XCTAssertEqual(try signature("D maj =c"), "F#")
    XCTAssertEqual(try signature("D =c"), "F#")
    XCTAssertEqual(try signature("D =C"), "F#")
    XCTAssertEqual(try key("C __b ^^f").alterations[.b], -2)
    XCTAssertEqual(try key("C __b ^^f").alterations[.f], 2)
  }

  func testSection3_1_14ExplicitKeys() throws {
    XCTAssertEqual(try signature("D exp _b _e ^f"), try signature("D Phr ^f"))
    XCTAssertEqual(try signature("D exp ^f"), "F#")
    XCTAssertEqual(notes("F2C2B2E2|", key: "D exp _b _e ^f"), "0+1:66 1+1:60 2+1:70 3+1:63")
  }

  func testSection3_1_14ModificationsSoundInEveryOctave() {
    XCTAssertEqual(notes("F2f2F,2|", key: "D Phr ^f"), "0+1:66 1+1:78 2+1:54")
  }

  func testSection3_1_14HighlandPipes() throws {
    // The scale of the pipes is G A B ^c d e ^f g a.
    for name in ["HP", "Hp"] {
      XCTAssertEqual(
        notes("GABcdefg|a8|", key: name),
        "0+1/2:67 1/2+1/2:69 1+1/2:71 3/2+1/2:73 2+1/2:74 5/2+1/2:76 3+1/2:78 7/2+1/2:79 | 0+4:81", name)
    }
    XCTAssertEqual(try key("HP").kind, .pipes)
    XCTAssertEqual(try key("Hp").kind, .pipesWithSignature)
  }

  func testSection3_1_14WhatIsNoKey() {
    assertParse("X:1\nT:Test\nK:⟦ABC108⟧H\nC8|\n")
    assertParse("X:1\nT:Test\nK:⟦ABC108⟧7\nC8|\n")
  }

  func testSection3_1_14AClefMayStandWithOrWithoutAKey() throws {
    for text in [" clef=bass", "clef=bass", "bass", "G clef=bass", "Gmix bass"] {
      XCTAssertEqual(try readVoice("C8|", key: text).staff.clef?.shape, .bass, text)
    }
    XCTAssertEqual(try signature("G bass"), "F#")
    XCTAssertNil(try readVoice("C8|").staff.clef)
  }

  func testSection3_1_14TheFirstKeyEndsTheHeader() throws {
    let score = try readScore("X:1\nT:Test\nL:1/8\nK:C\nM:3/4\nC6|\n")
    XCTAssertTrue(score.meter.isFree)
    XCTAssertEqual(score.voices[0].measures[0].meter.description, "3/4")
  }

  func testSection3_1_14AKeyInTheBodyHoldsFromThere() {
    XCTAssertEqual(notes("F4|\nK:D\nF4|[K:C]F4|"), "0+2:65 | 0+2:66 | 0+2:65")
  }
}
