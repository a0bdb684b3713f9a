/// What some lanes read and predict during a window of steps. A lane is one row of a batch: a text that runs
/// on from window to window, or a single slice.
struct LaneWindow: Sendable {
  let steps: Int
  let lanes: Int
  /// The character read at step t by lane b, at index t · lanes + b.
  var inputs: [Int32]
  /// The character to predict there, or -1 where nothing is.
  var targets: [Int32]
  /// For each step the lanes, ascending, that start a text there: their state before it is 0.
  var starts: [[Int]]

  init(steps: Int, lanes: Int) {
    self.steps = steps
    self.lanes = lanes
    inputs = [Int32](repeating: 0, count: steps * lanes)
    targets = [Int32](repeating: -1, count: steps * lanes)
    starts = [[Int]](repeating: [], count: steps)
  }

  /// The number of predictions.
  var predictions: Int { targets.count { $0 >= 0 } }

  /// The part that the lanes of `range` see.
  func lanes(_ range: Range<Int>) -> LaneWindow {
    if range == 0..<lanes { return self }
    var part = LaneWindow(steps: steps, lanes: range.count)
    for step in 0..<steps {
      let source = step * lanes + range.lowerBound
      let target = step * range.count
      part.inputs.replaceSubrange(target..<target + range.count, with: inputs[source..<source + range.count])
      part.targets.replaceSubrange(
        target..<target + range.count, with: targets[source..<source + range.count])
      part.starts[step] = starts[step].filter(range.contains).map { $0 - range.lowerBound }
    }
    return part
  }

  /// Calls `body` with each run of neighbouring lanes whose state passes from step - 1 into `step`.
  func forEachCarriedRun(at step: Int, _ body: (Range<Int>) -> Void) {
    var first = 0
    for lane in starts[step] {
      if lane > first { body(first..<lane) }
      first = lane + 1
    }
    if first < lanes { body(first..<lanes) }
  }
}
