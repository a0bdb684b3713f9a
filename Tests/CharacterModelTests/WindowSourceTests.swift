import XCTest

@testable import CharacterModel

final class WindowSourceTests: XCTestCase {
  /// Tunes whose characters are all different, so that each tells where it comes from.
  private func tunes(lengths: [Int]) -> [[Int32]] {
    var next: Int32 = 0
    return lengths.map { length in
      defer { next += Int32(length) }
      return Array(next..<next + Int32(length))
    }
  }

  private func configuration(
    _ recipe: TrainingConfiguration.Recipe, sequenceSize: Int, batchSize: Int
  ) -> TrainingConfiguration {
    var configuration = TrainingConfiguration.paper
    configuration.recipe = recipe
    configuration.sequenceSize = sequenceSize
    configuration.batchSize = batchSize
    return configuration
  }

  func testAnEpochTakesOneSliceOfEachLongTune() throws {
    let tunes = tunes(lengths: [20, 41, 50, 40, 60, 44, 90, 43])
    for (batchSize, order) in [
      (1, TrainingConfiguration.TuneOrder.random), (4, .random), (1, .file), (4, .file),
    ] {
      var configuration = configuration(.slices, sequenceSize: 30, batchSize: batchSize)
      configuration.tuneOrder = order
      var source = try TuneSlices(tunes: tunes, configuration: configuration)
      var random = RandomSource(seed: 1)
      XCTAssertEqual(source.updatesPerEpoch, batchSize == 1 ? 6 : 2)
      var orders: Set<[Int]> = []
      for _ in 0..<5 {
        var visited: [Int] = []
        for _ in 0..<source.updatesPerEpoch {
          let window = source.next(from: tunes, using: &random)
          XCTAssertEqual(window.steps, 29)
          XCTAssertEqual(window.starts[0], Array(0..<batchSize))
          XCTAssertTrue(window.starts[1...].allSatisfy(\.isEmpty))
          for lane in 0..<batchSize where window.targets[lane] >= 0 {
            let inputs = (0..<29).map { window.inputs[$0 * batchSize + lane] }
            let targets = (0..<29).map { window.targets[$0 * batchSize + lane] }
            XCTAssertEqual(inputs, Array(inputs[0]..<inputs[0] + 29))
            XCTAssertEqual(targets, inputs.map { $0 + 1 })
            let tune = try XCTUnwrap(tunes.firstIndex { $0.contains(inputs[0]) })
            XCTAssertTrue(tunes[tune].contains(targets[28]))
            visited.append(tune)
          }
        }
        XCTAssertEqual(visited.sorted(), [1, 2, 4, 5, 6, 7])
        orders.insert(visited)
      }
      if order == .file {
        XCTAssertEqual(orders, [[1, 2, 4, 5, 6, 7]])
      } else {
        XCTAssertGreaterThan(orders.count, 1)
      }
    }
  }

  func testSlicesStartAnywhereATuneHasRoom() throws {
    let tunes = tunes(lengths: [41])
    var source = try TuneSlices(
      tunes: tunes, configuration: configuration(.slices, sequenceSize: 30, batchSize: 1))
    var random = RandomSource(seed: 1)
    let starts = Set((0..<500).map { _ in source.next(from: tunes, using: &random).inputs[0] })
    XCTAssertEqual(starts, Set(0...11))
  }

  func testStreamsReadEachTuneOnceInOrderAcrossWindows() throws {
    let tunes = tunes(lengths: [7, 2, 30, 1, 11, 3, 19])
    var source = try TuneStreams(
      tunes: tunes, configuration: configuration(.streams, sequenceSize: 5, batchSize: 3))
    XCTAssertEqual(source.predictionsPerEpoch, 66)
    XCTAssertEqual(source.updatesPerEpoch, 5)
    var random = RandomSource(seed: 1)
    var read = [[[Int32]]](repeating: [], count: 3)
    for _ in 0..<44 {
      let window = source.next(from: tunes, using: &random)
      XCTAssertEqual(window.predictions, 15)
      for step in 0..<5 {
        for lane in 0..<3 {
          let input = window.inputs[step * 3 + lane]
          XCTAssertEqual(window.targets[step * 3 + lane], input + 1)
          if window.starts[step].contains(lane) {
            read[lane].append([input])
          } else {
            read[lane][read[lane].count - 1].append(input)
          }
        }
      }
    }
    let complete = read.flatMap { $0.dropLast() }
    for tune in complete { XCTAssertTrue(tunes.contains { $0.dropLast() == tune[...] }, "\(tune)") }
    // Ten epochs' worth of characters: every tune about ten times, those under way aside.
    for tune in tunes where tune.count >= 2 {
      let count = complete.count { $0 == Array(tune.dropLast()) }
      XCTAssertTrue((8...11).contains(count), "\(count)")
    }
  }

  func testStreamsReadOtherFormsAsOftenAsAsked() throws {
    let texts = tunes(lengths: [5, 6, 5, 5, 6])
    let corpus = TrainingCorpus(tunes: Array(texts[..<3]), otherForms: [[texts[3]], [texts[4]], []])
    XCTAssertEqual(corpus.texts, texts)
    for share in [0, 0.25, 1] {
      var configuration = configuration(.streams, sequenceSize: 5, batchSize: 3)
      configuration.otherFormShare = share
      var source = try TuneStreams(
        tunes: corpus.tunes, otherForms: corpus.formRanges, configuration: configuration)
      XCTAssertEqual(source.predictionsPerEpoch, 13, "an epoch is as long as it is without")
      var random = RandomSource(seed: 4)
      var counts: [Int32: Int] = [:]
      for _ in 0..<4_000 {
        let window = source.next(from: texts, using: &random)
        for (step, lanes) in window.starts.enumerated() {
          for lane in lanes { counts[window.inputs[step * 3 + lane], default: 0] += 1 }
        }
      }
      let total = Double(counts.values.reduce(0, +))
      let firsts = texts.map { Double(counts[$0[0], default: 0]) / total * 3 }
      for (actual, expected) in zip(firsts, [1 - share, 1 - share, 1, share, share]) {
        XCTAssertEqual(actual, expected, accuracy: 0.03, "\(share)")
      }
    }
  }

  func testAShardSeesItsLanesOnly() {
    var window = LaneWindow(steps: 3, lanes: 5)
    window.inputs = Array(0..<15)
    window.targets = Array(100..<115)
    window.starts = [[0, 1, 2, 3, 4], [], [1, 3]]
    let part = window.lanes(1..<4)
    XCTAssertEqual(part.inputs, [1, 2, 3, 6, 7, 8, 11, 12, 13])
    XCTAssertEqual(part.targets, [101, 102, 103, 106, 107, 108, 111, 112, 113])
    XCTAssertEqual(part.starts, [[0, 1, 2], [], [0, 2]])
    var runs: [[Range<Int>]] = []
    for step in 0..<3 {
      var list: [Range<Int>] = []
      part.forEachCarriedRun(at: step) { list.append($0) }
      runs.append(list)
    }
    XCTAssertEqual(runs, [[], [0..<3], [1..<2]])
  }

  func testTheLossOfASliceIsDividedByItsLengthAndThatOfAStreamByItsPredictions() throws {
    let tunes = tunes(lengths: [41, 50, 60])
    var random = RandomSource(seed: 1)
    var slices = try WindowSource(
      tunes: tunes, configuration: configuration(.slices, sequenceSize: 30, batchSize: 2))
    XCTAssertEqual(slices.divisor(of: slices.next(from: tunes, using: &random)), 60, accuracy: 1e-9)
    // Three tunes, two lanes: the second window has one slice.
    XCTAssertEqual(slices.divisor(of: slices.next(from: tunes, using: &random)), 30, accuracy: 1e-9)
    var streams = try WindowSource(
      tunes: tunes, configuration: configuration(.streams, sequenceSize: 30, batchSize: 2))
    XCTAssertEqual(streams.divisor(of: streams.next(from: tunes, using: &random)), 60)
  }
}
