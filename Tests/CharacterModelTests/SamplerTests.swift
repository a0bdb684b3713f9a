import XCTest

@testable import CharacterModel

final class SamplerTests: XCTestCase {
  private func counts(
    _ options: SamplingOptions, _ logits: [Float], draws: Int = 20_000,
    where isAllowed: ((Int) -> Bool)? = nil
  ) -> [Double] {
    var sampler = Sampler(options: options, seed: 7)
    var counts = [Double](repeating: 0, count: logits.count)
    for _ in 0..<draws {
      if let index = sampler.draw(from: logits, where: isAllowed) { counts[index] += 1 }
    }
    return counts
  }

  func testDrawsFollowTheSoftmaxAtTheTemperature() {
    let logits: [Float] = [0.3, -1.2, 2.0, 0.0, 1.1, -3.0]
    for temperature in [0.5, 1, 2] {
      let weights = logits.map { exp(Double($0) / temperature) }
      let total = weights.reduce(0, +)
      let statistic = zip(counts(SamplingOptions(temperature: temperature), logits), weights).reduce(0) {
        let expected = 20_000 * $1.1 / total
        return $0 + ($1.0 - expected) * ($1.0 - expected) / expected
      }
      // Chi-square with 5 degrees of freedom: 20.5 is the 0.999 quantile.
      XCTAssertLessThan(statistic, 20.5, "\(temperature)")
    }
  }

  func testTopKKeepsTheLikeliestAndTheirProportions() {
    let logits: [Float] = [log(4), log(1), log(3), log(2)]
    let found = counts(SamplingOptions(topK: 2), logits)
    XCTAssertEqual(found[1] + found[3], 0)
    XCTAssertEqual(found[0] / 20_000, 4.0 / 7, accuracy: 0.015)
  }

  func testTopPKeepsTheSmallestSetThatReachesIt() throws {
    let logits: [Float] = [log(0.4), log(0.1), log(0.3), log(0.2)]
    func kept(_ topP: Double, topK: Int? = nil) throws -> [Int] {
      let sampler = Sampler(options: SamplingOptions(topK: topK, topP: topP), seed: 1)
      let weights = try XCTUnwrap(sampler.probabilities(of: logits))
      return weights.indices.filter { weights[$0] > 0 }
    }
    XCTAssertEqual(try kept(0), [0])
    XCTAssertEqual(try kept(0.39), [0])
    XCTAssertEqual(try kept(0.41), [0, 2])
    XCTAssertEqual(try kept(0.69), [0, 2])
    XCTAssertEqual(try kept(0.71), [0, 2, 3])
    XCTAssertEqual(try kept(1), [0, 1, 2, 3])
    // Top-k first: of the two left, the first alone has 4/7.
    XCTAssertEqual(try kept(0.56, topK: 2), [0])
    XCTAssertEqual(try kept(0.58, topK: 2), [0, 2])
  }

  func testEqualLogitsAreCutByIndex() throws {
    let sampler = Sampler(options: SamplingOptions(topK: 2), seed: 1)
    XCTAssertEqual(sampler.probabilities(of: [1, 1, 1, 1]), [1, 1, 0, 0])
    XCTAssertEqual(
      Sampler(options: SamplingOptions(temperature: 0), seed: 1).probabilities(of: [0, 5, 5]), [0, 1, 0])
  }

  func testRefusedCharactersAreNeverDrawnAndTheRestKeepProportions() {
    let logits: [Float] = [9, log(3), log(1), 2]
    let found = counts(SamplingOptions(topK: 2), logits, where: { $0 == 1 || $0 == 2 })
    XCTAssertEqual(found[0] + found[3], 0)
    XCTAssertEqual(found[1] / 20_000, 0.75, accuracy: 0.015)
  }

  func testNothingAllowedDrawsNothing() {
    var sampler = Sampler(seed: 1)
    XCTAssertNil(sampler.draw(from: [1, 2], where: { _ in false }))
    XCTAssertNil(sampler.draw(from: []))
    XCTAssertNil(sampler.draw(from: [.nan]))
  }

  func testExtremeLogitsAndTemperaturesAreSafe() {
    XCTAssertEqual(counts(SamplingOptions(temperature: 0), [1, 3, 2], draws: 10), [0, 10, 0])
    XCTAssertEqual(counts(SamplingOptions(temperature: 1e-9), [1, 3, 2], draws: 10), [0, 10, 0])
    XCTAssertEqual(counts(SamplingOptions(), [-.infinity, 1e38, 0], draws: 10), [0, 10, 0])
  }

  func testTheSameSeedWritesTheSame() throws {
    let model = RecurrentModel(
      vocabulary: try letters(9), architecture: .init(cell: .lstm, embeddingSize: 8, hiddenSize: 16), seed: 2)
    func text(_ seed: UInt64) -> [Int32] {
      var sampler = Sampler(seed: seed)
      return model.generate(prime: [0], maximumLength: 50, sampler: &sampler, until: { _ in false })
    }
    XCTAssertEqual(text(1), text(1))
    XCTAssertNotEqual(text(1), text(2))
    XCTAssertEqual(text(1).count, 50)
    var sampler = Sampler(seed: 1)
    XCTAssertEqual(
      model.generate(prime: [0], maximumLength: 50, sampler: &sampler, until: { $0.count == 3 }),
      Array(text(1)[..<3]))
  }
}
