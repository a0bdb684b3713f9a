import CharacterModel

/// What is drawn, and what becomes of it.
extension ConstrainedDraft {
  /// Draws until something may come.
  ///
  /// - Parameter weights: memory to weigh predictions in.
  mutating func choose(_ weights: inout SamplingWeights) {
    var (isFirst, wentBack) = (true, false)
    choices.weigh(&weights, sampler.options)
    while true {
      guard let index = choices.draw(&weights, &sampler) else {
        // Nothing may come: the choice before led nowhere.
        choices.removeLast()
        // What has been settled is not taken back.
        guard let length = choices.length, length >= places.first?.length ?? 0 else { return tryAgain() }
        goBack(toLength: length)
        choices.weigh(&weights, sampler.options)
        (isFirst, wentBack) = (false, true)
        continue
      }
      attempts += 1
      if isFirst { draws += 1 }
      if index == Int(end), mayEnd {
        if isFirst { accepted += 1 }
        return finish(wasCompleted: false)
      }
      if let scalar = scalars[index], let line = lineDue(before: scalar) {
        // The key is due only where nothing is missing before it.
        if force(line) {
          if isFirst { accepted += 1 }
          if wentBack { readAgain() }
          return
        }
      } else if let scalar = scalars[index], takeBarAgain(beginningWith: scalar) {
        if isFirst { accepted += 1 }
        if wentBack { readAgain() }
        return
      } else if let scalar = scalars[index], take(scalar) {
        if isFirst { accepted += 1 }
        if outcome != nil { return }
        if wentBack { readAgain() } else { queue.append(Int32(index)) }
        return
      }
      if isLost { return }
      isFirst = false
    }
  }

  /// Where a bar begins it may be one that has been written, which then comes again as it was.
  @inline(__always)
  mutating func takeBarAgain(beginningWith scalar: Unicode.Scalar) -> Bool {
    guard options.repeatsPhrases, ending == nil, constraint.isInBody,
      let (strain, index) = constraint.placeOfBar(beginningWith: scalar)
    else { return false }
    // Behind an accidental or the number of a tuplet the bar has begun already.
    if let bar, bar.strain == strain, bar.index == index, bar.start < text.count { return false }
    bar = (strain, index, text.count, nil)
    guard let again = phrases.draw(strain: strain, index: index, using: &sampler.random) else { return false }
    let copy = text[again.range]
    // A tie leads to what stood behind it there.
    guard !copy.contains("-"), force(String(String.UnicodeScalarView(copy))) else { return false }
    bar?.source = again.source
    return true
  }

  /// Keeps the bar that a character ends.
  private mutating func keepBar(before scalar: Unicode.Scalar) {
    guard options.repeatsPhrases, scalar == "|" || scalar == ":", let bar, bar.start < text.count else {
      return
    }
    phrases.add(
      strain: bar.strain, index: bar.index, start: bar.start, end: text.count, source: bar.source)
    self.bar = nil
  }

  @inline(__always)
  var mayEnd: Bool { ending == nil && constraint.mayEnd }

  /// Writes a character if it may come.
  @inline(__always)
  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    if let ending, constraint.isInBody {
      switch ending.decide(on: scalar, after: constraint) {
      case .refuse: return false
      case .end(let rest):
        text.append(contentsOf: rest.unicodeScalars)
        finish(wasCompleted: false)
        return true
      case .goOn: break
      }
    }
    let wasInSign = constraint.isInSign
    switch constraint.take(scalar) {
    case .refused: return false
    case .spoilt:
      // The copy that a fork of every character would be takes longer than to push the few of a bar again.
      constraint = rebuilt()
      return false
    case .taken: break
    }
    if !wasInSign { keepBar(before: scalar) }
    text.append(scalar)
    return true
  }

  /// The constraint behind the text as it is.
  func rebuilt() -> TuneConstraint {
    let place = places.last
    var constraint = place?.constraint ?? blankConstraint
    for scalar in text[(place?.length ?? 0)...] { constraint.push(scalar) }
    return constraint
  }

  mutating func goBack(toLength length: Int) {
    text.removeLast(text.count - length)
    forget(behind: length)
    constraint = rebuilt()
  }

  /// Lets the model read the text again from the latest place.
  mutating func readAgain() {
    let place = places.last
    restoring = place?.state ?? blank
    queue =
      (place == nil ? [start] : []) + text[(place?.length ?? 0)...].compactMap { vocabulary.index(of: $0) }
  }
}
