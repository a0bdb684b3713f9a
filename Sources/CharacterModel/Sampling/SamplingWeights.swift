import Glibc

/// Weights by which a character is drawn. Those of the next character take over the memory.
public struct SamplingWeights: Sendable {
  /// A weight for each character, the likeliest's being 1; none when no character is allowed.
  public private(set) var values: [Double] = []
  private var powers: [Float] = []

  /// No weights yet.
  public init() {}

  /// Makes them those of a model's predictions.
  ///
  /// - Parameters:
  ///   - logits: one for each character.
  ///   - options: temperature, then `topK`, then `topP` apply.
  ///   - isAllowed: asked once for each character at most; those that it refuses have weight 0.
  public mutating func set(
    to logits: Span<Float>, options: SamplingOptions, where isAllowed: ((Int) -> Bool)? = nil
  ) {
    if values.count != logits.count {
      values = Array(repeating: 0, count: logits.count)
      powers = Array(repeating: 0, count: logits.count)
    }
    guard let best = Self.mark(&values, logits, isAllowed) else {
      values = []
      return
    }
    if options.temperature > 0 {
      Self.weigh(&values, &powers, logits, best, options.temperature)
      limit(options)
    } else {
      let first = logits.indices.first { values[$0] > 0 && logits[$0] == best }
      for index in values.indices { values[index] = index == first ? 1 : 0 }
    }
  }

  /// Gives a character no weight any more.
  public mutating func remove(_ index: Int) { values[index] = 0 }

  /// Marks those that may come by a weight. The best of them; nil where there is none.
  private static func mark(_ values: inout [Double], _ logits: Span<Float>, _ isAllowed: ((Int) -> Bool)?)
    -> Float?
  {
    var weights = values.mutableSpan
    var best: Float?
    for index in logits.indices {
      let mayCome = !logits[index].isNaN && isAllowed?(index) ?? true
      weights[index] = mayCome ? 1 : 0
      if mayCome { best = max(best ?? logits[index], logits[index]) }
    }
    return best
  }

  private static func weigh(
    _ values: inout [Double], _ powers: inout [Float], _ logits: Span<Float>, _ best: Float,
    _ temperature: Double
  ) {
    func exponent(_ index: Int) -> Float { Float(Double(logits[index] - best) / temperature) }
    var exponents = powers.mutableSpan
    for index in logits.indices { exponents[index] = exponent(index) }
    Kernels.best.exponential(&powers)
    var weights = values.mutableSpan
    for index in logits.indices where weights[index] > 0 && logits[index] != best {
      // Where single precision ends, an unlikely character is still likelier than a more unlikely one.
      weights[index] = powers[index] > 1e-34 ? Double(powers[index]) : exp(Double(exponent(index)))
    }
  }

  private mutating func limit(_ options: SamplingOptions) {
    guard options.topK != nil || options.topP != nil else { return }
    // Of equal weights the lower index comes first.
    let order = values.indices.filter { values[$0] > 0 }.sorted { (values[$0], $1) > (values[$1], $0) }
    var kept = min(max(options.topK ?? order.count, 1), order.count)
    if let topP = options.topP {
      let goal = topP * order[..<kept].reduce(0) { $0 + values[$1] }
      var sum = 0.0
      for (rank, index) in order[..<kept].enumerated() {
        sum += values[index]
        if sum >= goal {
          kept = rank + 1
          break
        }
      }
    }
    for index in order[kept...] { values[index] = 0 }
  }
}
