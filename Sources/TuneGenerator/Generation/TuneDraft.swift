import CharacterModel

/// A tune that is being written, driven from outside: somebody lets the model read what is in ``queue`` and hands its
/// predictions to `advance`, until there is an ``outcome``. So many tunes can be written side by side.
protocol TuneDraft {
  /// What the model reads next, in order.
  var queue: [Int32] { get set }
  /// The state from which it reads the queue, if it is not the one it is in. Taken once.
  var restoring: RecurrentState? { get set }
  /// How it ended.
  var outcome: Result<GeneratedTune, GenerationError>? { get }
  /// What is written so far and will not be taken back.
  var settled: String { get }

  /// Takes a decision on the logits that the model gave behind the last of the queue.
  ///
  /// - Parameters:
  ///   - weights: memory to weigh the logits in, which drafts share.
  ///   - state: gives a copy of the state that the model is in.
  mutating func advance(_ logits: Span<Float>, weights: inout SamplingWeights, state: () -> RecurrentState)
}

/// Plain sampling: whatever the model says, as the paper does it.
struct PlainDraft: TuneDraft {
  var queue: [Int32]
  var restoring: RecurrentState?
  private(set) var outcome: Result<GeneratedTune, GenerationError>?

  private let encoding: TuneEncoding
  private let prime: String
  private let maximumLength: Int
  private var sampler: Sampler
  private var characters: [Int32] = []

  init(encoding: TuneEncoding, options: TuneWriter.Options, sampler: Sampler) {
    self.encoding = encoding
    prime = options.prime
    maximumLength = options.maximumLength
    self.sampler = sampler
    queue = []
    do { queue = try encoding.prime(prime) } catch { outcome = .failure(.model(error)) }
  }

  var settled: String { prime + encoding.vocabulary.decode(characters) }

  private var written: String { encoding.abc(prime: prime, written: characters) }

  mutating func advance(
    _ logits: Span<Float>, weights: inout SamplingWeights, state: () -> RecurrentState
  ) {
    weights.set(to: logits, options: sampler.options)
    if characters.count < maximumLength, let index = sampler.draw(byWeights: weights.values) {
      characters.append(Int32(index))
      queue.append(Int32(index))
    }
    let isFinished = encoding.isFinished(characters)
    guard isFinished || characters.count >= maximumLength || queue.isEmpty else { return }
    outcome = .success(GeneratedTune(abc: written, hasEnded: isFinished, characters: characters.count))
  }
}
