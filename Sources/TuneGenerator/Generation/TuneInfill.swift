import ABCNotation
import CharacterModel

/// Some bars of a tune that are to be written anew, and what stands before and behind them.
///
/// Bars are counted as musicians do, from the first full one; a pickup is none.
struct TuneInfill: Sendable {
  /// The text up to the first of the bars.
  let prime: String
  /// What comes behind the last of them.
  let remainder: TuneRemainder

  /// Finds the bars in a tune that the constraint would let pass.
  init(_ tune: String, bars: ClosedRange<Int>) throws(GenerationError) {
    let text = tune.hasSuffix("\n") ? tune : tune + "\n"
    if let places = Self.places(of: text) {
      try self.init(text, places, bars)
    } else {
      throw .notInNormalForm
    }
  }

  private init(_ text: String, _ places: [Place], _ bars: ClosedRange<Int>) throws(GenerationError) {
    guard bars.lowerBound >= 1, bars.upperBound <= places.count else {
      throw .noSuchBars(count: places.count)
    }
    let scalars = Array(text.unicodeScalars)
    let (start, end) = (places[bars.lowerBound - 1].start, places[bars.upperBound - 1].sign)
    let within = scalars[start..<end]
    guard !within.contains(":"),
      !zip(within, within.dropFirst()).contains(where: { $0 == "|" && "|]1".unicodeScalars.contains($1) })
    else { throw .barsAcrossStrains }
    prime = String(String.UnicodeScalarView(scalars[..<start]))
    remainder = TuneRemainder(text: String(String.UnicodeScalarView(scalars[end...])), bars: bars.upperBound)
  }

  /// Where a bar begins, and where the sign behind it stands.
  private struct Place {
    let start: Int
    let sign: Int
  }

  /// The places of all bars; nil where the tune is not written as the constraint would have it.
  private static func places(of text: String) -> [Place]? {
    var constraint = TuneConstraint()
    var places: [Place] = []
    var (next, start, sign) = (0, 0, 0)
    for (index, character) in text.unicodeScalars.enumerated() {
      let wasInSign = constraint.isInSign
      guard let after = constraint.taking(character) else { return nil }
      constraint = after
      if constraint.isInSign, !wasInSign { (start, sign) = (next, index) }
      while places.count < constraint.barsWritten { places.append(Place(start: start, sign: sign)) }
      let isBlank = character == "\n" || character == " "
      if !constraint.isInBody || constraint.isInSign || wasInSign || isBlank && next == index {
        next = wasInSign && !constraint.isInSign && !isBlank ? index : index + 1
      }
    }
    return constraint.mayEnd ? places : nil
  }
}

extension TuneWriter {
  /// Writes some bars of a tune anew and keeps the rest.
  ///
  /// The model reads forwards only, so several ways are tried, and the one is taken behind which it finds the rest of the
  /// tune likeliest.
  ///
  /// - Parameter bars: as musicians count them, a pickup left out.
  /// - Throws: `GenerationError`.
  public func infill(
    _ tune: String, bars: ClosedRange<Int>, seed: UInt64, options: Options = Options(), candidates: Int = 8,
    shouldStop: () -> Bool = { false }
  ) throws(GenerationError) -> GeneratedTune {
    let infill = try TuneInfill(tune, bars: bars)
    var options = options
    options.prime = infill.prime
    options.maximumLength = max(options.maximumLength, 2 * tune.unicodeScalars.count)
    var best: (tune: GeneratedTune, nats: Double)?
    var failure = GenerationError.impossibleBeginning
    for candidate in 0..<max(candidates, 1) {
      let sampler = Sampler(options: options.sampling, seed: seed &+ UInt64(candidate) << 32)
      guard
        let draft = ConstrainedDraft(
          model: model, options: options, sampler: sampler, ending: infill.remainder)
      else { throw .notInNormalForm }
      guard let result = TuneLanes(model: model, count: 1).write(draft, shouldStop: shouldStop) else {
        return GeneratedTune(abc: "", hasEnded: false, characters: 0)
      }
      switch result {
      case .success(let tune):
        let nats = try nats(of: infill.remainder.text, in: tune.abc)
        if best.map({ nats < $0.nats }) ?? true { best = (tune, nats) }
      case .failure(.tooShort(let length)): failure = .tooShort(maximumLength: length)
      case .failure(let error): throw error
      }
    }
    guard let best else { throw failure }
    return best.tune
  }

  /// How unlikely the model finds the end of a tune behind what comes before it, in nats.
  private func nats(of ending: String, in tune: String) throws(GenerationError) -> Double {
    do {
      let all = try encoding.encode(TrainingText.marked(tune))
      let begun = all.dropLast(ending.unicodeScalars.count + 1)
      let (whole, part) = (model.evaluate([all]), model.evaluate([Array(begun)]))
      return whole.natsPerCharacter * Double(whole.characters) - part.natsPerCharacter
        * Double(part.characters)
    } catch {
      throw .model(error)
    }
  }
}
