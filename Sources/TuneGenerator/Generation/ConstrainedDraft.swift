import CharacterModel

/// A tune written under a constraint: the model chooses among what may come next, its probabilities renormalised. Where
/// nothing may come, the last choices are taken back: they led nowhere.
struct ConstrainedDraft: TuneDraft {
  var queue: [Int32]
  var restoring: RecurrentState?
  private(set) var outcome: Result<GeneratedTune, GenerationError>?

  private let vocabulary: Vocabulary
  private let scalars: [Unicode.Scalar?]
  private let start: Int32
  private let end: Int32
  /// The state before anything is read.
  private let blank: RecurrentState
  private let options: TuneWriter.Options
  private let wishes: HeaderWishes
  private let ending: TuneRemainder?

  private var sampler: Sampler
  private var constraint: TuneConstraint
  private var logits: [Float] = []
  private var text: [Unicode.Scalar] = []
  /// What was asked for and stays.
  private var forcedLength = 0
  /// Characters drawn first where one had to come, those of them that might, and all that were tried.
  private var draws = 0
  private var accepted = 0
  private var attempts = 0

  /// A place from where the tune can be written again.
  private struct Place {
    let constraint: TuneConstraint
    let state: RecurrentState
    let logits: [Float]
    let length: Int
  }
  /// The latest line starts and bar signs.
  private var places: [Place] = []
  /// What may still be drawn at each of the latest characters, and where each stands.
  private var steps: [(weights: [Double], length: Int)] = []
  /// The latest place from where a way to the end is known, and the way.
  private var haven: (place: Place, ending: String)?
  /// The bars so far, of which some come again; and where the bar under way begins.
  private var phrases = PhraseForm()
  private var bar: (strain: Int, index: Int, start: Int)?
  private var attemptsAtHaven = 0
  private var returns = 0

  /// How many choices can be taken back one after another.
  private static let memory = 32
  /// A bar that takes more attempts than this leads nowhere; so many of them, and the tune ends where it is whole.
  private static let attemptsOfBar = 200
  private static let patience = 8

  /// Nil for a model without markers, whose tunes end in ordinary characters.
  init?(model: RecurrentModel, options: TuneWriter.Options, sampler: Sampler, ending: TuneRemainder? = nil) {
    vocabulary = model.vocabulary
    guard let start = vocabulary.index(of: TrainingText.startMarker),
      let end = vocabulary.index(of: TrainingText.endMarker)
    else { return nil }
    (self.start, self.end) = (start, end)
    blank = RecurrentState(of: model)
    self.options = options
    self.sampler = sampler
    self.ending = ending
    wishes = options.wishes
    scalars = vocabulary.entries.map { $0.unicodeScalars.count == 1 ? $0.unicodeScalars.first : nil }
    constraint = wishes.constraint(options.form)
    queue = [start]
    if !wishes.isPossible || !force(options.prime) {
      outcome = .failure(.impossibleBeginning)
    } else {
      do { _ = try vocabulary.encode(options.prime) } catch { outcome = .failure(.model(error)) }
    }
    forcedLength = text.count
  }

  var settled: String {
    Self.string(text[..<min(places.first?.length ?? 0, haven?.place.length ?? .max)])
  }

  mutating func advance(_ logits: [Float], state: () -> RecurrentState) {
    self.logits = logits
    while queue.isEmpty, outcome == nil { decide(state) }
  }

  /// Takes one decision: something to read, an outcome, or a step back.
  private mutating func decide(_ state: () -> RecurrentState) {
    if text.count >= options.maximumLength { return goHome() }
    if isLost {
      if constraint.isInBody { return tryAgain() }
      return writeMissingLine()
    }
    if constraint.isAtHeaderLine {
      if writePrescribedField() { return }
      keepPlace(state)
      attemptsAtHaven = attempts
    } else if constraint.isInBody, let latest = text.last, latest == "|" || latest == "\n" || latest == ":" {
      keepPlace(state)
      lookForHaven()
    }
    steps.append((sampler.probabilities(of: logits) ?? [], text.count))
    // To move all of them at every character would take longer than the rest.
    if steps.count > 2 * Self.memory { steps.removeFirst(Self.memory) }
    choose()
  }

  private var isLost: Bool { attempts - attemptsAtHaven > Self.attemptsOfBar }

  // MARK: - Places

  private mutating func keepPlace(_ state: () -> RecurrentState) {
    guard places.last?.length != text.count else { return }
    // Of a sign's characters the last counts.
    if constraint.isInBody, let last = places.last, text.count - last.length < 3 { places.removeLast() }
    if places.count >= 8 { places.removeFirst(4) }
    let state = restoring ?? state()
    places.append(Place(constraint: constraint, state: state, logits: logits, length: text.count))
  }

  /// Keeps this place if the tune can be ended from here in time: every few bars, once the length may run out.
  private mutating func lookForHaven() {
    guard ending == nil, let place = places.last else { return }
    attemptsAtHaven = attempts
    let left = options.maximumLength - text.count
    let longest = options.form.charactersAtMost
    guard left < 2 * longest + 300 else { return }
    if let haven, text.count - haven.place.length < 60, left > longest + 80 { return }
    guard
      let ending = TuneCompletion.shortest(after: constraint, atMost: min(left, longest), isThorough: false)
    else { return }
    haven = (place, ending)
  }

  private mutating func goBack(to place: Place) {
    constraint = place.constraint
    (restoring, logits) = (place.state, place.logits)
    text.removeLast(text.count - place.length)
    forget(behind: place.length)
    steps = []
    queue = []
    attemptsAtHaven = attempts
  }

  /// Nothing is kept of what stood behind a place in the text.
  private mutating func forget(behind length: Int) {
    phrases.forget(behind: length)
    while let last = places.last, last.length > length { places.removeLast() }
    if let haven, haven.place.length > length { self.haven = nil }
    if let bar, bar.start > length { self.bar = nil }
  }

  /// Goes back to where the way was still known, or ends the tune where that was done too often.
  private mutating func tryAgain() {
    guard let place = haven?.place ?? places.first, returns < Self.patience else {
      return goHome()
    }
    returns += 1
    goBack(to: place)
  }

  /// Ends the tune at the last place from where the way is known.
  private mutating func goHome() {
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
        let constraint = wishes.constraint(options.form).taking(Self.string(text[..<length])),
        let ending = TuneCompletion.shortest(
          after: constraint, atMost: options.maximumLength - length, isThorough: true)
      else { continue }
      text.removeLast(text.count - length)
      text.append(contentsOf: ending.unicodeScalars)
      return finish(wasCompleted: true)
    }
    outcome = .failure(
      text.count < options.maximumLength
        ? .impossibleBeginning : .tooShort(maximumLength: options.maximumLength))
  }

  private mutating func finish(wasCompleted: Bool) {
    var abc = Self.string(text[...])
    // Where bars were replaced the rest is not to be touched.
    if ending == nil, let ended = TonicEnding.applied(to: abc, key: constraint.key),
      wishes.constraint(options.form).taking(ended)?.mayEnd == true
    {
      abc = ended
    }
    outcome = .success(
      GeneratedTune(
        abc: abc, hasEnded: true, characters: text.count - options.prime.unicodeScalars.count, draws: draws,
        acceptedDraws: accepted, wasCompleted: wasCompleted))
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  // MARK: - Choices

  /// Draws until something may come.
  private mutating func choose() {
    var (isFirst, wentBack) = (true, false)
    while true {
      guard let index = drawFromLatest() else {
        // Nothing may come: the choice before led nowhere.
        steps.removeLast()
        // What has been settled is not taken back.
        guard let before = steps.last, before.length >= places.first?.length ?? 0 else { return tryAgain() }
        goBack(toLength: before.length)
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
  private mutating func takeBarAgain(beginningWith scalar: Unicode.Scalar) -> Bool {
    guard options.repeatsPhrases, ending == nil, constraint.isInBody,
      let (strain, index) = constraint.placeOfBar(beginningWith: scalar)
    else { return false }
    bar = (strain, index, text.count)
    guard let again = phrases.draw(strain: strain, index: index, using: &sampler.random) else { return false }
    let copy = text[again]
    // A tie leads to what stood behind it there.
    return !copy.contains("-") && force(Self.string(copy))
  }

  private mutating func keepBar(before scalar: Unicode.Scalar) {
    guard options.repeatsPhrases, scalar == "|" || scalar == ":", !constraint.isInSign, let bar,
      bar.start < text.count
    else { return }
    phrases.add(strain: bar.strain, index: bar.index, start: bar.start, end: text.count)
    self.bar = nil
  }

  private var mayEnd: Bool { ending == nil && constraint.mayEnd }

  /// Writes a character if it may come.
  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
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
    guard constraint.canTake(scalar, isDrawn: true) else { return false }
    keepBar(before: scalar)
    constraint.push(scalar)
    guard constraint.canBecomeClean(isDrawn: true) else {
      // The copy that a fork of every character would be takes longer than to push the few of a bar again.
      constraint = rebuilt()
      return false
    }
    text.append(scalar)
    return true
  }

  /// The constraint behind the text as it is.
  private func rebuilt() -> TuneConstraint {
    let place = places.last { $0.length <= text.count }
    var constraint = place?.constraint ?? wishes.constraint(options.form)
    for scalar in text[(place?.length ?? 0)...] { constraint.push(scalar) }
    return constraint
  }

  private mutating func goBack(toLength length: Int) {
    text.removeLast(text.count - length)
    forget(behind: length)
    constraint = rebuilt()
  }

  /// Lets the model read the text again from the latest place.
  private mutating func readAgain() {
    let place = places.last { $0.length <= text.count }
    restoring = place?.state ?? blank
    queue =
      (place == nil ? [start] : []) + text[(place?.length ?? 0)...].compactMap { vocabulary.index(of: $0) }
  }

  /// Draws an index at the latest step and takes it out of its weights; nil where all are 0.
  private mutating func drawFromLatest() -> Int? {
    let last = steps.count - 1
    let sum = steps[last].weights.reduce(0, +)
    guard sum > 0 else { return nil }
    var rest = sampler.random.nextUnit() * sum
    var found: Int?
    for (index, weight) in steps[last].weights.enumerated() where weight > 0 {
      found = index
      rest -= weight
      if rest < 0 { break }
    }
    if let found { steps[last].weights[found] = 0 }
    return found
  }

  // MARK: - What is asked for

  /// Prescribed fields that are not yet written.
  private var unwritten: [Character] {
    HeaderWishes.letters.filter { wishes.line($0) != nil && !constraint.fields.contains($0) }
  }

  /// Writes the title behind X: and the style behind it, if they are prescribed.
  private mutating func writePrescribedField() -> Bool {
    guard let letter = unwritten.first, letter == "T" || letter == "N",
      constraint.fields.last == (letter == "T" ? "X" : "T"),
      let line = wishes.line(letter)
    else { return false }
    return force(line)
  }

  /// The prescribed field whose turn it is where the model begins a line with a character: that field, or one behind it.
  private func lineDue(before character: Unicode.Scalar) -> String? {
    guard constraint.isAtHeaderLine, let letter = unwritten.first,
      let due = Self.order.firstIndex(of: letter),
      let drawn = Self.order.firstIndex(of: Character(character)), due <= drawn
    else { return nil }
    return wishes.line(letter)
  }

  /// The usual order of the fields of a header.
  private static let order: [Character] = ["X", "T", "N", "R", "M", "L", "K"]

  /// A model that cannot write the line of the header gets the one that is missing.
  private mutating func writeMissingLine() {
    if let start = places.last { goBack(to: start) } else { goBack(toLength: 0) }
    guard let line = TuneCompletion.missingLine(constraint), force(line) else {
      outcome = .failure(.impossibleBeginning)
      return
    }
    attemptsAtHaven = attempts
  }

  /// Writes a text, if it may come.
  private mutating func force(_ forced: String) -> Bool {
    guard let next = constraint.taking(forced) else { return false }
    constraint = next
    steps = []
    for scalar in forced.unicodeScalars {
      text.append(scalar)
      // What the model does not know it does not read.
      if let index = vocabulary.index(of: scalar) { queue.append(index) }
    }
    return true
  }
}
