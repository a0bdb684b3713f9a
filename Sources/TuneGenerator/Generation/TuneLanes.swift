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

  private typealias Lane = (number: Int, draft: any TuneDraft)

  /// What a lane that is free does.
  enum Next {
    case begin(number: Int, any TuneDraft)
    /// Nothing, and asks again.
    case wait
    /// There is nothing more to write.
    case stop
  }

  /// Writes one tune.
  ///
  /// - Parameters:
  ///   - shouldStop: asked after each character; true leaves off, and the answer is nil.
  ///   - progress: told what is settled of the tune after each character.
  func write(_ draft: any TuneDraft, shouldStop: () -> Bool, progress: ((String) -> Void)? = nil)
    -> Result<GeneratedTune, GenerationError>?
  {
    var lanes: [Lane] = [(0, draft)]
    var states = RecurrentState(of: model, lanes: count)
    while lanes[0].draft.outcome == nil, !shouldStop() {
      step(&lanes, &states)
      progress?(lanes[0].draft.settled)
    }
    return lanes[0].draft.outcome
  }

  /// Writes tunes as long as there are more.
  ///
  /// - Parameters:
  ///   - next: asked for each lane that is free, with whether all are.
  ///   - shouldStop: asked after each character; true leaves off.
  ///   - finish: handed each tune as soon as it is finished.
  func write(
    next: (_ isIdle: Bool) -> Next, shouldStop: () -> Bool,
    finish: (Int, Result<GeneratedTune, GenerationError>) -> Void
  ) {
    var lanes: [Lane] = []
    var states = RecurrentState(of: model, lanes: count)
    var isOver = false
    while !shouldStop() {
      // From the last on, so that what moves into the place of a tune that has ended is still being written.
      for lane in lanes.indices.reversed() {
        guard let outcome = lanes[lane].draft.outcome else { continue }
        finish(lanes[lane].number, outcome)
        let last = lanes.removeLast()
        if lane < lanes.count {
          lanes[lane] = last
          states.copy(lane: lanes.count, to: lane)
        }
      }
      filling: while lanes.count < count, !isOver {
        switch next(lanes.isEmpty) {
        case .begin(let number, let draft):
          if let outcome = draft.outcome {
            finish(number, outcome)
          } else {
            states.reset(lane: lanes.count)
            lanes.append((number, draft))
          }
        case .wait: break filling
        case .stop: isOver = true
        }
      }
      if !lanes.isEmpty { step(&lanes, &states) } else if isOver { break }
    }
  }

  private func step(_ lanes: inout [Lane], _ states: inout RecurrentState) {
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
