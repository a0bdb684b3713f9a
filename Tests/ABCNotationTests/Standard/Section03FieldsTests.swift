import XCTest

@testable import ABCNotation

/// ABC 2.1, section 3: information fields, 3.1.1 to 3.1.13; the key has a file of its own.
final class Section03FieldsTests: XCTestCase {
  private func header(_ fields: String) -> String { "X:1\nT:Test\n\(fields)\nK:C\nC8|\n" }

  // MARK: 3

  func testSection3UnknownFieldsAreIgnoredWithAMessage() throws {
    assertParse(header("⟦ABC110⟧Y:what"))
    assertParse(header("⟦ABC110⟧J:what"))
    XCTAssertEqual(DiagnosticCode.unknownField.severity, .warning)
    XCTAssertEqual(try readScore(header("Y:C D E")).noteCount, 1)
  }

  func testSection3FieldsMayAppearMoreThanOnce() throws {
    let text = header("T:Second\nB:One\nB:Two\nM:3/4\nM:4/4\nI:linebreak <EOL>\nI:linebreak <none>")
    // It may, and is most often a mistake.
    assertParse(text.replacing("M:4/4", with: "M:⟦ABC118⟧4/4"))
    let score = try readScore(text)
    XCTAssertEqual(score.values(of: "T"), ["Test", "Second"])
    XCTAssertEqual(score.values(of: "B"), ["One", "Two"])
    XCTAssertEqual(score.meter.description, "4/4")
    XCTAssertEqual(score.directives.map(\.value), ["<EOL>", "<none>"])
  }

  // MARK: 3.1

  func testSection3_1TheFieldsOfTheTableAreKnown() {
    let all = header(
      """
      A:Donegal
      B:O'Neills
      C:Robert Jones
      D:Chieftains IV
      F:http://a.b.c/file.abc
      G:flute
      H:The story behind this tune
      I:papersize A4
      L:1/8
      M:4/4
      m: ~G2 = {A}G{F}G
      N:see also O'Neills - 234
      O:UK; Yorkshire; Bradford
      Q:"allegro" 1/4=120
      R:reel
      r:I love abc
      S:collected in Brittany
      U: T = !trill!
      V:4 clef=bass
      W:lyrics printed after the end of the tune
      Z:John Smith, <j.s@mail.com>
      """)
    assertParse(all)
  }

  func testSection3_1_1ReferenceNumbers() throws {
    XCTAssertEqual(try readScore("X:23\nT:Test\nK:C\nC8|\n").referenceNumber, 23)
    assertParse("X:⟦ABC104⟧one\nT:Test\nK:C\nC8|\n")
    assertParse("X:1\nT:A\nK:C\nC8|\n\nX:⟦ABC112⟧1\nT:B\nK:C\nC8|\n")
  }

  func testSection3_1_1ANumberIsPositive() {
    assertParse("X:⟦ABC104⟧-1\nT:Test\nK:C\nC8|\n")
    assertParse("X:⟦ABC104⟧0\nT:Test\nK:C\nC8|\n")
  }

  func testSection3_1_1TheNumberMayBeEmpty() {
    let book = Tunebook(parsing: "X:\nT:Test\nK:C\nC8|\n")
    XCTAssertEqual(book.tunes.map(\.isClean), [true], "\(book.codes)")
    XCTAssertNil(book.tunes[0].score.referenceNumber)
  }

  func testSection3_1_1EveryNumberStartsATune() {
    XCTAssertEqual(
      Tunebook(parsing: "X:1\nT:A\nK:C\nC8|\nX:2\nT:B\nK:C\nD8|\n").tunes.map(\.score.noteCount), [1, 1])
  }

  func testSection3_1_2TitlesInHeaderAndBody() throws {
    let text =
      "X:1\nT:Dusty Miller, The\nT:Binny's Jig\nM:4/4\nL:1/8\nK:C\nC8|\nT:Second part\nM:3/4\nC6|[T:Third]D6|\n"
    assertParse(text)
    XCTAssertEqual(try readScore(text).values(of: "T"), ["Dusty Miller, The", "Binny's Jig"])
    XCTAssertEqual(try readScore(text).title, "Dusty Miller, The")
  }

  func testSection3_1_2TheTitleMayBeEmpty() {
    assertParse("X:1\nT:\nK:C\nC8|\n")
  }

  func testSection3_1_3To5ComposerOriginArea() throws {
    let score = try readScore(
      header(
        "C:Robert Jones\nC:Trad.\nO:Canada; Nova Scotia; Halifax.\nO:England; Yorkshire; Bradford and Bingley.\nA:Bampton"
      ))
    XCTAssertEqual(score.values(of: "C"), ["Robert Jones", "Trad."])
    XCTAssertEqual(
      score.values(of: "O"), ["Canada; Nova Scotia; Halifax.", "England; Yorkshire; Bradford and Bingley."])
    XCTAssertEqual(score.values(of: "A"), ["Bampton"])
  }

  func testSection3_1_6Meters() throws {
    let cases: [(String, [Int], Int, Fraction?)] = [
      ("6/8", [6], 8, Fraction(3, 4)), ("4/4", [4], 4, Fraction(1)), ("C", [4], 4, Fraction(1)),
      ("C|", [2], 2, Fraction(1)), ("(2+3+2)/8", [2, 3, 2], 8, Fraction(7, 8)),
      ("2+3+2/8", [2, 3, 2], 8, Fraction(7, 8)), ("none", [], 4, nil), (" 9/8 ", [9], 8, Fraction(9, 8)),
    ]
    for (text, beats, value, length) in cases {
      let meter = try readScore(header("M:\(text)")).meter
      XCTAssertEqual(meter.beats, beats, text)
      XCTAssertEqual(meter.noteValue, value, text)
      XCTAssertEqual(meter.barLength, length, text)
    }
    XCTAssertTrue(try readScore("X:1\nT:Test\nK:C\nC8|\n").meter.isFree)
    assertParse(header("M:⟦ABC105⟧5/6"))
  }

  func testSection3_1_6FreeMeterTakesBarsOfAnyLength() {
    assertParse("X:1\nT:Test\nK:C\nCD|EFGAB|c|\n")
    assertParse("X:1\nT:Test\nM:none\nK:C\nCD|EFGAB|c|\n")
  }

  func testSection3_1_7UnitLengths() throws {
    for (text, length) in [
      ("1", Fraction(1)), ("1/1", Fraction(1)), ("1/2", Fraction(1, 2)), ("1/4", Fraction(1, 4)),
      ("1/8", Fraction(1, 8)), ("1/16", Fraction(1, 16)), ("1/32", Fraction(1, 32)),
      ("1/64", Fraction(1, 64)),
      ("1/128", Fraction(1, 128)), ("1/256", Fraction(1, 256)), ("1/512", Fraction(1, 512)),
    ] {
      let score = try readScore(header("L:\(text)"))
      XCTAssertEqual(score.unitLength, length, text)
      XCTAssertEqual(score.voices[0].events[0].duration, Fraction(8) * length, text)
    }
    assertParse(header("L:⟦ABC106⟧eighth"))
  }

  func testSection3_1_7WithoutAFieldTheMeterDecides() throws {
    for (meter, length) in [
      ("2/4", Fraction(1, 16)), ("3/8", Fraction(1, 16)), ("5/8", Fraction(1, 16)), ("3/4", Fraction(1, 8)),
      ("4/4", Fraction(1, 8)), ("6/8", Fraction(1, 8)), ("C", Fraction(1, 8)), ("C|", Fraction(1, 8)),
      ("none", Fraction(1, 8)),
    ] {
      XCTAssertEqual(try readScore(header("M:\(meter)")).unitLength, length, meter)
    }
  }

  func testSection3_1_7AMeterInTheBodyLeavesTheUnitLength() {
    XCTAssertEqual(notes("C8|[M:2/4]C4|", header: "M:4/4\n"), "0+4:60 | 0+2:60")
  }

  func testSection3_1_8Tempos() throws {
    let cases: [(String, Fraction?, String?)] = [
      ("1/2=120", Fraction(240), nil), ("1/4 3/8 1/4 3/8=40", Fraction(200), nil),
      ("5/4=40", Fraction(200), nil),
      (" \"Allegro\" 1/4=120", Fraction(120), "Allegro"), (" 3/8=50 \"Slowly\"", Fraction(75), "Slowly"),
      ("\"Andante\"", nil, "Andante"), ("1/4 = 110", Fraction(110), nil),
    ]
    for (text, speed, words) in cases {
      assertParse(header("Q:\(text)"))
      let tempo = try XCTUnwrap(try readScore(header("Q:\(text)")).tempo, text)
      XCTAssertEqual(tempo.quartersPerMinute, speed, text)
      XCTAssertEqual(tempo.text, words, text)
    }
    assertParse(header("Q:⟦ABC107⟧fast"))
  }

  func testSection3_1_8ATempoInTheBodyIsAChange() throws {
    let voice = try readVoice("C4[Q:1/4=60]D4|")
    let changes = voice.measures[0].changes
    XCTAssertEqual(changes.map(\.onset), [Fraction(1, 2)])
    guard case .tempo(let tempo)? = changes.first?.kind else { return XCTFail("no tempo") }
    XCTAssertEqual(tempo.quartersPerMinute, Fraction(60))
  }

  func testSection3_1_9OrdersOfPlay() throws {
    let body = "K:C\nP:A\nC8|\nP:B\nD8|\nP:C\nE8|\nP:D\nF8|\n"
    for (order, expected) in [
      ("ABABCDCD", "ABABCDCD"), ("A3", "AAA"), ("(AB)3", "ABABAB"),
      ("((AB)3.(CD)3)2", "ABABABCDCDCDABABABCDCDCD"), ("A.B.C.D", "ABCD"), ("A2B", "AAB"),
    ] {
      let text = "X:1\nT:Test\nM:4/4\nL:1/8\nP:\(order)\n" + body
      assertParse(text)
      let score = try readScore(text)
      XCTAssertEqual(score.partOrder.map { String($0) }, expected)
      XCTAssertEqual(score.voices[0].measures.map(\.part), ["A", "B", "C", "D"])
    }
    assertParse("X:1\nT:Test\nP:⟦ABC113⟧(AB\n" + body)
    assertParse("X:1\nT:Test\nM:4/4\nL:1/8\nP:⟦ABC505⟧AE\n" + body)
  }

  func testSection3_1_10TranscriptionNotes() throws {
    let score = try readScore(
      header(
        """
        Z:abc-transcription John Smith, <j.s@mail.com>, 1st Jan 2010
        Z:abc-copyright &copy; John Smith
        """))
    XCTAssertEqual(
      score.values(of: "Z"),
      ["abc-transcription John Smith, <j.s@mail.com>, 1st Jan 2010", "abc-copyright © John Smith"])
  }

  func testSection3_1_11And12NotesAndGroups() throws {
    let score = try readScore(header("N:see also Playford\nG:flute"))
    XCTAssertEqual(score.values(of: "N"), ["see also Playford"])
    XCTAssertEqual(score.values(of: "G"), ["flute"])
  }

  func testSection3_1_13HistoryOfOneOrTwoEntries() throws {
    let one = "H:this is considered\n+:as a single entry"
    XCTAssertEqual(try readScore(header(one)).values(of: "H"), ["this is considered as a single entry"])
    let two = "H:this usage is considered as two entries\nH:rather than one"
    XCTAssertEqual(try readScore(header(two)).values(of: "H").count, 2)
  }
}
