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

  /// What a lane that is free does.
  enum Next<Draft: TuneDraft> {
    case begin(number: Int, Draft)
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
  func write(_ draft: some TuneDraft, shouldStop: () -> Bool, progress: ((String) -> Void)? = nil)
    -> Result<GeneratedTune, GenerationError>?
  {
    var drafts = [draft]
    var states = RecurrentState(of: model, lanes: count)
    var weights = SamplingWeights()
    while drafts[0].outcome == nil, !shouldStop() {
      step(&drafts, &states, &weights)
      progress?(drafts[0].settled)
    }
    return drafts[0].outcome
  }

  /// Writes tunes as long as there are more.
  ///
  /// - Parameters:
  ///   - next: asked for each lane that is free, with whether all are.
  ///   - shouldStop: asked after each character; true leaves off.
  ///   - finish: handed each tune as soon as it is finished.
  func write<Draft: TuneDraft>(
    next: (_ isIdle: Bool) -> Next<Draft>, shouldStop: () -> Bool,
    finish: (Int, Result<GeneratedTune, GenerationError>) -> Void
  ) {
    // Tunes of one kind, each where the one before it ends: there is much of them to read at every character.
    var drafts: [Draft] = []
    var numbers: [Int] = []
    var states = RecurrentState(of: model, lanes: count)
    var weights = SamplingWeights()
    var isOver = false
    while !shouldStop() {
      // From the last on, so that what moves into the place of a tune that has ended is still being written.
      for lane in drafts.indices.reversed() {
        guard let outcome = drafts[lane].outcome else { continue }
        finish(numbers[lane], outcome)
        let last = (drafts.removeLast(), numbers.removeLast())
        if lane < drafts.count {
          (drafts[lane], numbers[lane]) = last
          states.copy(lane: drafts.count, to: lane)
        }
      }
      filling: while drafts.count < count, !isOver {
        switch next(drafts.isEmpty) {
        case .begin(let number, let draft):
          if let outcome = draft.outcome {
            finish(number, outcome)
          } else {
            states.reset(lane: drafts.count)
            drafts.append(draft)
            numbers.append(number)
          }
        case .wait: break filling
        case .stop: isOver = true
        }
      }
      if !drafts.isEmpty { step(&drafts, &states, &weights) } else if isOver { break }
    }
  }

  private func step<Draft: TuneDraft>(
    _ drafts: inout [Draft], _ states: inout RecurrentState, _ weights: inout SamplingWeights
  ) {
    var characters: [Int32] = []
    for lane in drafts.indices {
      if let state = drafts[lane].restoring {
        states.set(lane: lane, to: state)
        drafts[lane].restoring = nil
      }
      characters.append(drafts[lane].queue.removeFirst())
    }
    let logits = stepper.step(characters, &states)
    let width = model.vocabulary.count
    let now = states
    for lane in drafts.indices where drafts[lane].queue.isEmpty {
      let row = logits.span.extracting(lane * width..<(lane + 1) * width)
      drafts[lane].advance(row, weights: &weights, state: { now.lane(lane) })
    }
  }
}
