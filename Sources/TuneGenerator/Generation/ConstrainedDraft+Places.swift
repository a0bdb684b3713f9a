import CharacterModel

/// Places to go back to, and ways to the end from there.
extension ConstrainedDraft {
  mutating func keepPlace(_ state: () -> RecurrentState) {
    let distance = constraint.isInBody ? Self.distanceOfPlaces : 1
    if let last = places.last, text.count - last.length < distance { return }
    if places.count >= Self.placesKept { places.removeFirst(Self.placesKept / 2) }
    places.append(here(state))
  }

  /// The place behind the text as it is.
  private func here(_ state: () -> RecurrentState) -> Place {
    Place(
      constraint: constraint, state: restoring ?? state(), logits: choices.predictions, length: text.count)
  }

  /// Keeps this place if the tune can be ended from here in time: every few bars, once the length may run out.
  mutating func lookForHaven(_ state: () -> RecurrentState) {
    attemptsAtHaven = attempts
    guard ending == nil else { return }
    let left = options.maximumLength - text.count
    let longest = options.form.charactersAtMost
    guard left < longest + 160 else { return }
    if let haven, text.count - haven.place.length < 60, left > longest + 80 { return }
    guard
      let ending = TuneCompletion.shortest(after: constraint, atMost: min(left, longest), isThorough: false)
    else { return }
    haven = (here(state), ending)
  }

  mutating func goBack(to place: Place) {
    constraint = place.constraint
    restoring = place.state
    text.removeLast(text.count - place.length)
    forget(behind: place.length)
    choices.removeAll()
    let logits = place.logits
    choices.predictions(are: logits.span)
    queue = []
    attemptsAtHaven = attempts
  }

  /// Nothing is kept of what stood behind a place in the text.
  mutating func forget(behind length: Int) {
    phrases.forget(behind: length)
    while let last = places.last, last.length > length { places.removeLast() }
    if let haven, haven.place.length > length { self.haven = nil }
    if let bar, bar.start > length { self.bar = nil }
  }

  /// Goes back to where the way was still known, or ends the tune where that was done too often.
  mutating func tryAgain() {
    guard let place = haven?.place ?? places.first, returns < Self.patience else {
      return goHome()
    }
    returns += 1
    goBack(to: place)
  }

  /// Ends the tune at the last place from where the way is known.
  mutating func goHome() {
    if let (place, ending) = haven {
      goBack(to: place)
      text.append(contentsOf: ending.unicodeScalars)
      return finish(wasCompleted: true)
    }
    guard ending == nil else {
      outcome = .failure(.tooShort(maximumLength: options.maximumLength))
      return
    }
    for place in places.reversed() where place.constraint.isInBody {
      let left = options.maximumLength - place.length
      guard left > 0,
        let ending = TuneCompletion.shortest(
          after: place.constraint, atMost: min(left, options.form.charactersAtMost), isThorough: false)
      else { continue }
      goBack(to: place)
      text.append(contentsOf: ending.unicodeScalars)
      return finish(wasCompleted: true)
    }
    // Not one bar is whole. What the model wrote of the music, and then of the header, is given up; what was asked for
    // is not.
    let lineEnds = text.indices.filter { text[$0] == "\n" && $0 >= forcedLength }.map { $0 + 1 }
    for length in [text.count] + lineEnds.reversed() + [forcedLength] {
      guard length < options.maximumLength,
        let constraint = blankConstraint.taking(
          String(String.UnicodeScalarView(text[..<length]))),
        let ending = TuneCompletion.shortest(
          after: constraint, atMost: options.maximumLength - length, isThorough: true, wishes: wishes)
      else { continue }
      text.removeLast(text.count - length)
      forget(behind: length)
      text.append(contentsOf: ending.unicodeScalars)
      return finish(wasCompleted: true)
    }
    outcome = .failure(
      text.count < options.maximumLength
        ? .impossibleBeginning : .tooShort(maximumLength: options.maximumLength))
  }

  /// Whether a text that begins as what is written may end: it is read from the latest place that they share.
  private func isWhole(_ ended: String) -> Bool {
    let scalars = Array(ended.unicodeScalars)
    let shared = zip(scalars, text).prefix { $0 == $1 }.count
    let place = places.last { $0.length <= shared }
    let rest = String(String.UnicodeScalarView(scalars[(place?.length ?? 0)...]))
    return (place?.constraint ?? blankConstraint).taking(rest)?.mayEnd == true
  }

  mutating func finish(wasCompleted: Bool) {
    var abc = String(String.UnicodeScalarView(text[...]))
    // Where bars were replaced the rest is not to be touched.
    if ending == nil, let ended = TonicEnding.applied(to: abc, key: constraint.key), isWhole(ended) {
      abc = ended
    }
    outcome = .success(
      GeneratedTune(
        abc: abc, hasEnded: true, characters: text.count - options.prime.unicodeScalars.count, draws: draws,
        acceptedDraws: accepted, wasCompleted: wasCompleted))
  }
}
