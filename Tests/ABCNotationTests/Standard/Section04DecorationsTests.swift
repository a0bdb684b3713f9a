import XCTest

@testable import ABCNotation

/// ABC 2.1, 4.14 to 4.16: decorations, symbol lines, redefinable symbols.
final class Section04DecorationsTests: XCTestCase {
  // MARK: 4.14

  func testSection4_14TheShorthands() throws {
    let voice = try readVoice(".C~CHCLCMCOCPCSCTCuCvC")
    XCTAssertEqual(
      voice.events.flatMap(voice.decorations),
      [
        "staccato", "roll", "fermata", "accent", "lowermordent", "coda", "uppermordent", "segno", "trill",
        "upbow",
        "downbow",
      ])
  }

  func testSection4_14TheExamples() throws {
    XCTAssertEqual(try readVoice("(3.a.b.c").marks, "!staccato! !staccato! !staccato!")
    XCTAssertEqual(try readVoice("vAuBvA").marks, "!downbow! !upbow! !downbow!")
    XCTAssertEqual(try readVoice("!trill!A4").marks, "!trill!")
  }

  func testSection4_14EveryNameOfTheList() throws {
    let names = """
      trill trill( trill) lowermordent uppermordent mordent pralltriller roll turn turnx invertedturn
      invertedturnx arpeggio > accent emphasis fermata invertedfermata tenuto 0 1 2 3 4 5 + plus snap slide wedge
      upbow downbow open thumb breath pppp ppp pp p mp mf f ff fff ffff sfz crescendo( <( crescendo) <)
      diminuendo( >( diminuendo) >) segno coda D.S. D.C. dacoda dacapo fine shortphrase mediumphrase longphrase
      """.split { " \n".contains($0) }
    XCTAssertEqual(names.count, 64)
    for name in names {
      XCTAssertEqual(try readVoice("!\(name)!C8|").marks, "!\(name)!")
      assertParse(tune("!segno!!coda!!\(name)!C8|"))
    }
  }

  func testSection4_14NotesRestsSpacersChordsAndBars() throws {
    let music = "[!1!C!3!E!5!G] !coda! y !p! !trill! C !fermata!|"
    let voice = try readVoice(music)
    XCTAssertEqual(voice.events.map(\.kind), [.chord, .spacer, .note])
    XCTAssertEqual(voice.marks, "!1!!3!!5! !coda! !p!!trill!")
    XCTAssertEqual(voice.measures[0].closingDecorations, ["fermata"])
    XCTAssertEqual(try readVoice("!fermata!z4 !f![CE]4|").marks, "!fermata! !f!")
  }

  func testSection4_14UnknownSymbolsAreIgnored() {
    assertParse(tune("⟦ABC217⟧!unheard-of!C8|"))
    XCTAssertEqual(notes("!unheard-of!C8|"), notes("C8|"))
    XCTAssertEqual(notes("hCJDqE"), notes("CDE"))
  }

  func testSection4_14NamesHoldNoBlanksBarsOrBrackets() throws {
    XCTAssertEqual(try readVoice("!dacapo!C8|").marks, "!dacapo!")
    for name in ["da capo", "da|capo", "da:capo", "da[capo", "da]capo"] {
      XCTAssertFalse(try readVoice("!\(name)!C8|").marks.contains("capo"), name)
    }
  }

  // MARK: 4.15

  func testSection4_15ASymbolLine() throws {
    let voice = try readVoice("CDEF    | G```AB`c\ns: \"^slow\" | !f! ** !fff!")
    XCTAssertEqual(voice.marks, "\"^slow\" - - - !f! - - !fff!")
  }

  func testSection4_15SymbolLinesAreStacked() throws {
    let voice = try readVoice("C2  C2  Ez   A2|\ns: \"C\" *  \"Am\" * |\ns: *  *  !>!  * |")
    XCTAssertEqual(voice.marks, "\"C\" - \"Am\"!>! - -")
    XCTAssertEqual(voice.marks, try readVoice("\"C\" C2 C2 \"Am\" !>! Ez A2|").marks)
    XCTAssertEqual(voice.chordSymbol(of: voice.events[2]), "Am")
  }

  func testSection4_15SymbolsAddToThoseOfTheMusic() throws {
    let voice = try readVoice("!p!C4 {g}D4|\ns: !trill! \"G\"")
    XCTAssertEqual(voice.marks, "!p!!trill! \"G\"")
  }

  func testSection4_15SymbolsKnowTheirPlace() throws {
    let text = tune("C4 D4|\ns: * !f!")
    let voice = try XCTUnwrap(try readScore(text).voices.first)
    let mark = try XCTUnwrap(voice.attachments(of: voice.events[1]).first)
    XCTAssertEqual(SourceText(name: "", text: text).string(mark.range), "!f!")
    assertParse(text)
  }

  // MARK: 4.16

  func testSection4_16LettersMayBeGivenAMeaning() throws {
    XCTAssertEqual(try readVoice("TC8|", header: "U: T = !upbow!\n").marks, "!upbow!")
    XCTAssertEqual(try readVoice("pC8|", header: "U: p = \"^+\"\n").marks, "\"^+\"")
    XCTAssertEqual(
      try readVoice("TCUC|", header: "U: T = !trill!\nU: U = !trill!\n").marks, "!trill! !trill!")
    XCTAssertEqual(try readVoice("~C|", header: "U:~=!turn!\n").marks, "!turn!")
  }

  func testSection4_16AMeaningMayBeTakenAway() throws {
    for name in ["nil", "none"] {
      XCTAssertEqual(try readVoice("TCuD|", header: "U: T = !\(name)!\n").marks, "- !upbow!")
    }
  }

  func testSection4_16MeaningsOfTheFileTheTuneAndTheBody() {
    let text = """
      U: T = !turn!

      X:1
      T:A
      K:C
      TC|

      X:2
      T:B
      U: T = !upbow!
      K:C
      TC|[U:T=!slide!]TC|

      X:3
      T:C
      K:C
      TC|
      """
    assertParse(text)
    XCTAssertEqual(
      Tunebook(parsing: text).tunes.compactMap(\.score.voices.first).map(\.marks),
      ["!turn!", "!upbow! !slide!", "!turn!"])
  }

  func testSection4_16OnlyCertainLettersMayBeGivenAMeaning() {
    for field in ["A = !trill!", "X = !trill!", ". = !trill!", "TT = !trill!", "T"] {
      assertParse(tune("C8|", header: "M:4/4\nL:1/8\nU:⟦ABC116⟧\(field)\n"))
    }
  }
}
