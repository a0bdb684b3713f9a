import XCTest

@testable import ABCNotation

/// ABC 2.1, section 11: directives.
final class Section11DirectivesTests: XCTestCase {
  private func header(_ lines: String) -> String { "X:1\nT:Test\nM:4/4\nL:1/8\n\(lines)\nK:C\nC8|\n" }

  /// Checks that directives are kept as they are written, in a header and in a body, with no finding.
  private func assertKept(_ lines: String, file: StaticString = #filePath, line: UInt = #line) throws {
    let expected = lines.split(separator: "\n").map { line -> String in
      let text = line.dropFirst(2).split(separator: " %", maxSplits: 1)[0]
      return text.split(separator: " ").joined(separator: " ")
    }
    func text(_ directive: Score.Directive) -> String {
      (directive.name + " " + directive.value).split(separator: " ").joined(separator: " ")
    }
    let inHeader = header(lines)
    assertParse(inHeader, file: file, line: line)
    XCTAssertEqual(try readScore(inHeader).directives.map(text), expected, file: file, line: line)
    let inBody = header("R:reel") + lines + "\nD8|\n"
    assertParse(inBody, file: file, line: line)
    let changes = try XCTUnwrap(try readScore(inBody).voices.first).measures.flatMap(\.changes)
    let found = changes.compactMap { change -> String? in
      if case .directive(let directive) = change.kind { return text(directive) }
      return nil
    }
    XCTAssertEqual(found, expected, file: file, line: line)
  }

  // MARK: 11.0

  func testSection11_0_2DirectivesInThreeForms() throws {
    try assertKept("%%papersize A4\n%%newpage\n%%setbarnb 10")
    XCTAssertEqual(
      try readScore(header("I:papersize A4\nI:newpage")).directives.map(\.name), ["papersize", "newpage"])
    let voice = try readVoice("CDEFG|[I:setbarnb 10]ABc", header: "M:none\nL:1/8\n")
    guard case .directive(let directive)? = voice.measures[1].changes.first?.kind else {
      return XCTFail("none")
    }
    XCTAssertEqual("\(directive.name) \(directive.value)", "setbarnb 10")
    XCTAssertEqual(voice.pitches, [60, 62, 64, 65, 67, 69, 71, 72])
  }

  func testSection11_0_2UnknownDirectivesAreIgnored() throws {
    try assertKept("%%unheard-of 1 2 3")
  }

  // MARK: 11.1

  func testSection11_1VoiceGroupings() throws {
    try assertKept(
      """
      %%score Solo [(S A) (T B)] {RH | (LH1 LH2)}
      %%score {RH *M| LH}
      %%score {(RH1 RH2) *M| (LH1 LH2)}
      %%score [{Vln1 | Vln2} | Vla | Vc | DB]
      %%staves [S|A|T|B]
      """)
  }

  func testSection11_1AMisspeltDirectiveIsNoticed() {
    for name in ["scroe", "scor", "Score", "stafes"] {
      assertParse(header("%%⟦ABC601⟧\(name) (1 2)"))
      assertParse(header("I:⟦ABC601⟧\(name) (1 2)"))
    }
  }

  func testSection11_1VoicesThatAreNotGroupedAreReadAllTheSame() throws {
    let score = try readScore(header("%%score 1") + "[V:1]C8|\n[V:2]E8|\n")
    XCTAssertEqual(score.noteCount, 3)
  }

  // MARK: 11.2

  func testSection11_2Instruments() throws {
    try assertKept("%%MIDI voice Tb instrument=59\n%%MIDI chordprog 20 % Church organ\n%%MIDI voice mute")
  }

  func testSection11_2AnInstrumentOfTheVoiceUnderWay() throws {
    let text =
      header("Q:1/4=66")
      + "V:Rueckpos\n%%MIDI voice instrument=53 bank=2\nA3B c2c2|\nV:Organo\n%%MIDI voice instrument=73 bank=2\nz2E2- E2AG|\n"
    assertParse(text)
    let voices = try readScore(text).voices.filter { $0.identifier != "" }
    let values = voices.map { voice in
      voice.measures.flatMap(\.changes).compactMap { change -> String? in
        if case .directive(let directive) = change.kind { return directive.value }
        return nil
      }
    }
    XCTAssertTrue(values.contains(["voice instrument=73 bank=2"]), "\(values)")
  }

  // MARK: 11.3

  func testSection11_3HowFarAnAccidentalReaches() throws {
    let music = "^FFfF,|Ff|"
    for (value, pitches) in [
      ("pitch", [66, 66, 78, 54, 65, 77]), ("octave", [66, 66, 77, 53, 65, 77]),
      ("not", [66, 65, 77, 53, 65, 77]),
    ] {
      for line in ["%%propagate-accidentals \(value)", "I:propagate-accidentals \(value)"] {
        XCTAssertEqual(try readVoice(music, header: "L:1/8\n\(line)\n").pitches, pitches, line)
      }
      assertParse(header("%%propagate-accidentals \(value)"))
    }
    XCTAssertEqual(try readVoice(music).pitches, [66, 66, 78, 54, 65, 77])
    assertParse(header("%%⟦ABC602⟧propagate-accidentals sometimes"))
  }

  func testSection11_3WrittenOutAccidentalsSoundTheSame() throws {
    for value in ["none", "added", "all"] {
      try assertKept("%%writeout-accidentals \(value)")
      XCTAssertEqual(
        try readVoice("Fc", header: "%%writeout-accidentals \(value)\n", key: "D").pitches, [66, 73])
    }
  }

  // MARK: 11.4

  func testSection11_4_1PageFormat() throws {
    try assertKept(
      """
      %%pageheight 29.7cm
      %%pagewidth 21cm
      %%topmargin 1cm
      %%botmargin 0cm
      %%leftmargin 1in
      %%rightmargin 72pt
      %%indent 1cm
      %%landscape true
      """)
  }

  func testSection11_4_2Fonts() throws {
    try assertKept(
      """
      %%titlefont Times-Bold 32
      %%subtitlefont Times-Bold 24
      %%composerfont Times 16
      %%gchordfont Times 12 % for chords symbols
      %%annotationfont Times 12 % for annotations
      %%setfont-1 Times 12
      """)
    XCTAssertEqual(try readVoice("\"^$1Text$0\"C8|").attachments.map(\.text), ["$1Text$0"])
  }

  func testSection11_4_3Spaces() throws {
    try assertKept(
      "%%topspace 0.5cm\n%%staffsep 60pt % between systems\n%%barsperstaff 5\n%%stretchlast true\n%%scale 0.7"
    )
  }

  func testSection11_4_4Measures() throws {
    try assertKept("%%measurefirst 1\n%%barnumbers 5\n%%measurenb 0\n%%measurebox true\n%%setbarnb 10")
  }

  func testSection11_4_5Texts() throws {
    try assertKept("%%text Some text\n%%center Some centred text")
    assertParse(header("%%begintext\n%%A:|\n%%C8| is a bar\n%%endtext"))
    assertParse(header("R:reel") + "%%begintext\n%%A:|\n%%endtext\nD8|\n")
    assertParse(header("R:reel") + "%%⟦ABC114⟧begintext\n%%A\n")
  }

  func testSection11_4_5TextIsNoDirective() throws {
    let text = header("%%begintext\n%%propagate-accidentals not\n%%scroe of the match\n%%endtext") + "^FF|\n"
    XCTAssertEqual(Tunebook(parsing: text).codes.filter { $0.hasPrefix("ABC6") }, [])
    XCTAssertEqual(try readScore(text).voices[0].pitches, [60, 66, 66])
  }

  func testSection11_4_6Information() throws {
    try assertKept("%%writefields O false % the O field is not printed out\n%%writefields BCDFGHNORSTWwXZ")
  }

  func testSection11_4_7Separations() throws {
    try assertKept("%%sep\n%%vskip 1cm\n%%newpage")
  }

  func testSection11_4_8Miscellaneous() throws {
    try assertKept(
      "%%exprabove true\n%%graceslurs false\n%%oneperpage 1\n%%freegchord true\n%%printtempo false")
  }

  // MARK: 11.5

  func testSection11_5DirectivesOfApplications() throws {
    try assertKept("%%noteedit:fontcolor blue")
  }
}
