/// How many of the tunes that a model wrote are sound.
public struct CleanlinessReport: Sendable {
  /// A share of tunes with its 95 % confidence interval (Wilson's).
  public struct Rate: Sendable {
    /// Tunes that are so.
    public let count: Int
    /// Tunes in all.
    public let total: Int

    /// The share, 0…1; 0 where there are no tunes.
    public var value: Double { total == 0 ? 0 : Double(count) / Double(total) }

    /// The share and its interval in per cent, such as `50.0 % (40.4-59.6)`.
    ///
    /// - Parameter dash: what stands between the bounds.
    package func text(dash: String = "-") -> String {
      let bounds = [interval.lowerBound, interval.upperBound].map(\.percent).joined(separator: dash)
      return "\(value.percent) % (\(bounds))"
    }

    /// The bounds of the interval, 0…1.
    public var interval: ClosedRange<Double> {
      guard total > 0 else { return 0...1 }
      let z = 1.959964
      let n = Double(total)
      let center = (value + z * z / (2 * n)) / (1 + z * z / n)
      let spread = z / (1 + z * z / n) * (value * (1 - value) / n + z * z / (4 * n * n)).squareRoot()
      return max(center - spread, 0)...min(center + spread, 1)
    }
  }

  private var tunes = 0
  private var endedCount = 0
  private var withoutErrorCount = 0
  private var cleanCount = 0
  private var rightBarsCount = 0
  /// Findings a code.
  public private(set) var findings: [String: Int] = [:]
  /// The tunes with the most findings, worst first.
  public private(set) var worst: [GeneratedTune] = []
  private var completedCount = 0
  private var draws = 0
  private var acceptedDraws = 0

  /// A report on no tunes yet.
  public init() {}

  /// Takes a tune into account.
  public mutating func add(_ tune: GeneratedTune) {
    tunes += 1
    if tune.hasEnded { endedCount += 1 }
    if tune.score != nil, tune.count(.error) == 0 { withoutErrorCount += 1 }
    if tune.isClean { cleanCount += 1 }
    if tune.hasRightBars { rightBarsCount += 1 }
    if tune.wasCompleted { completedCount += 1 }
    draws += tune.draws
    acceptedDraws += tune.acceptedDraws
    keepIfBad(tune)
    for finding in tune.tunebook.diagnostics where finding.severity > .info {
      findings[finding.code.rawValue, default: 0] += 1
    }
  }

  private mutating func keepIfBad(_ tune: GeneratedTune) {
    guard !tune.isClean else { return }
    let place = worst.firstIndex { $0.faultCount < tune.faultCount } ?? worst.count
    guard place < 3 else { return }
    worst.insert(tune, at: place)
    if worst.count > 3 { worst.removeLast() }
  }

  /// Tunes that the constraint brought to an end: the length ran out, or the model found no way on.
  public var completed: Rate { Rate(count: completedCount, total: tunes) }

  /// The mean probability that the constraint leaves to the model, 0…1; nil for plain sampling.
  public var keptProbability: Double? { draws == 0 ? nil : Double(acceptedDraws) / Double(draws) }

  /// Tunes that the model ended itself.
  public var ended: Rate { Rate(count: endedCount, total: tunes) }
  /// Tunes without an error.
  public var withoutError: Rate { Rate(count: withoutErrorCount, total: tunes) }
  /// Tunes that ended and have neither error nor warning.
  public var clean: Rate { Rate(count: cleanCount, total: tunes) }
  /// Tunes whose bars all add up.
  public var rightBars: Rate { Rate(count: rightBarsCount, total: tunes) }
}

extension GeneratedTune {
  fileprivate var faultCount: Int { count(.error) * 100 + count(.warning) }
}
