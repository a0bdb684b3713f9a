import ABCNotation
import CharacterModel

/// Writes a tune character by character under a constraint: the model chooses among what may come next, its
/// probabilities renormalised. Where nothing may come, the last choices are taken back: they led nowhere.
struct ConstrainedSampling {
  /// What the header must say; nil leaves it to the model.
  struct Header: Sendable, Equatable {
    var title: String?
    var rhythm: String?
    var meter: String?
    var key: String?

    /// The field of a letter as a line, if it is prescribed.
    func line(_ letter: Character) -> String? {
      let value: String? =
        switch letter {
        case "T": title
        case "R": rhythm
        case "M": meter
        case "K": key
        default: nil
        }
      return value.map { "\(letter):\($0)\n" }
    }

    /// Whether each of them can be said in a header.
    var isPossible: Bool {
      Self.letters.allSatisfy { letter in
        guard let line = line(letter) else { return true }
        let before = letter == "T" ? "X:1\n" : letter == "K" ? "X:1\nT:A\nM:4/4\nL:1/8\n" : "X:1\nT:A\n"
        return TuneConstraint().taking(before + line) != nil
      }
    }

    /// Prescribed fields in their order.
    static let letters: [Character] = ["T", "R", "M", "K"]
  }

  /// What came of it.
  struct Result: Sendable {
    /// The tune's ABC.
    let text: String
    /// Characters drawn.
    let draws: Int
    /// Those of them where the model's first choice was one that may come.
    let acceptedDraws: Int
    /// Whether it was brought to its end because the length ran out.
    let wasCompleted: Bool
  }

  /// Why nothing can be written.
  enum Failure: Error, Sendable, Equatable {
    /// The prime or the prescribed header cannot begin a clean tune.
    case impossibleBeginning
    /// No clean tune is that short.
    case tooShort
    case stopped
  }

  private struct Step {
    var constraint: TuneConstraint
    var state: RecurrentState
    var weights: [Double]
    /// What was written when this step was reached.
    var length: Int
  }

  private let model: RecurrentModel
  private let stepper: Stepper
  private let maximumLength: Int
  private let header: Header
  private let scalars: [Unicode.Scalar?]
  private let start: Int32
  private let end: Int32

  private var sampler: Sampler
  private var constraint = TuneConstraint()
  private var state: RecurrentState
  private var logits: [Float] = []
  private var text: [Unicode.Scalar] = []
  /// What was asked for and stays.
  private var forcedLength = 0
  /// Characters drawn first where one had to come, and all that were tried.
  private var draws = 0
  private var attempts = 0
  private var accepted = 0

  /// A place to go back to: the end of a bar, from where the way to the end is known.
  private struct Haven {
    let constraint: TuneConstraint
    let state: RecurrentState
    let logits: [Float]
    let length: Int
    let ending: String
  }
  private var haven: Haven?
  private var lineStart: Haven?
  private var attemptsAtHaven = 0
  private var returns = 0

  /// How many choices can be taken back one after another.
  private static let memory = 32
  /// A bar that takes more attempts than this leads nowhere; so many of them, and the tune ends where it is whole.
  private static let attemptsOfBar = 200
  private static let patience = 8

  /// Nil for a model without markers, whose tunes end in ordinary characters.
  init?(model: RecurrentModel, sampler: Sampler, maximumLength: Int, header: Header) {
    guard let start = model.vocabulary.index(of: TrainingText.startMarker),
      let end = model.vocabulary.index(of: TrainingText.endMarker)
    else { return nil }
    self.model = model
    self.sampler = sampler
    self.maximumLength = maximumLength
    self.header = header
    self.start = start
    self.end = end
    stepper = Stepper(model)
    state = RecurrentState(of: model)
    scalars = model.vocabulary.entries.map { $0.unicodeScalars.count == 1 ? $0.unicodeScalars.first : nil }
  }

  /// Writes the tune.
  mutating func run(prime: String, shouldStop: () -> Bool) throws(Failure) -> Result {
    guard header.isPossible else { throw .impossibleBeginning }
    logits = stepper.step(start, &state)
    try force(prime)
    forcedLength = text.count
    var steps: [Step] = []
    while true {
      if shouldStop() { throw .stopped }
      if text.count >= maximumLength { return try goHome() }
      if attempts - attemptsAtHaven > Self.attemptsOfBar, constraint.isInBody {
        guard tryAgain(&steps) else { return try goHome() }
      }
      if constraint.isAtHeaderLine {
        if try writePrescribedField() { continue }
        lineStart = place(ending: "")
        attemptsAtHaven = attempts
      } else if !constraint.isInBody, attempts - attemptsAtHaven > Self.attemptsOfBar, let lineStart {
        // A model that cannot write the line gets the one that is missing.
        goBack(to: lineStart)
        steps = []
        guard let line = TuneCompletion.missingLine(constraint) else { throw .impossibleBeginning }
        try force(line)
        continue
      }
      let weights = sampler.probabilities(of: logits) ?? []
      steps.append(Step(constraint: constraint, state: state, weights: weights, length: text.count))
      // To move all of them at every character would take longer than the rest.
      if steps.count > 2 * Self.memory { steps.removeFirst(Self.memory) }
      guard let hasEnded = choose(&steps) else {
        // All that was tried leads nowhere.
        guard tryAgain(&steps) else { return try goHome() }
        continue
      }
      if hasEnded { return result(wasCompleted: false) }
      if constraint.isInBody, text.last == "|" || text.last == "]" { lookForHaven() }
    }
  }

  /// Goes back to where the way was still known; false where there is no such place, or where that was done too often.
  private mutating func tryAgain(_ steps: inout [Step]) -> Bool {
    guard let haven, returns < Self.patience else { return false }
    returns += 1
    goBack(to: haven)
    steps = []
    return true
  }

  private mutating func goBack(to haven: Haven) {
    (constraint, state, logits) = (haven.constraint, haven.state, haven.logits)
    text.removeLast(text.count - haven.length)
    attemptsAtHaven = attempts
  }

  /// Keeps this place if the tune can be ended from here in time.
  private mutating func lookForHaven() {
    // Every few bars, and where the length runs out.
    if let haven, text.count - haven.length < 60, maximumLength - text.count > 120 { return }
    guard
      let ending = TuneCompletion.shortest(
        after: constraint, atMost: min(maximumLength - text.count, 40), isThorough: false)
    else { return }
    haven = place(ending: ending)
    attemptsAtHaven = attempts
  }

  private func place(ending: String) -> Haven {
    Haven(constraint: constraint, state: state, logits: logits, length: text.count, ending: ending)
  }

  /// Ends the tune at the last place from where the way is known.
  private mutating func goHome() throws(Failure) -> Result {
    if let haven {
      goBack(to: haven)
      try force(haven.ending)
      return result(wasCompleted: true)
    }
    // Not one bar is whole. What the model wrote of the music, and then of the header, is given up; what was asked for
    // is not.
    let lineEnds = text.indices.filter { text[$0] == "\n" && $0 >= forcedLength }.map { $0 + 1 }
    for length in [text.count] + lineEnds.reversed() + [forcedLength] {
      guard length < maximumLength, let constraint = TuneConstraint().taking(Self.string(text[..<length])),
        let ending = TuneCompletion.shortest(
          after: constraint, atMost: maximumLength - length, isThorough: true)
      else { continue }
      text.removeLast(text.count - length)
      text.append(contentsOf: ending.unicodeScalars)
      return result(wasCompleted: true)
    }
    throw text.count < maximumLength ? .impossibleBeginning : .tooShort
  }

  private func result(wasCompleted: Bool) -> Result {
    Result(text: Self.string(text[...]), draws: draws, acceptedDraws: accepted, wasCompleted: wasCompleted)
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// Draws until something may come; true where the tune has ended, nil where every choice leads nowhere.
  private mutating func choose(_ steps: inout [Step]) -> Bool? {
    var isFirst = true
    while true {
      guard let index = draw(&steps[steps.count - 1].weights) else {
        // Nothing may come: the choice before led nowhere.
        steps.removeLast()
        guard let before = steps.last else { return nil }
        (constraint, state) = (before.constraint, before.state)
        text.removeLast(text.count - before.length)
        isFirst = false
        continue
      }
      attempts += 1
      if isFirst { draws += 1 }
      if index == Int(end) {
        guard constraint.mayEnd else {
          isFirst = false
          continue
        }
        if isFirst { accepted += 1 }
        return true
      }
      guard let scalar = scalars[index], let next = next(scalar) else {
        isFirst = false
        continue
      }
      if isFirst { accepted += 1 }
      constraint = next
      text.append(scalar)
      logits = stepper.step(Int32(index), &state)
      return false
    }
  }

  /// The constraint after a character, nil where it may not come. A prescribed field begins with its own letter only
  /// where nothing else is prescribed before it, so that what is asked for comes out.
  private func next(_ scalar: Unicode.Scalar) -> TuneConstraint? {
    if constraint.isAtHeaderLine, Character(scalar) == "K", unwritten.contains(where: { $0 != "K" }) {
      return nil
    }
    return constraint.taking(scalar)
  }

  /// Prescribed fields that are not yet written.
  private var unwritten: [Character] {
    Header.letters.filter { header.line($0) != nil && !constraint.fields.contains($0) }
  }

  /// Draws an index and takes it out of the weights; nil where all are 0.
  private mutating func draw(_ weights: inout [Double]) -> Int? {
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return nil }
    var rest = sampler.random.nextUnit() * sum
    var last: Int?
    for (index, weight) in weights.enumerated() where weight > 0 {
      last = index
      rest -= weight
      if rest < 0 { break }
    }
    if let last { weights[last] = 0 }
    return last
  }

  /// Writes the next prescribed field where its turn has come: the title behind X:, the others where the model would
  /// write that field or one behind it.
  private mutating func writePrescribedField() throws(Failure) -> Bool {
    guard let letter = unwritten.first, constraint.fields.contains("X") || letter == "X" else { return false }
    let likely = sampler.probabilities(of: logits) ?? []
    func weight(_ letter: Character) -> Double {
      model.vocabulary.index(of: String(letter)).map { likely[Int($0)] } ?? 0
    }
    // A title comes at once; another field when the model prefers it, or prefers what comes behind it.
    let others = ["T", "R", "M", "L", "K"].map { Character($0) }
    let behind = others.drop { $0 != letter }.reduce(0) { $0 + weight($1) }
    let before = likely.reduce(0, +) - behind
    // With the unit length written nothing but the key is left to come.
    let isLast = letter != "K" && constraint.fields.contains("L")
    guard let line = header.line(letter), letter == "T" || behind >= before || isLast else { return false }
    if constraint.taking(line) == nil {
      if isLast { throw .impossibleBeginning }
      return false
    }
    try force(line)
    return true
  }

  private mutating func force(_ forced: String) throws(Failure) {
    for scalar in forced.unicodeScalars {
      guard let next = constraint.taking(scalar) else { throw .impossibleBeginning }
      constraint = next
      text.append(scalar)
      // What the model does not know it does not read.
      if let index = model.vocabulary.index(of: scalar) { logits = stepper.step(index, &state) }
    }
  }
}
