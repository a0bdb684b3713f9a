import ABCNotation
import CharacterModel
import XCTest

@testable import TuneGenerator

final class NoveltyTests: XCTestCase {
  private func score(_ music: String, key: String = "C", title: String = "A") throws -> Score {
    let text = "X:1\nT:\(title)\nM:4/4\nL:1/8\nK:\(key)\n\(music)\n"
    return try XCTUnwrap(Tunebook(parsing: SourceText(name: "tune", text: text)).tunes.first?.score)
  }

  private let learnt = "CDEF GABc|cBAG FEDC|EGEC DFDB,|C8|]"

  func testACopyInAnotherKeyIsFound() throws {
    let index = NoveltyIndex([
      try score("C8|E8|G8|c8|]", title: "Other"), try score(learnt, title: "Learnt"),
    ])
    let copy = try XCTUnwrap(index.finding(on: try score("DEFG ABcd|dcBA GFED|FAFD EGEC|D8|]", key: "D")))
    XCTAssertEqual(copy.longestRun, 25)
    XCTAssertEqual(copy.longestRunTitle, "Learnt")
    XCTAssertEqual(copy.copiedBars, 4)
    XCTAssertEqual(copy.nearestTitle, "Learnt")
    XCTAssertEqual(copy.nearestDistance, 0)
    // Two of its bars, in another place and key, among others; the rhythm of the last differs.
    let part = try XCTUnwrap(
      index.finding(on: try score("B4 d4|d4 B4|AGFE DCB,A,|CECA, B,DB,G,|A,4 A,4|]", key: "Am")))
    XCTAssertEqual(part.copiedBars, 0, "the steps differ in size")
    let shifted = try XCTUnwrap(index.finding(on: try score("B4 d4|GFED CB,A,G,|A8|A8|]", key: "C")))
    XCTAssertLessThan(shifted.copiedBars, 2)
    XCTAssertEqual(index.copiedBars(in: try score("A8|DEFG ABcd|dcBA GFED|A8|]", key: "D")), 2)
  }

  func testTheDistanceIsThatOfThePlainAlgorithm() {
    var random = RandomSource(seed: 1)
    for _ in 0..<300 {
      let (left, right) = (melody(&random), melody(&random))
      let expected = Self.distance(left, right)
      let pattern = EditDistance(left)
      XCTAssertEqual(pattern.distance(to: right, below: .max / 2), expected)
      XCTAssertEqual(pattern.distance(to: right, below: expected + 1), expected)
      XCTAssertEqual(pattern.distance(to: right, below: max(expected, 1)), min(expected, max(expected, 1)))
    }
  }

  private func melody(_ random: inout RandomSource) -> [Int8] {
    (0..<Int.random(in: 0...150, using: &random)).map { _ in Int8.random(in: -2...2, using: &random) }
  }

  /// Wagner and Fischer 1974.
  private static func distance(_ left: [Int8], _ right: [Int8]) -> Int {
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in right.enumerated() {
        let cost = min(row[j] + 1, row[j + 1] + 1, diagonal + (a == b ? 0 : 1))
        diagonal = row[j + 1]
        row[j + 1] = cost
      }
    }
    return row[right.count]
  }

  func testDivergences() {
    XCTAssertEqual(MelodyHistograms.divergence([0: 3, 1: 1], [0: 6, 1: 2]), 0, accuracy: 1e-12)
    XCTAssertEqual(MelodyHistograms.divergence([0: 3], [1: 5]), 1, accuracy: 1e-12)
    // H(1/2, 1/4, 1/4) less the mean of H(1/2, 1/2) twice: 1.5 - 1.
    XCTAssertEqual(MelodyHistograms.divergence([0: 1, 1: 1], [0: 1, 2: 1]), 0.5, accuracy: 1e-12)
  }

  func testASetIsHeldAgainstWhatWasLearnt() throws {
    let scores = [try score(learnt, title: "Learnt"), try score("C8|E8|G8|c8|]", title: "Other")]
    let training = LearntTunes(scores)
    let report = TuneSetReport(scores, beside: training)
    XCTAssertEqual(report.novelty?.nearestDistance.median, 0)
    XCTAssertEqual(report.divergences?.interval ?? 1, 0, accuracy: 1e-12)
    XCTAssertEqual(report.structure.endsOnTonic.count, 2)
    XCTAssertEqual(report.structure.forms, ["A": 2])
    XCTAssertGreaterThan(training.halves.duration, 0.1)
    XCTAssertNil(TuneSetReport(scores, beside: nil).novelty)
  }
}
