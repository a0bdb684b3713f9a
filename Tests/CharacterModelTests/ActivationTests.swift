import XCTest

@testable import CharacterModel

/// What units say to a text, and what they follow.
final class ActivationTests: XCTestCase {
  private let architecture = ModelArchitecture(cell: .lstm, layers: 2, embeddingSize: 5, hiddenSize: 7)

  private func model() throws -> RecurrentModel {
    RecurrentModel(vocabulary: try letters(9), architecture: architecture, seed: 1)
  }

  func testATraceIsWhatAStepperSays() throws {
    let model = try model()
    var random = RandomSource(seed: 2)
    let texts = [4, 11, 0, 11, 1].map { random.characters($0, below: 9) }
    let traces = model.traces(texts)
    XCTAssertEqual(traces.map(\.positions), [4, 11, 0, 11, 1])
    for (text, trace) in zip(texts, traces) {
      let stepper = Stepper(model)
      var state = RecurrentState(of: model)
      for (position, character) in text.enumerated() {
        _ = stepper.step(character, &state)
        for layer in 0..<2 {
          let expected = state.activations(layer: layer, of: model)
          for unit in 0..<7 {
            XCTAssertEqual(trace.activations(layer: layer, unit: unit)[position], expected[unit])
          }
        }
      }
    }
    XCTAssertEqual(model.traces([]).count, 0)
  }

  func testCorrelationsArePearsons() throws {
    let model = try model()
    var random = RandomSource(seed: 3)
    let texts = (0..<6).map { random.characters(10 + $0, below: 9) }
    var correlations = UnitCorrelations(layers: 2, units: 7, features: 2)
    var (values, features) = (
      [[[Double]]](repeating: [[Double]](repeating: [], count: 7), count: 2), [[Double]]()
    )
    features = [[], []]
    for (text, trace) in zip(texts, model.traces(texts)) {
      // The second means something at every third character only.
      let first = text.map { $0 > 4 ? 1.0 : 0 }
      let second = text.indices.map { $0 % 3 == 0 ? Double($0) : .nan }
      correlations.add(trace, features: [first, second])
      features[0] += first
      features[1] += second
      for layer in 0..<2 {
        for unit in 0..<7 {
          values[layer][unit] += trace.activations(layer: layer, unit: unit).map(Double.init)
        }
      }
    }
    XCTAssertEqual(correlations.positions(feature: 0), 75)
    XCTAssertEqual(correlations.positions(feature: 1), features[1].count { !$0.isNaN })
    for feature in 0..<2 {
      var expected: [Double] = []
      for layer in 0..<2 {
        for unit in 0..<7 {
          let pairs = zip(values[layer][unit], features[feature]).filter { !$1.isNaN }
          expected.append(Self.pearson(pairs.map { $0.0 }, pairs.map { $0.1 }))
          XCTAssertEqual(
            correlations.correlation(layer: layer, unit: unit, feature: feature), expected[layer * 7 + unit],
            accuracy: 1e-9)
        }
      }
      let ranking = correlations.ranking(feature: feature, count: 14).map { abs($0.correlation) }
      for (found, wanted) in zip(ranking, expected.map(abs).sorted(by: >)) {
        XCTAssertEqual(found, wanted, accuracy: 1e-9)
      }
    }
  }

  func testAFeatureThatNeverChangesCorrelatesWithNothing() throws {
    let model = try model()
    var correlations = UnitCorrelations(layers: 2, units: 7, features: 2)
    correlations.add(model.trace([1, 2, 3, 4]), features: [[1, 1, 1, 1], [.nan, .nan, .nan, .nan]])
    for feature in 0..<2 {
      XCTAssertTrue(correlations.ranking(feature: feature, count: 14).allSatisfy { $0.correlation == 0 })
    }
  }

  private static func pearson(_ x: [Double], _ y: [Double]) -> Double {
    let (n, sx, sy) = (Double(x.count), x.reduce(0, +), y.reduce(0, +))
    let (mx, my) = (sx / n, sy / n)
    let xy = zip(x, y).reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) }
    let (xx, yy) = (x.reduce(0) { $0 + ($1 - mx) * ($1 - mx) }, y.reduce(0) { $0 + ($1 - my) * ($1 - my) })
    return xy / (xx * yy).squareRoot()
  }

  func testSlicesAreMeasuredFromZeroStates() throws {
    let model = try model()
    var random = RandomSource(seed: 5)
    // Slices of eight characters: a tune of 18 is too short, one of 19 is long enough.
    let tunes = [18, 19, 40].map { random.characters($0, below: 9) }
    let result = model.evaluateSlices(tunes, sliceSize: 8, slicesPerTune: 200, seed: 1)
    XCTAssertEqual(result.meansOfTunes.count, 2)
    for (tune, mean) in zip(tunes.dropFirst(), result.meansOfTunes) {
      let all = (0...tune.count - 8).map { Array(tune[$0..<$0 + 8]) }
      let expected = model.evaluate(all).natsPerCharacter
      XCTAssertEqual(mean, expected, accuracy: 0.02, "the mean of many slices is that of all")
    }
    XCTAssertEqual(result.paperLoss, result.natsPerCharacter * 7 / 8, accuracy: 1e-12)
    let (a, b) = (result.meansOfTunes[0], result.meansOfTunes[1])
    XCTAssertEqual(
      result.standardError, abs(a - b) / 2, accuracy: 1e-12, "of two numbers, half their difference")
    XCTAssertEqual(result, model.evaluateSlices(tunes, sliceSize: 8, slicesPerTune: 200, seed: 1, threads: 1))
    XCTAssertNotEqual(result, model.evaluateSlices(tunes, sliceSize: 8, slicesPerTune: 200, seed: 2))
  }
}
