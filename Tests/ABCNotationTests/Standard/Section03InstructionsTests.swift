import XCTest

@testable import ABCNotation

/// ABC 2.1, 3.1.15 to 3.3: background, instructions, fields in the body, continuation.
final class Section03InstructionsTests: XCTestCase {
  private func header(_ fields: String) -> String { "X:1\nT:Test\n\(fields)\nK:C\nC8|\n" }

  func testSection3_1_15Rhythm() throws {
    XCTAssertEqual(try readScore(header("R:hornpipe")).values(of: "R"), ["hornpipe"])
  }

  func testSection3_1_16Background() throws {
    let score = try readScore(
      header(
        "B:Sussex Tune Book\nB:Mally's Cotswold Morris vol.1 2\nD:Morris On\nF:http://a.b.c/file.abc\nS:Offord MSS"
      ))
    XCTAssertEqual(score.values(of: "B"), ["Sussex Tune Book", "Mally's Cotswold Morris vol.1 2"])
    XCTAssertEqual(score.values(of: "D"), ["Morris On"])
    XCTAssertEqual(score.values(of: "F"), ["http://a.b.c/file.abc"])
    XCTAssertEqual(score.values(of: "S"), ["Offord MSS"])
  }

  func testSection3_1_17InstructionsAndDirectivesAreTheSame() throws {
    let field = try readScore(header("I:setbarnb 10")).directives
    let line = try readScore(header("%%setbarnb 10")).directives
    XCTAssertEqual(field.map { "\($0.name)=\($0.value)" }, ["setbarnb=10"])
    XCTAssertEqual(line.map { "\($0.name)=\($0.value)" }, ["setbarnb=10"])
  }

  func testSection3_1_17UnknownInstructionsAreIgnored() {
    assertParse(header("I:something-unheard-of yes\nI:abc-creator xml2abc-2.7\nI:abc-charset utf-8"))
  }

  func testSection3_1_17ATuneMayAskForAnotherVersion() throws {
    XCTAssertEqual(try readScore("%abc-2.1\n\n" + header("I:abc-version 2.0")).version, "2.0")
    XCTAssertEqual(try readScore("I:abc-version 2.0\n\n" + header("R:reel")).version, "2.0")
  }

  func testSection3_1_17InstructionsOfTheFileHeaderHoldForEveryTune() throws {
    let file = "I:linebreak $\nI:propagate-accidentals not\n\n"
    let score = try readScore(file + "X:1\nT:Test\nL:1/8\nK:C\n^FF|\n")
    XCTAssertEqual(score.directives.map(\.name), ["linebreak", "propagate-accidentals"])
    XCTAssertEqual(score.voices[0].pitches, [66, 65])
  }

  func testSection3_1_17Charsets() {
    let latin1 = Array("I:abc-charset iso-8859-1\n\nX:1\nT:Caf".utf8) + [0xE9] + Array("\nK:C\nC8|\n".utf8)
    let book = Tunebook(parsing: SourceText(name: "", bytes: latin1))
    XCTAssertEqual(book.tunes.map(\.score.title), ["Café"])
    XCTAssertEqual(Tunebook(parsing: "I:abc-charset us-ascii\n\n" + header("R:reel")).codes, [])
    XCTAssertEqual(
      Tunebook(parsing: "I:abc-charset utf-8\n\nX:1\nT:Café\nK:C\nC8|\n").tunes[0].score.title, "Café")
  }

  func testSection3_1_17ACharsetThatIsDeclaredIsNoFault() {
    let latin1 = Array("I:abc-charset iso-8859-1\n\nX:1\nT:Caf".utf8) + [0xE9] + Array("\nK:C\nC8|\n".utf8)
    XCTAssertEqual(Tunebook(parsing: SourceText(name: "", bytes: latin1)).codes, [])
  }

  func testSection3_1_17AnIncludeThatIsNotReadIsIgnoredWithAMessage() {
    let book = Tunebook(parsing: header("I:abc-include mydefs.abh"))
    XCTAssertEqual(book.tunes.map(\.score.noteCount), [1])
    XCTAssertEqual(book.diagnostics.map(\.severity), [.warning])
  }

  func testSection3_1_18ARemarkSaysNothing() throws {
    let text = header("r:I love abc")
    assertParse(text)
    XCTAssertEqual(try readScore(text).noteCount, 1)
  }

  // MARK: 3.2

  func testSection3_2InlineFieldsAndFieldLinesAreTheSame() {
    let header = "M:6/8\nL:1/8\n"
    let inline = "E2E EFE|E2E EFG|[M:9/8] A2G F2E D2|]"
    let line = "E2E EFE|E2E EFG|\\\nM:9/8\nA2G F2E D2|]"
    let expected =
      "0+1:64 1+1/2:64 3/2+1/2:64 2+1/2:65 5/2+1/2:64 | 0+1:64 1+1/2:64 3/2+1/2:64 2+1/2:65 5/2+1/2:67"
      + " | 0+1:69 1+1/2:67 3/2+1:65 5/2+1/2:64 3+1:62"
    XCTAssertEqual(notes(inline, header: header), expected)
    XCTAssertEqual(notes(line, header: header), expected)
    assertParse(tune(inline, header: header))
    assertParse(tune(line, header: header))
  }

  func testSection3_2InlineFieldsHoldInBarsThatTheyStartOrSplit() throws {
    let voice = try readVoice("C4[K:D]F4|[M:3/4][K:C]F6|[L:1/4]C3|")
    XCTAssertEqual(voice.pitches, [60, 66, 65, 60])
    XCTAssertEqual(voice.measures.map(\.meter.description), ["4/4", "3/4", "3/4"])
    XCTAssertEqual(try lengths("C4[K:D]F4|[M:3/4][K:C]F6|[L:1/4]C3|"), "2 2 3 3")
  }

  func testSection3_2AnInlineFieldBeforeATuplet() {
    XCTAssertEqual(notes("[K:D](3FGA|"), "0+1/3:66 1/3+1/3:67 2/3+1/3:69")
    XCTAssertEqual(notes("[K:D][M:6/8](3FGA|"), "0+1/3:66 1/3+1/3:67 2/3+1/3:69")
    XCTAssertEqual(notes("[M:6/8](2FG|"), "0+3/4:65 3/4+3/4:67")
  }

  func testSection3_2AFieldInTheMiddleOfABeam() {
    XCTAssertEqual(notes("CD[K:clef=bass]EF GABc|"), notes("CDEF GABc|"))
  }

  func testSection3_2BracketLetterAndColonTouch() {
    let book = Tunebook(parsing: tune("C8|[ K:D]F8|"))
    XCTAssertEqual(book.tunes[0].score.voices[0].measures.last?.key.fifths, 0)
    XCTAssertNotEqual(book.codes, [])
    assertParse(tune("C8|⟦ABC210⟧[K:D\nC8|"))
  }

  func testSection3_2FieldsOfTheBody() {
    assertParse(
      tune(
        """
        C8|
        I:setbarnb 10
        L:1/8
        M:4/4
        m: ~G2 = {A}G{F}G
        N:a note
        P:B
        Q:1/4=100
        R:reel
        r:a remark
        U:T=!trill!
        V:1
        K:G
        W:words
        G8|[I:setbarnb 3][N:note][R:jig][r:remark][U:T=!trill!][P:C][Q:1/4=90]G8|
        """))
  }

  // MARK: 3.3

  func testSection3_3WordsMayGoOn() throws {
    let music = "CDEF GABc|CDEF GABc|C2D2E4|\n"
    let long = "w:Sa-ys my au-l' wan to your aul' wan, will~ye come to the Wa-x-ies dar-gle?"
    let split = "w:Sa-ys my au-l' wan to your aul' wan,\n+:will~ye come to the Wa-x-ies dar-gle?"
    let whole = try XCTUnwrap(try readScore(strict(music + long)).voices.first).words()
    XCTAssertEqual(
      whole, "Sa- ys my au- l' wan to your aul' wan, will~ye come to the Wa- x- ies dar- gle?")
    XCTAssertEqual(try readScore(strict(music + split)).voices.first?.words(), whole)
  }

  func testSection3_3CommentsAndDirectivesMayStandBetween() throws {
    let split = """
      CDEF GABc|
      %%vocalfont Times-Roman 14
      w:nor-mal
      % legal, but not recommended
      %%vocalfont Times-Italic *
      +:i-ta-lic
      %%vocalfont Times-Roman *
      +:nor-mal
      """
    assertParse(strict(split))
    XCTAssertEqual(try readScore(strict(split)).voices.first?.words(), "nor- mal i- ta- lic nor- mal ·")
  }

  func testSection3_3TextsAreJoinedByABlank() throws {
    let score = try readScore(
      "X:1\nT:The Long\n+:and Winding\n% a comment\n+:Title\nK:C\nC8|\nW:one\n+:two\n")
    XCTAssertEqual(score.title, "The Long and Winding Title")
    XCTAssertEqual(score.words, ["one two"])
  }

  func testSection3_3InstructionsTakeEffectAsAWhole() throws {
    assertParse("X:1\nT:A\nM:4/4\n+:\nL:1/8\nK:C\nC8|\n")
    assertParse("X:1\nT:A\nM:4/4\n+:⟦ABC105⟧x\nL:1/8\nK:C\nC8|\n")
    assertParse("X:1\nT:A\nK:\n+:⟦ABC108⟧Q7\nC8|\n")
    // In the body too, and not as if the header's key went on.
    XCTAssertEqual(notes("E4|\nK:D\n+:minor\nF4|", key: "E"), "0+2:64 | 0+2:65")
  }
}
