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
    var weights = [Double](repeating: 0, count: logits.count)
    // Those that may come are marked by a weight.
    var best: Float?
    for index in logits.indices where !logits[index].isNaN && isAllowed?(index) ?? true {
      weights[index] = 1
      best = max(best ?? logits[index], logits[index])
    }
    guard let best else { return nil }
    guard options.temperature > 0 else {
      let first = logits.indices.first { weights[$0] > 0 && logits[$0] == best }
      for index in weights.indices { weights[index] = index == first ? 1 : 0 }
      return weights
    }
    var powers = logits.map { Float(Double($0 - best) / options.temperature) }
    let exponents = powers
    Kernels.best.exponential(&powers)
    for index in weights.indices where weights[index] > 0 && logits[index] != best {
      // Where single precision ends, an unlikely character is still likelier than a more unlikely one.
      weights[index] = exponents[index] > -80 ? Double(powers[index]) : exp(Double(exponents[index]))
    }
    limit(&weights)
    return weights
  }

  private func limit(_ weights: inout [Double]) {
    guard options.topK != nil || options.topP != nil else { return }
    // Of equal weights the lower index comes first.
    let order = weights.indices.filter { weights[$0] > 0 }.sorted { (weights[$0], $1) > (weights[$1], $0) }
    var kept = min(max(options.topK ?? order.count, 1), order.count)
    if let topP = options.topP {
      let goal = topP * order[..<kept].reduce(0) { $0 + weights[$1] }
      var sum = 0.0
      for (rank, index) in order[..<kept].enumerated() {
        sum += weights[index]
        if sum >= goal {
          kept = rank + 1
          break
        }
      }
    }
    for index in order[kept...] { weights[index] = 0 }
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
