/// The paper's training data: each epoch one random slice of each tune that is long enough.
struct TuneSlices: Sendable, Equatable {
  let sequenceSize: Int
  let lanes: Int
  let tuneOrder: TrainingConfiguration.TuneOrder
  /// Tunes that are long enough.
  let eligible: [Int]
  /// This epoch's order of the eligible tunes, and how many of them were visited.
  var order: [Int] = []
  var position = 0

  init(tunes: [[Int32]], configuration: TrainingConfiguration) throws(CharacterModelError) {
    sequenceSize = configuration.sequenceSize
    lanes = configuration.batchSize
    tuneOrder = configuration.tuneOrder
    eligible = tunes.indices.filter { tunes[$0].count > configuration.minimumSliceTuneLength }
    guard !eligible.isEmpty else {
      throw .noTrainableTunes(minimumLength: configuration.minimumSliceTuneLength)
    }
  }

  var updatesPerEpoch: Int { (eligible.count + lanes - 1) / lanes }

  /// The next window; the last of an epoch may leave lanes empty.
  mutating func next(from tunes: [[Int32]], using random: inout RandomSource) -> LaneWindow {
    if position >= order.count {
      order =
        switch tuneOrder {
        case .file: eligible
        case .random: random.permutation(of: eligible.count).map { eligible[$0] }
        }
      position = 0
    }
    var window = LaneWindow(steps: sequenceSize - 1, lanes: lanes)
    window.starts[0] = Array(0..<lanes)
    for (lane, index) in order[position..<min(position + lanes, order.count)].enumerated() {
      let tune = tunes[index]
      let start = random.nextIndex(below: tune.count - sequenceSize + 1)
      for step in 0..<window.steps {
        window.inputs[step * lanes + lane] = tune[start + step]
        window.targets[step * lanes + lane] = tune[start + step + 1]
      }
    }
    position = min(position + lanes, order.count)
    return window
  }
}
