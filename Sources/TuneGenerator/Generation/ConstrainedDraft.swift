import CharacterModel

/// A tune written under a constraint: the model chooses among what may come next, its probabilities renormalised. Where
/// nothing may come, the last choices are taken back: they led nowhere.
struct ConstrainedDraft: TuneDraft {
  var queue: [Int32]
  var restoring: RecurrentState?
  var outcome: Result<GeneratedTune, GenerationError>?

  let vocabulary: Vocabulary
  let scalars: [Unicode.Scalar?]
  let start: Int32
  let end: Int32
  /// The state before anything is read.
  let blank: RecurrentState
  let options: TuneWriter.Options
  let wishes: HeaderWishes
  let ending: TuneRemainder?

  var sampler: Sampler
  var constraint: TuneConstraint
  var text: [Unicode.Scalar] = []
  /// What was asked for and stays.
  var forcedLength = 0
  /// Characters drawn first where one had to come, those of them that might, and all that were tried.
  var draws = 0
  var accepted = 0
  var attempts = 0

  /// A place from where the tune can be written again. Large, and passed around often: so it is a class.
  final class Place: Sendable {
    let constraint: TuneConstraint
    let state: RecurrentState
    let logits: [Float]
    let length: Int

    init(constraint: TuneConstraint, state: RecurrentState, logits: [Float], length: Int) {
      (self.constraint, self.state, self.logits, self.length) = (constraint, state, logits, length)
    }
  }
  /// Some of the latest line starts and bar signs.
  var places: [Place] = []
  var choices: LatestChoices
  /// The latest place from where a way to the end is known, and the way.
  var haven: (place: Place, ending: String)?
  /// The bars so far, of which some come again; and where the bar under way begins.
  var phrases = PhraseForm()
  var bar: (strain: Int, index: Int, start: Int, source: PhraseForm.Source?)?
  var attemptsAtHaven = 0
  var returns = 0

  /// A place is kept every two bars or so: a copy of all that a draft is takes as long as the constraint of some characters.
  static let distanceOfPlaces = 16
  static let placesKept = 8
  /// How many choices can be taken back one after another.
  static let memory = 32
  /// A bar that takes more attempts than this leads nowhere; so many of them, and the tune ends where it is whole.
  static let attemptsOfBar = 200
  static let patience = 8

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
    choices = LatestChoices(memory: Self.memory, width: vocabulary.count)
    scalars = vocabulary.entries.map { $0.unicodeScalars.count == 1 ? $0.unicodeScalars.first : nil }
    constraint = Self.constraint(wishes, options.form, ending)
    queue = [start]
    if let letter = wishes.impossible {
      outcome = .failure(.impossibleWish(field: letter, value: wishes.value(letter)))
    } else if !force(options.prime) {
      outcome = .failure(.impossibleBeginning)
    } else if let letter = contradictedWish {
      outcome = .failure(.contradictsPrime(field: letter, value: wishes.value(letter)))
    } else {
      do { _ = try vocabulary.encode(options.prime) } catch { outcome = .failure(.model(error)) }
    }
    forcedLength = text.count
  }

  /// A constraint before the first character of the tune.
  var blankConstraint: TuneConstraint { Self.constraint(wishes, options.form, ending) }

  private static func constraint(_ wishes: HeaderWishes, _ form: FormPlan, _ ending: TuneRemainder?)
    -> TuneConstraint
  {
    var constraint = wishes.constraint(form)
    if let ending, ending.text.hasPrefix(":") { constraint.closeRepeat(withBar: ending.bars) }
    return constraint
  }

  /// This draft, of which nothing has been written yet, with other random numbers.
  func begun(with sampler: Sampler) -> ConstrainedDraft {
    var draft = self
    draft.sampler = sampler
    return draft
  }

  var settled: String {
    let length = [places.first, haven?.place].compactMap { $0?.length }.min() ?? 0
    return String(String.UnicodeScalarView(text[..<length]))
  }

  mutating func advance(
    _ logits: Span<Float>, weights: inout SamplingWeights, state: () -> RecurrentState
  ) {
    choices.predictions(are: logits)
    while queue.isEmpty, outcome == nil { decide(&weights, state) }
  }

  /// Takes one decision: something to read, an outcome, or a step back.
  mutating func decide(_ weights: inout SamplingWeights, _ state: () -> RecurrentState) {
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
      lookForHaven(state)
    }
    choices.begin(length: text.count)
    choose(&weights)
  }

  var isLost: Bool { attempts - attemptsAtHaven > Self.attemptsOfBar }
}
