import Glibc

/// How characters are drawn from a model's predictions.
public struct SamplingOptions: Sendable, Equatable {
  /// What logits are divided by: below 1 more certain, above 1 more varied; 0 always takes the likeliest.
  public var temperature: Double
  /// Only this many of the likeliest characters; nil for all.
  public var topK: Int?
  /// Only the likeliest characters that together reach this probability, 0...1; nil for all.
  public var topP: Double?

  /// Options; a temperature below 0 counts as 0, a `topK` below 1 as 1.
  public init(temperature: Double = 1, topK: Int? = nil, topP: Double? = nil) {
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
  }
}

/// Draws characters; the same seed, logits and options give the same characters.
public struct Sampler: Sendable {
  /// How to draw.
  public var options: SamplingOptions
  /// The random numbers.
  public var random: RandomSource

  /// A sampler that starts from `seed`.
  public init(options: SamplingOptions = SamplingOptions(), seed: UInt64) {
    self.options = options
    random = RandomSource(seed: seed)
  }

  /// Draws the index of a character from `logits`.
  ///
  /// Characters that `isAllowed` refuses have probability 0; temperature, then `topK`, then `topP` apply to the
  /// rest. `isAllowed` is asked once for each character at most.
  ///
  /// - Returns: nil when no character is allowed.
  public mutating func draw(from logits: [Float], where isAllowed: ((Int) -> Bool)? = nil) -> Int? {
    probabilities(of: logits, where: isAllowed).flatMap { draw(byWeights: $0) }
  }

  /// Draws an index by weights, which need not add up to 1; nil, and no random number is taken, where all are 0.
  public mutating func draw(byWeights weights: [Double]) -> Int? {
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return nil }
    var rest = random.nextUnit() * sum
    var last: Int?
    for (index, weight) in weights.enumerated() where weight > 0 {
      last = index
      rest -= weight
      if rest < 0 { break }
    }
    return last
  }

  /// What `draw` draws from: a weight for each character, the likeliest's being 1; nil when none is allowed.
  public func probabilities(of logits: [Float], where isAllowed: ((Int) -> Bool)? = nil) -> [Double]? {
    var weights = SamplingWeights()
    weights.set(to: logits.span, options: options, where: isAllowed)
    return weights.values.isEmpty ? nil : weights.values
  }
}

extension RecurrentModel {
  /// Writes on after `prime`: plain sampling, as the paper does it.
  ///
  /// - Parameters:
  ///   - prime: the characters read first, at least one, each below the vocabulary's count.
  ///   - maximumLength: the most characters written after it.
  ///   - isFinished: asked after each character with all written so far; true stops.
  /// - Returns: the characters written, without the prime.
  public func generate(
    prime: [Int32], maximumLength: Int, sampler: inout Sampler, until isFinished: ([Int32]) -> Bool
  ) -> [Int32] {
    precondition(!prime.isEmpty)
    let stepper = Stepper(self)
    var state = RecurrentState(of: self)
    var logits: [Float] = []
    for character in prime { logits = stepper.step(character, &state) }
    var written: [Int32] = []
    while written.count < maximumLength, let index = sampler.draw(from: logits) {
      written.append(Int32(index))
      if isFinished(written) { break }
      logits = stepper.step(Int32(index), &state)
    }
    return written
  }
}
