import XCTest

@testable import ABCNotation

/// ABC 2.1, section 6: typesetting and playback.
final class Section06TypesettingTests: XCTestCase {
  func testSection6_1_1DollarSignsBreakTheLineOfTheScore() {
    let header = "M:6/8\nI:linebreak $\n"
    assertParse(tune("|:abc def|$fed cba:|", header: header, key: "G"))
    XCTAssertEqual(
      notes("|:abc def|$fed cba:|", header: header, key: "G"),
      notes("|:abc def|fed cba:|", header: "M:6/8\n", key: "G"))
    XCTAssertEqual(notes("abc$def|"), notes("abcdef|"))
  }

  func testSection6_1_1TheValuesOfLinebreakAreKept() throws {
    for value in ["$", "!", "<EOL>", "<none>", "<EOL> $", "$ !"] {
      let text = tune("C8|", header: "M:4/4\nL:1/8\nI:linebreak \(value)\n")
      assertParse(text)
      XCTAssertEqual(try readScore(text).directives.map(\.value), [value])
    }
  }

  func testSection6_1_1ABackslashJoinsLines() {
    let whole = notes("abc cba|abc cba|", header: "M:6/8\n")
    XCTAssertEqual(notes("abc cba|\\ % end of line comment\nabc cba|", header: "M:6/8\n"), whole)
    for music in ["abc \\\ncba|", "abc\\\n cba|", "abc cba|", "abc\\\n\\\ncba|"] {
      XCTAssertEqual(notes(music, header: "M:6/8\n"), notes("abccba|", header: "M:6/8\n"), music)
      assertParse(tune(music, header: "M:6/8\n"))
    }
    assertParse(tune("cdef|\\\n\\\ncedf:|", header: "M:2/4\nL:1/8\n"))
  }

  func testSection6_1_1FieldsDirectivesAndCommentsMayStandBetween() throws {
    let split = "abc cab|\\\n%%setbarnb 10\nM:9/8\n%comment\nabc cba abc|"
    let inline = "abc cab|[I:setbarnb 10][M:9/8][r:comment]abc cba abc|"
    let header = "M:6/8\nL:1/8\n"
    assertParse(tune(split, header: header))
    assertParse(tune(inline, header: header))
    XCTAssertEqual(notes(split, header: header), notes(inline, header: header))
    for music in [split, inline] {
      let voice = try readVoice(music, header: header)
      XCTAssertEqual(voice.measures.map(\.meter.description), ["6/8", "9/8"])
      let names = voice.measures.flatMap(\.changes).compactMap { change -> String? in
        if case .directive(let directive) = change.kind { return directive.name }
        return nil
      }
      XCTAssertEqual(names, ["setbarnb"])
    }
  }

  func testSection6_1_2ASpacerTakesNoTime() throws {
    let voice = try readVoice("C4\"Am\" !pp! yD4|")
    XCTAssertEqual(voice.events.map(\.kind), [.note, .spacer, .note])
    XCTAssertEqual(voice.marks, "- \"Am\"!pp! -")
    XCTAssertEqual(voice.events.map(\.onset), [.zero, Fraction(1, 2), Fraction(1, 2)])
    XCTAssertEqual(notes("CyDyyE"), notes("CDE"))
    assertParse(tune("C4 y D4yyy|y C8 y|"))
    assertParse(tune("!p!y|C8|!coda!y|D8!f!y⟦ABC403⟧-|D8|!fine!y"))
    let bars = try readVoice("C8|!coda!y|D8|!fine!y").measures
    XCTAssertEqual(bars.map(\.events), [0..<1, 1..<4])
  }

  func testSection6_1_3TheFieldsThatArePrintedAreKept() throws {
    let text = """
      X:1
      T:Title
      T:Other title
      C:Composer
      O:Origin
      M:4/4
      L:1/8
      P:AB
      Q:"Lively" 1/4=120
      K:C
      P:A
      C8|
      w:word
      P:B
      D8|
      W:Words below
      """
    assertParse(text)
    let score = try readScore(text)
    XCTAssertEqual(score.values(of: "T"), ["Title", "Other title"])
    XCTAssertEqual(score.values(of: "C"), ["Composer"])
    XCTAssertEqual(score.values(of: "O"), ["Origin"])
    XCTAssertEqual(score.values(of: "P"), ["AB"])
    XCTAssertEqual(score.tempo?.text, "Lively")
    XCTAssertEqual(score.voices[0].measures.map(\.part), ["A", "B"])
    XCTAssertEqual(score.voices[0].words(), "word ·")
    XCTAssertEqual(score.words, ["Words below"])
  }

  func testSection6_2FieldsThatPlaybackIgnoresChangeNoSound() {
    let fields = "A:a\nB:b\nC:c\nD:d\nF:f\nG:g\nH:h\nN:n\nO:o\nR:hornpipe\nS:s\nZ:z\nW:w\nM:4/4\nL:1/8\n"
    XCTAssertEqual(notes("CDEF GABc|", header: fields), notes("CDEF GABc|"))
  }
}
