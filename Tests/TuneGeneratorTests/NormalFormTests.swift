import ABCNotation
import ABCToMIDI
import Foundation
import XCTest

@testable import TuneGenerator

final class NormalFormTests: XCTestCase {
  private func score(_ abc: String) -> Score {
    Tunebook(parsing: SourceText(name: "test", text: abc)).tunes[0].score
  }

  private func body(_ music: String, header: String = "M:4/4\nL:1/8\n", key: String = "C") throws -> String {
    let abc = "X:1\nT:Test\n\(header)K:\(key)\n\(music)\n"
    return try NormalForm(score(abc), title: "Test", rhythm: "reel").body
  }

  private static var starter: Tunebook {
    get throws { Tunebook(parsing: try starterText) }
  }

  private static var starterText: SourceText {
    get throws {
      let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Corpus/starter.abc")
      return SourceText(name: "starter.abc", bytes: Array(try Data(contentsOf: url)))
    }
  }

  func testLayout() throws {
    XCTAssertEqual(try body("C1D E F G A B c|c8|"), "CDEF GABc|c8|]\n")
    XCTAssertEqual(try body("\"Am\"{g}!trill!A2(B2 .c2)d2|"), "A2 B2 c2 d2|]\n")
    XCTAssertEqual(try body("C3/2D/2E/2F3/2 (3GABc4|c8|"), "C>DE<F (3GABc4|c8|]\n")
    XCTAssertEqual(try body("|: C8 | [1 D8 :| [2 E8 :|"), "|:C8|1 D8:|2 E8|]\n")
    XCTAssertEqual(try body("C8|D8|E8|F8|G8|A8|]"), "C8|D8|E8|F8|\nG8|A8|]\n")
    XCTAssertEqual(try body("^F4 F4|=f4 f4|", key: "G"), "F4 F4|=f4 f4|]\n")
    XCTAssertEqual(try body("C8-|C8|D4-E4|"), "C8-|C8|D4 E4|]\n")
  }

  func testObstacles() {
    let cases: [(String, NormalForm.Obstacle)] = [
      ("V:1\nC8|\nV:2\nE8|", .severalVoices), ("C8|[K:D]D8|", .changes), ("(5CDEFG C6|", .unusualLength),
      ("Z4|C8|", .unusualStructure), ("C,,,,8|", .unusualPitch),
    ]
    for (music, obstacle) in cases {
      XCTAssertThrowsError(try body(music), music) { XCTAssertEqual($0 as? NormalForm.Obstacle, obstacle) }
    }
  }

  /// The normal form says the same notes, is its own normal form, and has no finding.
  func testTheNormalFormPlaysTheSameAndIsItsOwn() throws {
    for tune in try Self.starter.tunes {
      let title = tune.score.title ?? ""
      let normal = try NormalForm(tune.score, title: title, rhythm: "reel")
      let again = Tunebook(parsing: SourceText(name: title, text: normal.abc()))
      XCTAssertEqual(again.diagnostics, [], title)
      XCTAssertEqual(
        try NormalForm(again.tunes[0].score, title: title, rhythm: "reel").abc(), normal.abc(), title)
      let notes = try MIDIConverter(isMelodyOnly: true).performances(of: tune.score)[0].notes
      let normalNotes = try MIDIConverter(isMelodyOnly: true).performances(of: again.tunes[0].score)[0].notes
      XCTAssertEqual(
        normalNotes.map { [$0.onset, $0.duration, Fraction($0.pitch)] },
        notes.map { [$0.onset, $0.duration, Fraction($0.pitch)] }, title)
    }
  }

  func testTheSameMelodyIsKnownUnderAnotherNameAndInAnotherKey() throws {
    let inG =
      "X:1\nT:One\nM:4/4\nL:1/8\nK:G\nG2BG d2BG|A2cA e2cA|G2BG d2BG|A2FA G4|B2dB g2dB|c2ec a2ec|G8|G8|]\n"
    let inD =
      "X:9\nT:Two\nM:4/4\nL:1/8\nK:D\nD2FD A2FD|E2GE B2GE|D2FD A2FD|E2CE D4|F2AF d2AF|G2BG e2BG|D8|D8|]\n"
    let other =
      "X:9\nT:Two\nM:4/4\nL:1/8\nK:D\nD2FD A2FD|E2GE B2GE|D2FD G2FD|E2CE D4|F2AF d2AF|G2BG e2BG|D8|D8|]\n"
    let fingerprint = MelodyFingerprint(score(inG))
    XCTAssertNotNil(fingerprint)
    XCTAssertEqual(fingerprint, MelodyFingerprint(score(inD)))
    XCTAssertNotEqual(fingerprint, MelodyFingerprint(score(other)))
  }

  func testAHornpipeIsWrittenInFourAndLaterEndingsAreNotRepeated() throws {
    let text = "X:1\nT:A\nM:C|\nL:1/8\nK:C\n|:C8|D8|1 E8:|2 F8:|\n|:G2||c8|d6:|\n"
    let normal = try NormalForm(score(text), title: "A", rhythm: "hornpipe")
    XCTAssertEqual(normal.meter, "4/4")
    XCTAssertEqual(try NormalForm(score(text), title: "A", rhythm: "reel").meter, "C|")
    XCTAssertEqual(normal.body, "|:C8|D8|1 E8:|2 F8||\n|:G2|c8|d6:|\n")
  }

  func testNotesTiedWithinABarAreOne() throws {
    XCTAssertEqual(try body("C2-C D4 E|F4-F4|G8-|G8|"), "C3 D4E|F8|G8-|G8|]\n")
    // Five eighths are no one note, and a chord symbol over the second keeps the two apart where symbols are kept.
    XCTAssertEqual(try body("C4-C D3|E8|"), "C4- CD3|E8|]\n")
    let marked = "X:1\nT:A\nM:4/4\nL:1/8\nK:C\n\"C\"C4-\"G\"C4|\n"
    XCTAssertEqual(
      try NormalForm(score(marked), title: "A", rhythm: "reel", keepsMarks: true).body, "\"C\"C4- \"G\"C4|]\n"
    )
  }

  /// Every pickup but the first becomes the end of the bar before it, and what is played stays the same.
  func testPickupsAreWrittenAsTheEndOfTheBarBefore() throws {
    let bars = "CDEF GABc|cBAG FEDC|EGEC DFDB,|"
    let cases = [
      // The same pickup to both strains, and the last time round none.
      ("|:G2|\(bars)C6:|\n|:G2|\(bars)E6:|", "G2|:\(bars)C6 G2:|\n|:\(bars)1 E6 G2:|2 E6|]\n"),
      // Another one to the second strain; strains that are not repeated.
      ("|:G2|\(bars)C6:|\n|:A2|\(bars)E6:|", "G2|:\(bars)1 C6 G2:|2 C6 A2||\n|:\(bars)1 E6 A2:|2 E6|]\n"),
      ("G2|\(bars)C6||\nA2|\(bars)E6|]", "G2|\(bars)C6 A2||\n\(bars)E6|]\n"),
      // A bar is full as it is: nothing to move. Endings that stand there already.
      ("|:\(bars)C8:|\n|:\(bars)E8:|", "|:\(bars)C8:|\n|:\(bars)E8:|\n"),
      (
        "|:G2|\(bars)1 C6:|2 D6||\n|:A2|\(bars)E6:|",
        "G2|:\(bars)1 C6 G2:|2 D6 A2||\n|:\(bars)1 E6 A2:|2 E6|]\n"
      ),
      // An accidental of the bar before holds for the pickup as well.
      ("|:G2|\(bars)^G6:|", "G2|:\(bars)1 ^G6 =G2:|2 ^G6|]\n"),
    ]
    for (music, expected) in cases {
      let text = "X:1\nT:Tune\nM:4/4\nL:1/8\nK:C\n\(music)\n"
      var normal = try NormalForm(score(text), title: "Tune", rhythm: "reel")
      let written = score(normal.abc())
      try normal.writeLeadIns(written)
      XCTAssertEqual(normal.body, expected)
      let again = Tunebook(parsing: SourceText(name: "again", text: normal.abc()))
      XCTAssertEqual(again.diagnostics, [])
      func notes(_ score: Score) throws -> [[Fraction]] {
        try MIDIConverter(isMelodyOnly: true).performances(of: score)[0].notes.map {
          [$0.onset, $0.duration, Fraction($0.pitch)]
        }
      }
      XCTAssertEqual(try notes(again.tunes[0].score), try notes(written), music)
    }
  }

  func testATuneWhoseStrainsDoNotAddUpIsLeftOut() throws {
    var preparation = CorpusPreparation()
    let bars = "CDEF GABc|cBAG FEDC|EGEC DFDB,|"
    let tunes = ["|:G2|\(bars)C6:|", "|:G2|\(bars)C8:|"].enumerated().map {
      "X:\($0 + 1)\nT:Tune\nR:reel\nM:4/4\nL:1/8\nK:C\n\($1)\n"
    }
    var book = CollectionList.Book.unlisted(path: "tunes")
    preparation.add(SourceText(name: "tunes", text: tunes.joined(separator: "\n")), book: book)
    XCTAssertEqual(preparation.entries.count, 1)
    XCTAssertEqual(preparation.leftOut, ["strains whose bars do not add up as they are played": 1])
    XCTAssertNil(preparation.entries.first?.tune.style)
    book = try JSONDecoder().decode(
      CollectionList.Book.self, from: Data(#"{"title": "Book", "path": "a", "style": "Ryan's"}"#.utf8))
    var styled = CorpusPreparation()
    styled.add(SourceText(name: "tunes", text: tunes[0]), book: book)
    XCTAssertTrue(
      try XCTUnwrap(styled.entries.first?.tune.abc()).hasPrefix(
        "X:1\nT:Tune\nN:Ryan's style\nR:reel\nB:Book, no. 1\nM:4/4\n"))
  }

  func testPreparationKeepsEachMelodyOnceAndSaysWhatItLeftOut() throws {
    var preparation = CorpusPreparation()
    let starter = try Self.starterText
    preparation.add(starter, book: .unlisted(path: "starter"))
    let kept = preparation.entries.count
    XCTAssertGreaterThan(kept, 190)
    preparation.add(starter, book: .unlisted(path: "starter"))
    XCTAssertEqual(preparation.entries.count, kept)
    XCTAssertEqual(preparation.leftOut.values.reduce(0, +) + kept, 2 * (try Self.starter.tunes.count))
  }

  func testTitles() {
    let cases = [
      "THE ACROBAT'S -- HORNPIPE": "The Acrobat's", "Night Cap, The": "The Night Cap",
      "The White Cockade.": "The White Cockade", "\"Sally Growler\"": "Sally Growler",
      "Fly-By-Night (Lancashire)": "Fly-By-Night", "Harrison's Celebrat:ed": "Harrison's Celebrated",
      "What Ails You?": "What Ails You?", "Quick Step 42d. Regt": "Quick Step 42d. Regt",
    ]
    for (title, expected) in cases { XCTAssertEqual(CorpusPreparation.cleanTitle(title), expected) }
    XCTAssertNil(CorpusPreparation.cleanTitle("N...... In De Wood Pile"))
    XCTAssertNil(CorpusPreparation.cleanTitle("12"))
  }
}
