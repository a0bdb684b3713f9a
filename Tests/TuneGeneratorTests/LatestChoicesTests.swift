import CharacterModel
import XCTest

@testable import TuneGenerator

final class LatestChoicesTests: XCTestCase {
  /// Always the likeliest, so that what is drawn is known.
  private var sampler = Sampler(options: SamplingOptions(temperature: 0), seed: 1)

  private func begin(_ choices: inout LatestChoices, _ logits: [Float], length: Int) {
    choices.predictions(are: logits.span)
    XCTAssertEqual(choices.predictions, logits)
    choices.begin(length: length)
  }

  private func draw(_ choices: inout LatestChoices, _ weights: inout SamplingWeights) -> Int? {
    choices.draw(&weights, &sampler)
  }

  func testWhatWasDrawnDoesNotComeAgainWhereSomebodyGoesBack() {
    // More than 64 characters: the bits of a row are more than one word.
    let width = 70
    var weights = SamplingWeights()
    var choices = LatestChoices(memory: 4, width: width)
    XCTAssertNil(choices.length)
    let equal = [Float](repeating: 0, count: width)
    sampler.options.temperature = 1
    begin(&choices, equal, length: 7)
    choices.weigh(&weights, sampler.options)
    var drawn: Set<Int> = []
    for _ in 0..<3 { drawn.insert(draw(&choices, &weights) ?? -1) }
    XCTAssertEqual(drawn.count, 3)
    begin(&choices, equal, length: 8)
    choices.weigh(&weights, sampler.options)
    for _ in 0..<width { XCTAssertNotNil(draw(&choices, &weights)) }
    XCTAssertNil(draw(&choices, &weights), "all have been drawn")
    choices.removeLast()
    XCTAssertEqual(choices.length, 7)
    choices.weigh(&weights, sampler.options)
    XCTAssertEqual(weights.values.indices.filter { weights.values[$0] == 0 }, drawn.sorted())
    for _ in 0..<width - 3 { drawn.insert(draw(&choices, &weights) ?? -1) }
    XCTAssertEqual(drawn, Set(0..<width))
    XCTAssertNil(draw(&choices, &weights))
  }

  func testOnlyTheLatestAreRemembered() {
    var weights = SamplingWeights()
    var choices = LatestChoices(memory: 3, width: 5)
    for length in 0..<20 {
      begin(&choices, (0..<5).map { $0 == length % 5 ? 1 : 0 }, length: length)
      choices.weigh(&weights, sampler.options)
      XCTAssertEqual(draw(&choices, &weights), length % 5)
    }
    for length in [19, 18, 17] {
      XCTAssertEqual(choices.length, length)
      choices.weigh(&weights, SamplingOptions())
      XCTAssertEqual(weights.values.firstIndex(of: 0), length % 5)
      choices.removeLast()
    }
    XCTAssertNil(choices.length)
    XCTAssertNil(draw(&choices, &weights))
    choices.removeLast()
    XCTAssertNil(choices.length)
    begin(&choices, [0, 0, 0, 1, 0], length: 30)
    choices.removeAll()
    XCTAssertNil(choices.length)
  }

  func testWithoutNewPredictionsTheLatestHold() {
    var weights = SamplingWeights()
    var choices = LatestChoices(memory: 3, width: 3)
    begin(&choices, [0, 1, 0], length: 1)
    XCTAssertEqual(choices.predictions, [0, 1, 0])
    choices.begin(length: 2)
    choices.weigh(&weights, sampler.options)
    XCTAssertEqual(weights.values, [0, 1, 0])
  }

  /// Memory that is used again holds nothing of what was there.
  func testWeightsDoNotDependOnThoseBefore() {
    var weights = SamplingWeights()
    let cases: [([Float], SamplingOptions)] = [
      ([1, 2, 3, 4], SamplingOptions(topK: 2)), ([.nan, .nan], SamplingOptions()),
      ([0.5, -200, .nan], SamplingOptions()),
      ([3, 3, 1], SamplingOptions(temperature: 0)), ([1, 2], SamplingOptions(topP: 0.5)),
      ([], SamplingOptions()),
      ([5, 4, 3, 2, 1], SamplingOptions(temperature: 0.01)),
    ]
    for (logits, options) in cases {
      weights.set(to: logits.span, options: options)
      XCTAssertEqual(weights.values, Sampler(options: options, seed: 1).probabilities(of: logits) ?? [])
      if !weights.values.isEmpty { weights.remove(0) }
    }
  }
}
