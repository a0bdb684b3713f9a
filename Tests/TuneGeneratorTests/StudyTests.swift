import CharacterModel
import Foundation
import XCTest

@testable import TuneGenerator

final class StudyTests: XCTestCase {
  private static let papers = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Benchmarks/paper/study.json")

  func testThePapersStudyHasItsSixRowsAsThePaperTrainsThem() throws {
    let study = try Study(json: [UInt8](Data(contentsOf: Self.papers)))
    XCTAssertEqual(study.rows.count, 6)
    XCTAssertGreaterThanOrEqual(study.seeds.count, 3)
    for row in study.rows {
      var expected = TrainingConfiguration.paper
      expected.architecture = row.configuration.architecture
      XCTAssertEqual(row.configuration, expected)
      XCTAssertEqual(row.configuration.architecture.embeddingSize, row.configuration.architecture.hiddenSize)
    }
    XCTAssertEqual(study.rows.map(\.configuration.architecture.hiddenSize), [150, 150, 200, 250, 150, 150])
    XCTAssertEqual(study.rows.map(\.configuration.architecture.dropout), [0.1, 0.1, 0.1, 0.1, 0.2, 0.3])
    XCTAssertEqual(
      study.rows.map(\.configuration.architecture.cell), [.lstm, .rnn, .lstm, .lstm, .lstm, .lstm])
    XCTAssertEqual(study.rows.map(\.publishedValidation), [1.591, 1.891, 1.842, 1.485, 1.469, 1.488])
  }

  func testWhatIsWrongWithAStudyIsSaid() {
    let row = #"{"name":"a","title":"A","config":{}}"#
    for (json, words) in [
      ("[", "line 1"), ("{}", "title"), (#"{"title":"t","rows":3}"#, "rows"),
      (#"{"title":"t","rows":[{"name":"../x","title":"A","config":{}}],"seeds":[1]}"#, "letters"),
      (#"{"title":"t","rows":[{"name":"a","title":"A"}],"seeds":[1]}"#, "config"),
      (
        #"{"title":"t","rows":[{"name":"a","title":"A","config":{"hidden_size":0}}],"seeds":[1]}"#,
        "hidden_size"
      ),
      (#"{"title":"t","rows":[\#(row),\#(row)],"seeds":[1]}"#, "one name"),
      (#"{"title":"t","rows":[\#(row)],"seeds":[1.5]}"#, "whole numbers"),
      (#"{"title":"t","rows":[\#(row)],"seeds":[]}"#, "needs"),
      (#"{"title":"t","rows":[\#(row)],"seeds":[1],"heatmaps":["b"]}"#, "\"b\""),
      (
        #"{"title":"t","rows":[\#(row)],"seeds":[1],"claims":[{"text":"x","better":"a","worse":"c"}]}"#,
        "\"c\""
      ),
      (#"{"title":"t","rows":[\#(row)],"seeds":[1],"claims":[{"text":"x"}]}"#, "claims[0].better"),
      (#"{"title":"t","rows":[\#(row)],"seeds":[1],"temperatures":[0]}"#, "above 0"),
    ] {
      XCTAssertThrowsError(try Study(json: Array(json.utf8)), json) {
        XCTAssertTrue("\($0)".contains(words), "\($0)")
      }
    }
  }

  func testTheErrorOfAMean() {
    XCTAssertEqual(Estimate([2, 4]), Estimate(mean: 3, standardError: 1))
    XCTAssertNil(Estimate([2]).standardError)
  }

  /// The ratio's error against that of many redrawn samples.
  func testTheErrorOverTunesOfDifferentLengthsIsThatOfRedrawnTunes() {
    var random = RandomSource(seed: 1)
    let tunes = (0..<80).map { _ -> (Double, Int) in
      let characters = 50 + random.nextIndex(below: 400)
      return (Double(characters) * (1.5 + 0.3 * random.nextNormal()), characters)
    }
    let estimate = Estimate(ratioOf: tunes.map(\.0), to: tunes.map(\.1))
    let redrawn = (0..<4_000).map { _ -> Double in
      let sample = tunes.map { _ in tunes[random.nextIndex(below: tunes.count)] }
      return sample.reduce(0) { $0 + $1.0 } / Double(sample.reduce(0) { $0 + $1.1 })
    }
    let mean = redrawn.reduce(0, +) / 4_000
    let deviation = (redrawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4_000).squareRoot()
    XCTAssertEqual(estimate.mean, mean, accuracy: 0.01)
    XCTAssertEqual(try XCTUnwrap(estimate.standardError), deviation, accuracy: 0.1 * deviation)
  }

  func testAVerdictNeedsTwoErrors() {
    let characters = [100, 100, 100, 100]
    func runs(_ losses: [[Double]]) -> [Evaluation] {
      losses.map { Evaluation(natsOfTunes: $0, characters: 400) }
    }
    let base = [150.0, 120, 180, 160]
    let better = runs([base, base.map { $0 + 1 }])
    func verdict(_ shift: Double) -> Comparison.Verdict {
      let worse = runs([base.map { $0 + shift }, base.map { $0 + shift + 1 }])
      return Comparison(better: better, worse: worse, characters: characters).verdict
    }
    // The tunes move together, so only the seeds' half a hundredth counts, twice.
    XCTAssertEqual(verdict(3), .holds)
    XCTAssertEqual(verdict(-3), .fails)
    XCTAssertEqual(verdict(1), .open)
    XCTAssertEqual(
      Comparison(better: better, worse: runs([base.map { $0 + 3 }]), characters: characters).difference,
      0.025,
      accuracy: 1e-12)
  }
}
