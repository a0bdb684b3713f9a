/// The windows of either recipe.
enum WindowSource: Sendable, Equatable {
  case slices(TuneSlices)
  case streams(TuneStreams)

  init(
    tunes: [[Int32]], otherForms: [Range<Int>] = [], configuration: TrainingConfiguration
  ) throws(CharacterModelError) {
    switch configuration.recipe {
    case .slices: self = .slices(try TuneSlices(tunes: tunes, configuration: configuration))
    case .streams:
      self = .streams(
        try TuneStreams(tunes: tunes, otherForms: otherForms, configuration: configuration))
    }
  }

  var updatesPerEpoch: Int {
    switch self {
    case .slices(let source): source.updatesPerEpoch
    case .streams(let source): source.updatesPerEpoch
    }
  }

  mutating func next(from tunes: [[Int32]], using random: inout RandomSource) -> LaneWindow {
    switch self {
    case .slices(var source):
      defer { self = .slices(source) }
      return source.next(from: tunes, using: &random)
    case .streams(var source):
      defer { self = .streams(source) }
      return source.next(from: tunes, using: &random)
    }
  }

  /// What the gradient's loss divides a window's sum of losses by. The paper divides the 29 losses of a slice
  /// by its 30 characters.
  func divisor(of window: LaneWindow) -> Double {
    let predictions = Double(window.predictions)
    switch self {
    case .slices(let source):
      return predictions * Double(source.sequenceSize) / Double(source.sequenceSize - 1)
    case .streams: return predictions
    }
  }
}
