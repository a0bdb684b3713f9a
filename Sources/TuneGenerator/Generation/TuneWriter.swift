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
    /// How often to try for a clean tune; the cleanest is kept. 1 is plain sampling.
    public var attempts: Int

    /// Options; see the properties.
    public init(
      sampling: SamplingOptions = SamplingOptions(temperature: 0.8), maximumLength: Int = 1000,
      prime: String = "",
      attempts: Int = 8
    ) {
      self.sampling = sampling
      self.maximumLength = maximumLength
      self.prime = prime
      self.attempts = attempts
    }
  }

  private let model: RecurrentModel
  private let encoding: TuneEncoding

  /// A writer with a model.
  public init(model: RecurrentModel) {
    self.model = model
    encoding = TuneEncoding(model.vocabulary)
  }

  /// Writes one tune. The same seed, model and options give the same text.
  ///
  /// - Parameter shouldStop: asked after each character; true leaves the tune unfinished.
  /// - Throws: `CharacterModelError.unknownCharacter` for a prime that the model cannot read.
  public func write(
    seed: UInt64, options: Options = Options(), shouldStop: () -> Bool = { false }
  ) throws(CharacterModelError) -> GeneratedTune {
    let prime = try encoding.prime(options.prime)
    var sampler = Sampler(options: options.sampling, seed: seed)
    var best: GeneratedTune?
    for attempt in 1...max(options.attempts, 1) {
      let tune = write(prime, attempt: attempt, options: options, sampler: &sampler, shouldStop: shouldStop)
      if best.map({ tune.faults < $0.faults }) ?? true { best = tune }
      if tune.isClean || shouldStop() { break }
    }
    guard let best else { preconditionFailure("there is always a first attempt") }
    return best
  }

  private func write(
    _ prime: [Int32], attempt: Int, options: Options, sampler: inout Sampler, shouldStop: () -> Bool
  ) -> GeneratedTune {
    let written = model.generate(prime: prime, maximumLength: options.maximumLength, sampler: &sampler) {
      encoding.isFinished($0) || shouldStop()
    }
    return GeneratedTune(
      abc: encoding.abc(prime: options.prime, written: written), hasEnded: encoding.isFinished(written),
      characters: written.count, attempt: attempt)
  }
}
