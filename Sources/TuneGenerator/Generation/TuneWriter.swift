import CharacterModel

/// Writes tunes with a model.
public struct TuneWriter: Sendable {
  /// What a tune is to be.
  public struct Options: Sendable {
    /// How characters are drawn.
    public var sampling: SamplingOptions
    /// The most characters that the model writes.
    public var maximumLength: Int
    /// The first characters of the tune, which the model goes on from.
    public var prime: String
    /// Whether only characters that lead to a clean tune may come. Plain sampling takes what the model says.
    public var isConstrained: Bool
    /// What the title, style, rhythm, meter and key are to be; nil leaves them to the model. For constrained tunes only.
    public var title: String?
    /// The collection in whose style it is to be, such as `Ryan's`.
    public var style: String?
    /// The rhythm, such as `reel`.
    public var rhythm: String?
    /// The meter, such as `6/8`.
    public var meter: String?
    /// The key, such as `Ador`.
    public var key: String?
    /// The strains and bars that it is to have. For constrained tunes only.
    public var form: FormPlan = .any

    /// More than nearly every tune needs.
    public static let usualMaximumLength = 1000

    /// Whether bars come again as they do in tunes by people. For constrained tunes only.
    public var repeatsPhrases = true

    /// Options; see the properties.
    public init(
      sampling: SamplingOptions = SamplingOptions(temperature: 0.8),
      maximumLength: Int = Options.usualMaximumLength,
      prime: String = "", isConstrained: Bool = true
    ) {
      self.sampling = sampling
      self.maximumLength = maximumLength
      self.prime = prime
      self.isConstrained = isConstrained
    }

    var wishes: HeaderWishes {
      HeaderWishes(title: title, style: style, rhythm: rhythm, meter: meter, key: key)
    }
  }

  let model: RecurrentModel
  let encoding: TuneEncoding

  /// A writer with a model.
  public init(model: RecurrentModel) {
    self.model = model
    encoding = TuneEncoding(model.vocabulary)
  }

  /// Tunes that are written side by side where there are many.
  public static let sideBySide = 64

  /// Writes one tune. The same seed, model and options give the same text.
  ///
  /// - Parameters:
  ///   - shouldStop: asked after each character; true leaves the tune unfinished.
  ///   - progress: told what is written so far and will not be taken back, after each character.
  /// - Throws: `GenerationError`.
  public func write(
    seed: UInt64, options: Options = Options(), shouldStop: () -> Bool = { false },
    progress: ((String) -> Void)? = nil
  ) throws(GenerationError) -> GeneratedTune {
    let lanes = TuneLanes(model: model, count: 1)
    let result =
      if let draft = constrainedDraft(seed: seed, options) {
        lanes.write(draft, shouldStop: shouldStop, progress: progress)
      } else {
        lanes.write(plainDraft(seed: seed, options), shouldStop: shouldStop, progress: progress)
      }
    return try result?.get() ?? GeneratedTune(abc: "", hasEnded: false, characters: 0)
  }

  /// Writes the tune that a provenance tells of, with its seed or another.
  ///
  /// - Throws: `GenerationError`.
  public func write(
    _ provenance: Provenance, shouldStop: () -> Bool = { false }, progress: ((String) -> Void)? = nil
  ) throws(GenerationError) -> GeneratedTune {
    guard let options = provenance.options else { throw .impossibleBeginning }
    if let bars = provenance.infillBars {
      return try infill(
        options.prime, bars: bars, seed: provenance.seed, options: options, shouldStop: shouldStop)
    }
    return try write(seed: provenance.seed, options: options, shouldStop: shouldStop, progress: progress)
  }

  /// Writes one tune for each seed, side by side: each is what `write(seed:options:)` gives, in less time.
  ///
  /// - Parameter shouldStop: asked after each character; true leaves off, and nothing is returned for tunes that are not
  ///   finished.
  public func write(
    seeds: [UInt64], options: Options = Options(), shouldStop: () -> Bool = { false }
  ) -> [Result<GeneratedTune, GenerationError>?] {
    var results = [Result<GeneratedTune, GenerationError>?](repeating: nil, count: seeds.count)
    var begun = 0
    write(
      sideBySide: min(seeds.count, Self.sideBySide), options: options,
      next: { _ in
        guard begun < seeds.count else { return .stop }
        defer { begun += 1 }
        return .begin(number: begun, seed: seeds[begun])
      }, shouldStop: shouldStop, finish: { results[$0] = $1 })
    return results
  }

  /// What `write(sideBySide:)` begins where it has room for a tune.
  public enum Next: Sendable {
    /// A tune of this seed, with a number to tell it by.
    case begin(number: Int, seed: UInt64)
    /// None yet: it asks again.
    case wait
    /// No more.
    case stop
  }

  /// Writes tunes side by side as long as there are more: each is what `write(seed:options:)` gives.
  ///
  /// - Parameters:
  ///   - lanes: how many at once, at least 1.
  ///   - next: asked wherever there is room for one, with whether none is being written.
  ///   - shouldStop: asked after each character; true leaves off, and unfinished tunes are dropped.
  ///   - finish: handed each tune as soon as it is finished, not in the order in which they began.
  public func write(
    sideBySide lanes: Int, options: Options = Options(), next: (_ isIdle: Bool) -> Next,
    shouldStop: () -> Bool = { false }, finish: (Int, Result<GeneratedTune, GenerationError>) -> Void
  ) {
    func write<Draft: TuneDraft>(_ draft: (UInt64) -> Draft) {
      TuneLanes(model: model, count: max(lanes, 1)).write(
        next: { isIdle -> TuneLanes.Next<Draft> in
          switch next(isIdle) {
          case .begin(let number, let seed): .begin(number: number, draft(seed))
          case .wait: .wait
          case .stop: .stop
          }
        }, shouldStop: shouldStop, finish: finish)
    }
    if let draft = constrainedDraft(seed: 0, options) {
      write { draft.begun(with: Sampler(options: options.sampling, seed: $0)) }
    } else {
      write { plainDraft(seed: $0, options) }
    }
  }

  /// Nil where the model has no markers, so that nothing can be promised, or where no constraint is asked for.
  private func constrainedDraft(seed: UInt64, _ options: Options) -> ConstrainedDraft? {
    guard options.isConstrained else { return nil }
    let sampler = Sampler(options: options.sampling, seed: seed)
    return ConstrainedDraft(model: model, options: options, sampler: sampler)
  }

  private func plainDraft(seed: UInt64, _ options: Options) -> PlainDraft {
    PlainDraft(
      encoding: encoding, options: options, sampler: Sampler(options: options.sampling, seed: seed))
  }
}
