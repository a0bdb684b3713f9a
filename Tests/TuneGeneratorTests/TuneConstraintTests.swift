import XCTest

@testable import TuneGenerator

/// What may come and what not, character by character; the validator alone would let much of it pass.
final class TuneConstraintTests: XCTestCase {
  private let header = "X:1\nT:A\nM:4/4\nL:1/8\nK:C\n"

  /// How much of the music may come: all of it, or up to the character that is refused.
  private func taken(_ music: String, plan: FormPlan = .any) throws -> String {
    var constraint = try XCTUnwrap(TuneConstraint(plan: plan).taking(header))
    var taken = ""
    for scalar in music.unicodeScalars {
      guard let next = constraint.taking(scalar) else { return taken }
      constraint = next
      taken.unicodeScalars.append(scalar)
    }
    return constraint.mayEnd ? taken + "$" : taken
  }

  func testStrainsThatAddUpMayBeWritten() throws {
    for music in [
      "|:C8|D8:|\n", "C8|D8|]\n", "C8|D8||\nE8|F8|]\n", "|:G2|C8|D6:|\n", "|:G2|C8|D6:|\n|:G2|E8|F6:|\n",
      "|:G2|C8|1 D6:|2 D8||\n|:E8|F8:|\n", "G2|:C8|D8:|\n", "G2|C8|D6|]\n", "|:C8|D8:|\nE8|F8|]\n",
      "|:(3CDE F6|(3C2D2E2 F4:|\n", "|:C>D E<F G4|A8-|A8|B8:|\n",
    ] { XCTAssertEqual(try taken(music), music + "$") }
  }

  func testWhatDoesNotAddUpIsRefusedWhereItGoesWrong() throws {
    for (music, end) in [
      // A repeat is opened before it is closed, and closed before the tune ends or another strain begins.
      ("C8|D8:|\n", "C8|D8"), ("|:C8|D8|]\n", "|:C8|D8|"), ("|:C8|D8||\n", "|:C8|D8|"),
      ("|:C8|D8|\n|:E8|\n", "|:C8|D8|\n"),
      // The last bar leaves room for the pickup, and the next strain begins with what is missing.
      ("|:G2|C8|D8:|\n", "|:G2|C8|D8"), ("|:G2|C8|D6:|\nE8|", "|:G2|C8|D6:|\nE"),
      ("C8|D6||\nE8|F8|]\n", "C8|D6||\nE"), ("C8|D6|E8|]\n", "C8|D6|"),
      // A first ending has a second, and both begin behind a full bar.
      ("|:C8|1 D8:|\n", "|:C8|1 D8:|"), ("C8|1 D8:|2 D8|]\n", "C8|"),
      ("|:C8|1 D8:|2 D8|E8|]\n", "|:C8|1 D8:|2 D8|"),
      ("|:C8|122 D8:|\n", "|:C8|1"),
      // Too long, of uneven parts, in sixths.
      ("|:C10|", "|:C1"), ("|:CDEFGABcd|", "|:CDEFGABc"), ("|:(3CDE2 F|", "|:(3CDE"), ("|:C2>D E|", "|:C2>D"),
      ("|:C>D>E F|", "|:C>D"), ("|:C3/6D|", "|:C3/"), ("|:A4-|B4|", "|:A4-|"), ("|:A8-:|\n", "|:A8-"),
      ("|:A4-^B4|", "|:A4-"),
    ] { XCTAssertEqual(try taken(music), end, music) }
  }

  func testAFormThatIsAskedForIsKept() throws {
    let plan = try XCTUnwrap(FormPlan(parts: "AAB", bars: 2))
    XCTAssertEqual(try taken("|:C8|D8:|\nE8|F8|]\n", plan: plan), "|:C8|D8:|\nE8|F8|]\n$")
    XCTAssertEqual(try taken("|:G2|C8|D6:|\nG2|E8|F6|]\n", plan: plan), "|:G2|C8|D6:|\nG2|E8|F6|]\n$")
    XCTAssertEqual(try taken("|:C8|1 D8:|2 D8||\nE8|F8|]\n", plan: plan), "|:C8|1 D8:|2 D8||\nE8|F8|]\n$")
    for (music, end) in [
      ("C8|D8||\n", "C8"), ("|:C8|D8|E8:|\n", "|:C8|D8"), ("|:C8|D8:|\n|:E8|", "|:C8|D8:|\n"),
      ("|:C8|D8:|\nE8|F8||\n", "|:C8|D8:|\nE8|F8|"),
    ] { XCTAssertEqual(try taken(music, plan: plan), end, music) }
    XCTAssertFalse(try taken("|:C8|D8:|\n", plan: plan).hasSuffix("$"), "a strain is missing")
  }

  func testATuneOfAFormCanBeEndedFromAnywhere() throws {
    for (parts, bars, start) in [
      ("AABB", 8, ""), ("ABC", 6, ""), ("AABB", 8, "|:G2|C8|D8|E"), ("AAB", 4, "|:G2|C8|D8|E8|C6:|\nG"),
      ("AABBCC", 16, "|:C8|D8|"), ("ABC", 6, "G|C8|C8|C8|C8|C8|C7||\nG|C8"), ("AABB", 4, "C2|:C8|D8|"),
    ] {
      let plan = try XCTUnwrap(FormPlan(parts: parts, bars: bars))
      let constraint = try XCTUnwrap(TuneConstraint(plan: plan).taking(header + start), start)
      let ending = TuneCompletion.shortest(
        after: constraint, atMost: plan.charactersAtMost, isThorough: false)
      XCTAssertTrue(constraint.taking(try XCTUnwrap(ending, "\(parts) \(bars) \(start)"))?.mayEnd == true)
    }
  }

  func testATuneEndsOnTheNearestTonic() throws {
    let body = try XCTUnwrap(TuneConstraint().taking("X:1\nT:A\nM:4/4\nL:1/8\nK:Ador\n"))
    for (music, expected) in [
      ("C8|d4 B4|]\n", "C8|d4 A4|]\n"), ("C8|d4 G2 z2|]\n", "C8|d4 A2 z2|]\n"),
      ("C8|a4 d'4|]\n", "C8|a4 a4|]\n"),
      ("C8|D4 C,4|]\n", "C8|D4 A,,4|]\n"), ("|:C8|d4 e>e:|\n", "|:C8|d4 e>a:|\n"),
    ] { XCTAssertEqual(TonicEnding.applied(to: music, key: body.key), expected) }
    for music in ["C8|d4 A4|]\n", "C8|^A4 B4|]\n", "C8|B4-B4|]\n"] {
      XCTAssertNil(TonicEnding.applied(to: music, key: body.key), music)
    }
    XCTAssertNil(TonicEnding.applied(to: "C8|D8|]\n", key: nil))
  }

  func testFormsInLetters() {
    XCTAssertEqual(FormPlan(parts: "AABB", bars: nil)?.repeats, [true, true])
    XCTAssertEqual(FormPlan(parts: "aab", bars: 8)?.repeats, [true, false])
    XCTAssertEqual(FormPlan(parts: nil, bars: 8)?.bars, 8)
    for wrong in ["", "BA", "AAA", "ABA", "A1", "AC"] {
      XCTAssertNil(FormPlan(parts: wrong, bars: nil), wrong)
    }
    XCTAssertNil(FormPlan(parts: "A", bars: 1))
  }

  func testWhatAModelDrawsIsPlainerThanWhatAPersonMayAsk() throws {
    let start = try XCTUnwrap(TuneConstraint().taking("X:1\nT:A\nM:4/4\nL:1/8\nK:"))
    XCTAssertNotNil(start.taking("G clef=bass\n"))
    let key = try XCTUnwrap(start.taking("G"))
    XCTAssertTrue(key.mayTake("m", isDrawn: true))
    XCTAssertFalse(key.mayTake(" ", isDrawn: true))
    // Three bars are no strain that a model may write, four are.
    let body = try XCTUnwrap(start.taking("C\n|:C8|D8|E8"))
    XCTAssertTrue(body.mayTake(":"))
    XCTAssertFalse(body.mayTake(":", isDrawn: true))
    XCTAssertTrue(try XCTUnwrap(body.taking("|F8")).mayTake(":", isDrawn: true))
  }

  func testPairsInBrokenRhythmFillABeat() throws {
    let body = try XCTUnwrap(TuneConstraint().taking(header + "|:C8|D2"))
    XCTAssertTrue(try XCTUnwrap(body.taking("E")).mayTake(">", isDrawn: true))
    XCTAssertFalse(try XCTUnwrap(body.taking("CE")).mayTake(">", isDrawn: true))
    XCTAssertTrue(try XCTUnwrap(body.taking("CE")).mayTake(">"), "a person may")
    // A colon behind the first note of a line would make it look like a field.
    XCTAssertNil(TuneConstraint().taking(header + "|:C8|D8|\nE:"))
    XCTAssertNil(TuneConstraint().taking("X:1\nT::"))
  }

  func testAHornpipeIsCountedInFour() {
    XCTAssertNil(TuneConstraint().taking("X:1\nT:A\nR:hornpipe\nM:3/2\n"))
    XCTAssertNil(TuneConstraint().taking("X:1\nT:A\nM:C|\nR:hornpipe\n"))
    XCTAssertNotNil(TuneConstraint().taking("X:1\nT:A\nR:hornpipe\nM:4/4\n"))
    XCTAssertNotNil(TuneConstraint(joinsRhythmAndMeter: false).taking("X:1\nT:A\nR:hornpipe\nM:3/2\n"))
  }

  /// What the parser lets pass and abc2midi does not: found in ten thousand tunes.
  func testTiesAndTupletsAreAsEveryReaderTakesThem() {
    let header = "X:1\nT:A\nR:reel\nM:4/4\nL:1/8\nK:D\n"
    func may(_ music: String) -> Bool { TuneConstraint().taking(header + music) != nil }
    // A tie leads to the same note in the same octave, without another accidental.
    XCTAssertTrue(may("A4-A4|") && may("B,8-|B,4") && may("c'4-c'4|"))
    for music in ["A4-^A", "A4-=A", "c4-c'", "c'4-c4", "B,4-B4", "B4-B,", "A4-|=A"] {
      XCTAssertFalse(may(music), music)
    }
    // The notes of a tuplet have one length, an accidental between them or not.
    XCTAssertTrue(may("(3A/B/c/") && may("(3A/=B/^c/ d") && may("(3=AB^c d") && may("(3A B c d"))
    XCTAssertFalse(may("(3A/=Bc d"))
  }
}

extension TuneConstraint {
  fileprivate func mayTake(_ character: Unicode.Scalar, isDrawn: Bool = false) -> Bool {
    var copy = self
    return copy.canTake(character, isDrawn: isDrawn)
  }
}
