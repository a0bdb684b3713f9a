import XCTest

@testable import ABCNotation

/// ABC 2.1, section 8: the format of the data.
final class Section08TextTests: XCTestCase {
  // MARK: 8

  func testSection8BlanksAtLineEndsAndTabs() throws {
    let text = "X:1 \t\nT:Test\t \nM:4/4\t\nL:1/8  \nK:C \t\nC4\tD4|  \t\nw:one\ttwo \n"
    assertParse(text)
    let score = try readScore(text)
    XCTAssertEqual(score.title, "Test")
    XCTAssertEqual(score.voices[0].words(), "one two")
  }

  func testSection8TheThreeLineEnds() throws {
    let text = "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\nC8|\nw:one\n\nX:2\nT:B\nM:4/4\nL:1/8\nK:D\nF8|"
    for end in ["\n", "\r\n", "\r"] {
      let book = Tunebook(parsing: text.replacing("\n", with: end))
      XCTAssertEqual(book.codes, [])
      XCTAssertEqual(book.tunes.map { $0.score.voices[0].pitches }, [[60], [66]])
      XCTAssertEqual(book.tunes[0].score.voices[0].words(), "one")
    }
  }

  // MARK: 8.1

  func testSection8_1ReservedCharactersAreIgnored() throws {
    let reserved = "@a !pp! #bc2/3* [K:C#] de?f \"@this $2was difficult to parse?\" y |**"
    let plain = "a !pp! bc2/3 [K:C#] def \"@this $2was difficult to parse?\" y |"
    XCTAssertEqual(notes(reserved, header: "L:1/8\n"), notes(plain, header: "L:1/8\n"))
    XCTAssertEqual(
      notes(reserved, header: "L:1/8\n").split(separator: " ").filter { $0.hasSuffix(":") == false },
      ["0+1/2:81", "1/2+1/2:83", "1+1/3:72", "4/3+1/2:75", "11/6+1/2:77", "7/3+1/2:78"])
    XCTAssertEqual(try readVoice(reserved).marks, try readVoice(plain).marks)
    XCTAssertEqual(try readVoice(plain).marks, "- !pp! - - - - \"@this $2was difficult to parse?\"")
    assertParse(
      tune(
        "⟦ABC212⟧@a !pp! ⟦ABC212⟧#bc2/3⟦ABC212⟧* [K:C#] de⟦ABC212⟧?f \"@this $2was difficult to parse?\" y |⟦ABC212⟧*⟦ABC212⟧*",
        header: "L:1/8\n"))
  }

  func testSection8_1ReservedCharactersGiveAWarningAtMost() {
    let book = Tunebook(parsing: tune("C2#D2*E2;F2?|@C8|"))
    XCTAssertEqual(book.codes.count, 5)
    XCTAssertTrue(book.diagnostics.allSatisfy { $0.severity <= .warning })
  }

  // MARK: 8.2

  func testSection8_2MnemonicsEntitiesAndNumbers() throws {
    for written in ["\\'e", "&eacute;", "\\u00e9", "\\U000000e9", "é"] {
      let score = try readScore(
        "X:1\nT:Caf\(written)\nC:Ren\(written)\nK:C\n\"^caf\(written)\"C8|\nW:\(written)\n")
      XCTAssertEqual(score.title, "Café", written)
      XCTAssertEqual(score.values(of: "C"), ["René"], written)
      XCTAssertEqual(score.voices[0].attachments.map(\.text), ["café"], written)
      XCTAssertEqual(score.words, ["é"], written)
    }
  }

  func testSection8_2TheTableOfAccents() {
    for (written, text) in [
      ("\\`A \\`a \\`e \\`o", "À à è ò"), ("\\'A \\'a \\'e \\'o", "Á á é ó"),
      ("\\^A \\^a \\^e \\^o", "Â â ê ô"),
      ("\\~A \\~a \\~n \\~o", "Ã ã ñ õ"), ("\\\"A \\\"a \\\"e \\\"o", "Ä ä ë ö"), ("\\cC \\cc", "Ç ç"),
      ("\\AA \\aa", "Å å"), ("\\/O \\/o", "Ø ø"), ("\\uA \\ua \\uE \\ue", "Ă ă Ĕ ĕ"),
      ("\\vS \\vs \\vZ \\vz", "Š š Ž ž"), ("\\HO \\Ho \\HU \\Hu", "Ő ő Ű ű"),
      ("\\ss \\AE \\ae \\oe", "ß Æ æ œ"),
    ] {
      XCTAssertEqual(Tunebook(parsing: "X:1\nT:\(written)\nK:C\nC8|\n").tunes[0].score.title, text)
    }
  }

  func testSection8_2SpecialCharacters() throws {
    XCTAssertEqual(
      try readScore("X:1\nT:a \\\\ b \\% c \\& d & e G\\&T\nK:C\nC8|\n").title, "a \\ b % c & d & e G&T")
    let voice = try readVoice("\"^say &quot;yes&quot; \\u0022no\\u0022\"C8|")
    XCTAssertEqual(voice.attachments.map(\.text), ["say \"yes\" \"no\""])
    XCTAssertEqual(try readScore("X:1\nT:gin & tonic\nK:C\nC8|\n").title, "gin & tonic")
  }

  func testSection8_2SpecialSymbols() throws {
    XCTAssertEqual(
      try readScore("X:1\nT:&copy; \\u00a9 \\u266d \\u266e \\u266f\nK:C\nC8|\n").title, "© © ♭ ♮ ♯")
  }

  func testSection8_2FourHexadecimalDigitsOrABreve() throws {
    XCTAssertEqual(try readScore("X:1\nT:\\u00e9 \\uaz \\ue\nK:C\nC8|\n").title, "é ăz ĕ")
  }

  func testSection8_2TextsOfVoicesTemposAndDirectives() throws {
    let score = try readScore(
      "X:1\nT:A\nQ:\"Andante con mot\\`o\" 1/4=80\nV:1 name=\"Fl\\^ute\" snm=\"&eacute;\"\nK:C\nC8|\n")
    XCTAssertEqual(score.tempo?.text, "Andante con motò")
    XCTAssertEqual(score.voices[0].staff.name, "Flûte")
    XCTAssertEqual(score.voices[0].staff.subname, "é")
  }

  func testSection8_2ChordSymbolsWithSymbols() throws {
    let voice = try readVoice("\"B\\u266d\"C4\"F♯m\"D4|")
    XCTAssertEqual(voice.events.map(voice.chordSymbol), ["B♭", "F♯m"])
  }
}
