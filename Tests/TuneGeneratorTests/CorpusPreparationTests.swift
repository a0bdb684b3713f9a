import ABCNotation
import ABCToMIDI
import Foundation
import XCTest

@testable import TuneGenerator

/// What becomes of collections on their way to a training text.
final class CorpusPreparationTests: XCTestCase {
  private func source(_ text: String) -> SourceText { SourceText(name: "test", text: text) }

  private func body(_ music: String) throws -> String {
    let score = Tunebook(parsing: source("X:1\nT:Test\nM:4/4\nL:1/8\nK:C\n\(music)\n")).tunes[0].score
    return try NormalForm(score, title: "Test", rhythm: "reel").body
  }

  /// Every repeated strain is opened and closed, whoever left that out.
  func testStrains() throws {
    let expected = "|:C8|D8:|\n|:E8|F8:|\n"
    XCTAssertEqual(try body("C8|D8:|E8|F8:|"), expected)
    XCTAssertEqual(try body("C8|D8::E8|F8:|"), expected)
    XCTAssertEqual(try body("|:C8|D8:|\n|:E8|F8:|"), expected)
    XCTAssertEqual(try body("C8|D8|]\nE8|F8:|"), "|:C8|D8||\nE8|F8:|\n")
    XCTAssertEqual(
      try body("C8|1 D8:|2 E8||F8|1 G8:|2 A8|]"), "|:C8|1 D8:|2 E8||\n|:F8|1 G8:|2 A8|]\n")
  }

  func testPickups() throws {
    // The strain's last bar leaves room for it: it belongs to the repeat.
    XCTAssertEqual(try body("G2|:C8|D6:|"), "|:G2|C8|D6:|\n")
    XCTAssertEqual(try body("|:G2|C8|D6:|"), "|:G2|C8|D6:|\n")
    // The last bar is full: it is played once.
    XCTAssertEqual(try body("G2|:C8|D8:|"), "G2|:C8|D8:|\n")
    XCTAssertEqual(try body("|:C8|D6:|\nG2|:C8|D6:|"), "|:C8|D6:|\n|:G2|C8|D6:|\n")
  }

  /// What is opened anew sounds as it did, wherever no pickup moves into a repeat.
  func testNormalFormsSoundAlike() throws {
    for music in ["C8|D8:|E8|F8:|", "C8|1 D8:|2 E8||F8|1 G8:|2 A8|]", "G2|:C8|D8:|", "C8|D8|]\nE8|F8:|"] {
      let abc = "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\n\(music)\n"
      let normal = "X:1\nT:Test\nM:4/4\nL:1/8\nK:C\n\(try body(music))"
      let notes = try [abc, normal].map { text in
        try MIDIConverter(isMelodyOnly: true).performances(
          of: Tunebook(parsing: source(text)).tunes[0].score)[0]
          .notes.map { [$0.onset, $0.duration, Fraction($0.pitch)] }
      }
      XCTAssertEqual(notes[0], notes[1], music)
    }
  }

  private let melody = "G2BG d2BG|A2cA e2cA|G2Bd g2fg|a2fd cAFA|\nB2GB d2gd|e2ce a2ec|dBGB cAFA|G2B2 G4:|"

  private func tune(_ title: String, key: String = "G", _ music: String) -> String {
    "X:1\nT:\(title)\nR:reel\nM:4/4\nL:1/8\nK:\(key)\n\(music)\n\n"
  }

  func testMendsFirst() {
    var preparation = CorpusPreparation()
    preparation.add(
      source(tune("Mended Tune", melody.replacingOccurrences(of: "|\nB2", with: "\nB2"))),
      book: .unlisted(path: ""))
    XCTAssertEqual(preparation.entries.count, 1, "\(preparation.leftOut)")
    XCTAssertEqual(preparation.mended, [.missingBarLine: 1])
  }

  func testSaysWhatItLeftOutByRule() {
    var preparation = CorpusPreparation()
    for music in [melody.replacingOccurrences(of: "A2cA", with: "A2c"), melody, melody] {
      preparation.add(source(tune("Short", music)), book: .unlisted(path: ""))
    }
    XCTAssertEqual(preparation.tuneCount, 3)
    XCTAssertEqual(preparation.leftOut, ["ABC301 short-bar": 1, "the same melody again": 1])
  }

  func testKeepsFieldsThatAreAskedFor() {
    let text = tune("Fields", melody).replacingOccurrences(of: "R:reel", with: "C:Trad\nO:Ireland\nR:reel")
    var preparation = CorpusPreparation(keepingFields: ["C"])
    preparation.add(source(text), book: .unlisted(path: ""))
    XCTAssertEqual(preparation.entries.first?.tune.abc().contains("T:Fields\nC:Trad\nR:reel\n"), true)
    XCTAssertEqual(preparation.entries.first?.tune.abc().contains("Ireland"), false)
  }

  func testKeepsMarksThatAreAskedFor() throws {
    let music = melody.replacingOccurrences(of: "|\nB2GB", with: "|\n\"G\"!trill!B2.GB").replacingOccurrences(
      of: "e2cA", with: "\"^slowly\"~e2cA")
    var preparation = CorpusPreparation(keepsMarks: true)
    preparation.add(source(tune("Marks", music)), book: .unlisted(path: ""))
    let tune = try XCTUnwrap(preparation.entries.first?.tune, "\(preparation.leftOut)")
    XCTAssertTrue(tune.body.contains("\"G\"!trill!B2.GB"), tune.body)
    XCTAssertTrue(tune.body.contains("\"^slowly\"~e2cA"), tune.body)
    XCTAssertEqual(Tunebook(parsing: source(tune.abc())).diagnostics, [])
    let inA = KeyAugmentation.transpositions(of: tune, keepsMarks: true).first { $0.key == "A" }
    XCTAssertEqual(inA?.body.contains("\"A\"!trill!c2.Ac"), true, inA?.body ?? "none")
  }

  /// Settings of one tune, in other keys, meters and with other notes in between, are one family; other tunes are not.
  func testFamilies() throws {
    var families = MelodyFamilies()
    let original = Tunebook(parsing: source(tune("One", melody))).tunes[0].score
    let inD = try Transposer(.key("D")).transpose(source(tune("Two", melody)))
    let varied = melody.replacingOccurrences(of: "d2BG", with: "dcBG").replacingOccurrences(
      of: "e2cA", with: "edcA")
    let halved = "X:1\nT:Half\nR:reel\nM:2/4\nL:1/16\nK:G\n\(melody)\n"
    let other = "E2GE B2GE|D2FD A2FD|E2GB e2de|BAFD E4|\ngfed BcdB|AFDF AFDF|gfed Bdef|gedB e4:|"
    families.add(original)
    families.add(Tunebook(parsing: SourceText(name: "", bytes: inD)).tunes[0].score)
    families.add(Tunebook(parsing: source(tune("Three", varied))).tunes[0].score)
    families.add(Tunebook(parsing: source(halved)).tunes[0].score)
    families.add(Tunebook(parsing: source(tune("Other", key: "Em", other))).tunes[0].score, tuneID: "7")
    families.add(Tunebook(parsing: source(tune("Same", "C8|D8|E8|F8|]"))).tunes[0].score, tuneID: "7")
    XCTAssertEqual((0..<6).map(families.family(of:)), [0, 0, 0, 0, 4, 4])
  }

  /// No family is in two parts, nothing is lost, and the parts have the sizes that were asked for.
  func testSplit() throws {
    var preparation = CorpusPreparation()
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Corpus/starter.abc")
    preparation.add(
      SourceText(name: "starter.abc", bytes: Array(try Data(contentsOf: url))), book: .unlisted(path: ""))
    for index in 0..<12 {
      // Settings of one tune that are melodies of their own.
      let note = ["A", "B", "d", "e", "f", "g"][index % 6]
      let music = melody.replacingOccurrences(of: "A2cA", with: "A2\(note)A").replacingOccurrences(
        of: "B2GB", with: index < 6 ? "B2GB" : "B2GA")
      preparation.add(source(tune("Setting", music)), book: .unlisted(path: ""), tuneIDs: ["9"])
    }
    for seed in 1...5 {
      var random = SeededGenerator(seed: UInt64(seed))
      let parts = preparation.split(training: 0.8, validation: 0.1, using: &random)
      let all = [parts.training, parts.validation, parts.test]
      XCTAssertEqual(all.map(\.count).reduce(0, +), preparation.entries.count)
      XCTAssertEqual(Double(parts.validation.count), 0.1 * Double(preparation.entries.count), accuracy: 3)
      XCTAssertEqual(Double(parts.test.count), 0.1 * Double(preparation.entries.count), accuracy: 3)
      XCTAssertEqual(all.filter { $0.contains { $0.tune.title == "Setting" } }.count, 1)
    }
  }

  func testOtherKeys() throws {
    let score = Tunebook(parsing: source(tune("One", melody))).tunes[0].score
    let normal = try NormalForm(score, title: "One", rhythm: "reel")
    let others = KeyAugmentation.transpositions(of: normal)
    XCTAssertEqual(Set(others.map(\.key)), ["C", "D", "F", "A", "Bb", "Eb", "E"])
    for other in others {
      XCTAssertEqual(Tunebook(parsing: source(other.abc())).diagnostics, [], other.key)
      XCTAssertEqual(other.body.filter { $0 == "|" }.count, normal.body.filter { $0 == "|" }.count)
    }
  }

  func testStatistics() throws {
    var statistics = CorpusStatistics()
    statistics.add(source(tune("One", melody) + tune("Two", key: "Ador", "C8|D7|E8|F8|]")))
    XCTAssertEqual(statistics.tunes, 2)
    XCTAssertEqual(statistics.cleanTunes, 1, "the second has a short bar, and the number of the first")
    XCTAssertEqual(statistics.rhythms, ["reel": 2])
    XCTAssertEqual(statistics.keys, ["G": 1, "Ador": 1])
    XCTAssertEqual(statistics.meters, ["4/4": 2])
    XCTAssertEqual(statistics.lengths.bars.maximum, 8)
    XCTAssertEqual(statistics.findings["ABC301 short-bar"], 1)
  }
}

private struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
