/// Whole tunes read lane by lane: a lane that ends a tune goes on with the next of a shuffled order, which is
/// drawn anew when it runs out, so every lane is always full. A tune that has other forms is now and then read in one
/// of them.
struct TuneStreams: Sendable, Equatable {
  /// Where a lane is: the next character to read.
  struct Lane: Sendable, Equatable {
    var tune: Int
    var position: Int
  }

  let steps: Int
  /// Tunes with something to predict.
  let eligible: [Int]
  /// For each tune where its other forms stand among the texts; empty where there are none.
  private let otherForms: [Range<Int>]
  /// How often a tune is read in another form.
  private let otherFormShare: Double
  let predictionsPerEpoch: Int
  var order: [Int] = []
  var position = 0
  /// Nil until a lane's first window.
  var lanes: [Lane?]

  init(
    tunes: [[Int32]], otherForms: [Range<Int>] = [], configuration: TrainingConfiguration
  ) throws(CharacterModelError) {
    self.otherForms = otherForms
    otherFormShare = configuration.otherFormShare
    steps = configuration.sequenceSize
    eligible = tunes.indices.filter { tunes[$0].count >= 2 }
    guard !eligible.isEmpty else { throw .noTrainableTunes(minimumLength: 1) }
    predictionsPerEpoch = eligible.reduce(0) { $0 + tunes[$1].count - 1 }
    lanes = [Lane?](repeating: nil, count: configuration.batchSize)
  }

  var updatesPerEpoch: Int {
    let window = steps * lanes.count
    return (predictionsPerEpoch + window - 1) / window
  }

  mutating func next(from tunes: [[Int32]], using random: inout RandomSource) -> LaneWindow {
    var window = LaneWindow(steps: steps, lanes: lanes.count)
    for step in 0..<steps {
      for index in lanes.indices {
        var lane = lanes[index] ?? Lane(tune: takeTune(using: &random), position: 0)
        if lane.position == 0 { window.starts[step].append(index) }
        let tune = tunes[lane.tune]
        window.inputs[step * lanes.count + index] = tune[lane.position]
        window.targets[step * lanes.count + index] = tune[lane.position + 1]
        lane.position += 1
        lanes[index] = lane.position + 1 < tune.count ? lane : nil
      }
    }
    return window
  }

  private mutating func takeTune(using random: inout RandomSource) -> Int {
    if position == order.count {
      order = random.permutation(of: eligible.count).map { eligible[$0] }
      position = 0
    }
    position += 1
    let tune = order[position - 1]
    guard !otherForms.isEmpty, !otherForms[tune].isEmpty, random.nextUnit() < otherFormShare else {
      return tune
    }
    return otherForms[tune].lowerBound + random.nextIndex(below: otherForms[tune].count)
  }
}
