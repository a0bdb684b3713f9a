import CharacterModel

/// Writes several tunes side by side: the model reads one character of each at a time, which takes little longer than
/// one. What becomes of a tune does not depend on those beside it.
struct TuneLanes {
  private let model: RecurrentModel
  private let stepper: Stepper
  private let count: Int

  init(model: RecurrentModel, count: Int) {
    self.model = model
    self.count = count
    stepper = Stepper(model, lanes: count)
  }

  /// Writes `total` tunes and returns them in their order.
  ///
  /// - Parameters:
  ///   - draft: begins a tune, counted from 0.
  ///   - shouldStop: asked after each character; true leaves off, and what is not finished is nil.
  ///   - progress: told what is settled of the tune after each character, where there is but one.
  func write(
    _ total: Int, draft: (Int) -> any TuneDraft, shouldStop: () -> Bool, progress: ((String) -> Void)? = nil
  ) -> [Result<GeneratedTune, GenerationError>?] {
    var results = [Result<GeneratedTune, GenerationError>?](repeating: nil, count: total)
    var lanes: [(number: Int, draft: any TuneDraft)] = []
    var states = RecurrentState(of: model, lanes: count)
    var next = 0
    while !shouldStop() {
      // From the last on, so that what moves into the place of a tune that has ended is still being written.
      for lane in lanes.indices.reversed() {
        guard let outcome = lanes[lane].draft.outcome else { continue }
        results[lanes[lane].number] = outcome
        let last = lanes.removeLast()
        if lane < lanes.count {
          lanes[lane] = last
          states.set(lane: lane, to: states, lane: lanes.count)
        }
      }
      while lanes.count < count, next < total {
        let begun = draft(next)
        if let outcome = begun.outcome {
          results[next] = outcome
        } else {
          states.reset(lane: lanes.count)
          lanes.append((next, begun))
        }
        next += 1
      }
      if lanes.isEmpty { break }
      step(&lanes, &states)
      if let progress, total == 1 { progress(lanes[0].draft.settled) }
    }
    return results
  }

  private func step(_ lanes: inout [(number: Int, draft: any TuneDraft)], _ states: inout RecurrentState) {
    var characters: [Int32] = []
    for lane in lanes.indices {
      if let state = lanes[lane].draft.restoring {
        states.set(lane: lane, to: state)
        lanes[lane].draft.restoring = nil
      }
      characters.append(lanes[lane].draft.queue.removeFirst())
    }
    let logits = stepper.step(characters, &states)
    let width = model.vocabulary.count
    for lane in lanes.indices where lanes[lane].draft.queue.isEmpty {
      let row = Array(logits[lane * width..<(lane + 1) * width])
      let now = states
      lanes[lane].draft.advance(row, state: { now.lane(lane) })
    }
  }
}
