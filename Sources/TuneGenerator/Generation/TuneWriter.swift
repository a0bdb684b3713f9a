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
    /// What the title, rhythm, meter and key are to be; nil leaves them to the model. For constrained tunes only.
    public var title: String?
    /// The rhythm, such as `reel`.
    public var rhythm: String?
    /// The meter, such as `6/8`.
    public var meter: String?
    /// The key, such as `Ador`.
    public var key: String?

    /// Options; see the properties.
    public init(
      sampling: SamplingOptions = SamplingOptions(temperature: 0.8), maximumLength: Int = 1000,
      prime: String = "", isConstrained: Bool = true
    ) {
      self.sampling = sampling
      self.maximumLength = maximumLength
      self.prime = prime
      self.isConstrained = isConstrained
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
  /// - Throws: `GenerationError`.
  public func write(
    seed: UInt64, options: Options = Options(), shouldStop: () -> Bool = { false }
  ) throws(GenerationError) -> GeneratedTune {
    let sampler = Sampler(options: options.sampling, seed: seed)
    let prime: [Int32]
    do { prime = try encoding.prime(options.prime) } catch { throw .model(error) }
    if options.isConstrained, let tune = try writeConstrained(options, sampler, shouldStop) { return tune }
    return writePlainly(prime, options, sampler, shouldStop)
  }

  /// Nil where the model has no markers, so that nothing can be promised, or where it was stopped.
  private func writeConstrained(
    _ options: Options, _ sampler: Sampler, _ shouldStop: () -> Bool
  ) throws(GenerationError) -> GeneratedTune? {
    let header = ConstrainedSampling.Header(
      title: options.title, rhythm: options.rhythm, meter: options.meter, key: options.key)
    guard
      var sampling = ConstrainedSampling(
        model: model, sampler: sampler, maximumLength: options.maximumLength, header: header)
    else { return nil }
    do throws(ConstrainedSampling.Failure) {
      let result = try sampling.run(prime: options.prime, shouldStop: shouldStop)
      return GeneratedTune(
        abc: result.text, hasEnded: true,
        characters: result.text.unicodeScalars.count - options.prime.unicodeScalars.count,
        draws: result.draws, acceptedDraws: result.acceptedDraws, wasCompleted: result.wasCompleted)
    } catch {
      switch error {
      case .impossibleBeginning: throw .impossibleBeginning
      case .tooShort: throw .tooShort(maximumLength: options.maximumLength)
      case .stopped: return nil
      }
    }
  }

  private func writePlainly(
    _ prime: [Int32], _ options: Options, _ sampler: Sampler, _ shouldStop: () -> Bool
  ) -> GeneratedTune {
    var sampler = sampler
    let written = model.generate(prime: prime, maximumLength: options.maximumLength, sampler: &sampler) {
      encoding.isFinished($0) || shouldStop()
    }
    return GeneratedTune(
      abc: encoding.abc(prime: options.prime, written: written), hasEnded: encoding.isFinished(written),
      characters: written.count)
  }
}
