import XCTest

@testable import ABCNotation

/// ABC 2.1, section 9: macros.
final class Section09MacrosTests: XCTestCase {
  private func header(_ macro: String) -> String { "M:4/4\nL:1/8\n\(macro)\n" }

  // MARK: 9

  func testSection9MacrosComeBeforeRedefinedSymbols() throws {
    let fields = header("m: ~G2 = TG2\nU: T = !turn!")
    XCTAssertEqual(try readVoice("~G2 ~A2", header: fields).marks, "!turn! !roll!")
  }

  func testSection9WhatIsNoMacro() {
    assertParse(tune("C8|", header: header("m:⟦ABC117⟧~G3")))
    assertParse(tune("C8|", header: header("m:⟦ABC117⟧~G3 =")))
    let long = String(repeating: "G", count: 32)
    assertParse(tune("C8|", header: header("m:⟦ABC117⟧\(long) = C")))
    assertParse(tune("C8|", header: header("m:\(long.dropLast()) = C")))
    assertParse(tune("C8|", header: header("m:⟦ABC117⟧~G3 = \(String(repeating: "G", count: 201))")))
  }

  // MARK: 9.1

  func testSection9_1AStaticMacro() throws {
    let fields = header("m: ~G3 = G{A}G{F}G")
    XCTAssertEqual(notes("~G3", header: fields), "0+1/2:67 1/2+1/2:67 1+1/2:67")
    let voice = try readVoice("~G3", header: fields)
    XCTAssertEqual(voice.events.map { voice.graceNotes(of: $0).map(\.pitch) }, [[], [69], [65]])
    assertParse(tune("~G3 C2 ~G3|", header: fields))
  }

  func testSection9_1OnlyTheTargetIsReplaced() throws {
    let fields = header("m: ~G3 = G{A}G{F}G")
    for other in ["~G2", "~g3", "~F3", "G3", "~G", "~G3/2", "~G,3"] {
      XCTAssertEqual(try readVoice(other, header: fields).events.count, 1, other)
    }
  }

  func testSection9_1BlanksAroundTheSignSayNothing() {
    XCTAssertEqual(
      notes("~g2", header: header("m:~g2={a}g{f}g")), notes("~g2", header: header("m: ~g2  =  {a}g{f}g ")))
  }

  func testSection9_1SeveralMacrosInOneTune() {
    let fields = "R:jig\nm: ~g2 = {a}g{f}g\nm: ~D2 = {E}D{C}D\nM:6/8\n"
    assertParse(tune("BEE dEE|~D2D FDF|def ~g2 e|GEE E2:|", header: fields, key: "D"))
    XCTAssertEqual(
      notes("~D2D FDF|def ~g2 e|", header: fields, key: "D"),
      notes("DDD FDF|def gge|", header: "M:6/8\n", key: "D"))
  }

  func testSection9_1WhatIsPutInStandsWhereItIsCalled() throws {
    let text = tune("C2 ~G3 C3|", header: header("m: ~G3 = G{A}G{F}G"))
    let source = SourceText(name: "", text: text)
    let events = try XCTUnwrap(try readScore(text).voices.first).events
    XCTAssertEqual(events.count, 5)
    XCTAssertEqual(source.string(events[0].range), "C2")
    XCTAssertEqual(source.string(events[4].range), "C3")
    let call = try XCTUnwrap(text.range(of: "~G3 C3"))
    let start = text.utf8.distance(from: text.startIndex, to: call.lowerBound)
    for event in events[1...3] { XCTAssertTrue((start..<(start + 3)).contains(event.range.lowerBound)) }
  }

  // MARK: 9.2

  func testSection9_2ATransposingMacro() throws {
    let fields = header("m: ~n3 = n{o}n{m}n")
    XCTAssertEqual(notes("~G3", header: fields), notes("~G3", header: header("m: ~G3 = G{A}G{F}G")))
    let voice = try readVoice("~B3~c3~C,3", header: fields)
    XCTAssertEqual(voice.pitches, [71, 71, 71, 72, 72, 72, 48, 48, 48])
    XCTAssertEqual(
      voice.events.map { voice.graceNotes(of: $0).map(\.pitch) },
      [[], [72], [69], [], [74], [71], [], [50], [47]])
    XCTAssertEqual(try readVoice("~G2~G4", header: fields).events.count, 2)
  }

  func testSection9_2TheRollsOfTheExample() {
    let fields = "R:reel\nM:C|\nm: ~n2 = (3o/n/m/ n % One macro does for all four rolls\n"
    let music = "EAAG~A2 Bd|eg~g2 egdc|BGGF GAGE|~D2B,D GABG|"
    assertParse(tune(music, header: fields, key: "ADor"))
    // A roll takes the time of its note: three notes in a unit, and one more unit.
    XCTAssertEqual(
      notes("~A2 ~D2 ~g2 ~a2|", header: fields, key: "ADor"),
      notes("(3B/A/G/A (3E/D/C/D (3a/g/f/g (3b/a/g/a|", header: "M:C|\n", key: "ADor"))
    XCTAssertEqual(
      notes("~A2", header: fields, key: "ADor"), "0+1/6:71 1/6+1/6:69 1/3+1/6:67 1/2+1/2:69")
  }
}
