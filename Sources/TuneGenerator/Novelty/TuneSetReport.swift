import ABCNotation

/// What some tunes are like together, and what they share with those that a model learnt from.
public struct TuneSetReport: Sendable {
  /// The median and the ninth tenth of some numbers.
  public struct Spread: Sendable, Encodable {
    /// Half of the numbers are no larger.
    public let median: Double
    /// Nine tenths of the numbers are no larger.
    public let ninthTenth: Double

    private enum CodingKeys: String, CodingKey {
      case median
      case ninthTenth = "ninth_tenth"
    }

    /// Both, separated by a comma.
    package func text(decimals: Int = 0) -> String {
      "\(median.text(decimals: decimals)), \(ninthTenth.text(decimals: decimals))"
    }

    init(_ values: [Double]) {
      let sorted = values.sorted()
      func value(_ share: Double) -> Double {
        sorted.isEmpty ? 0 : sorted[max(Int((share * Double(sorted.count)).rounded(.up)) - 1, 0)]
      }
      (median, ninthTenth) = (value(0.5), value(0.9))
    }
  }

  /// What a set shares with the training tunes.
  public struct Novelty: Sendable {
    /// Notes in a row that a training tune has as well.
    public let longestRun: Spread
    /// Bars in a row that a training tune has as well.
    public let copiedBars: Spread
    /// The part of the notes that tells a tune from the nearest training tune.
    public let nearestDistance: Spread
    /// The tunes that are nearest to a training tune: title, that tune's title, distance.
    public let nearest: [(title: String, training: String, distance: Double)]
  }

  /// What a set's tunes are like.
  public struct Structure: Sendable {
    /// How many tunes have each form.
    public let forms: [String: Int]
    /// The commonest of them with their shares in per cent.
    package func commonestForms(_ count: Int) -> String {
      let total = Double(max(forms.values.reduce(0, +), 1))
      return forms.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(count)
        .map { "\($0.key) \((Double($0.value) / total).percent) %" }.joined(separator: ", ")
    }

    /// Tunes whose strains have eight bars each.
    public let eightBarStrains: CleanlinessReport.Rate
    /// Tunes that end on the tonic.
    public let endsOnTonic: CleanlinessReport.Rate
    /// Semitones from the lowest to the highest note.
    public let range: Spread
    /// The part of the bars that have come before in the tune.
    public let repeatedBars: Spread
  }

  /// How far a set's histograms are from the training tunes', as Jensen–Shannon divergences in bits.
  public struct Divergences: Sendable, Encodable {
    /// Of pitches above the tonic.
    public let pitchClass: Double
    /// Of steps from note to note.
    public let interval: Double
    /// Of lengths.
    public let duration: Double

    private enum CodingKeys: String, CodingKey {
      case interval, duration
      case pitchClass = "pitch_class"
    }

    init(_ left: MelodyHistograms, _ right: MelodyHistograms) {
      pitchClass = MelodyHistograms.divergence(left.pitchClasses, right.pitchClasses)
      interval = MelodyHistograms.divergence(left.intervals, right.intervals)
      duration = MelodyHistograms.divergence(left.durations, right.durations)
    }
  }

  /// How many tunes were looked at.
  public let count: Int
  /// Nil where there is nothing to compare with.
  public let novelty: Novelty?
  /// What the tunes are like.
  public let structure: Structure
  /// Nil where there is nothing to compare with.
  public let divergences: Divergences?

  /// Looks at some tunes beside those that a model learnt from.
  public init(_ scores: [Score], beside training: LearntTunes?) {
    let found = training.map { training in
      scores.compactMap { score in training.index.finding(on: score).map { (score.title ?? "", $0) } }
    }
    count = scores.count
    novelty = found.map { found in
      let findings = found.map(\.1)
      let nearest = found.map { ($0, $1.nearestTitle, $1.nearestDistance) }
        .sorted { ($0.2, $0.0) < ($1.2, $1.0) }
      return Novelty(
        longestRun: Spread(findings.map { Double($0.longestRun) }),
        copiedBars: Spread(findings.map { Double($0.copiedBars) }),
        nearestDistance: Spread(findings.map(\.nearestDistance)),
        nearest: nearest.prefix(3).map { (title: $0.0, training: $0.1, distance: $0.2) })
    }
    let traits = scores.compactMap(TuneTraits.init)
    func rate(_ holds: (TuneTraits) -> Bool) -> CleanlinessReport.Rate {
      CleanlinessReport.Rate(count: traits.count(where: holds), total: traits.count)
    }
    structure = Structure(
      forms: Dictionary(traits.map { ($0.form ?? "other", 1) }, uniquingKeysWith: +),
      eightBarStrains: rate(\.hasEightBarStrains), endsOnTonic: rate(\.endsOnTonic),
      range: Spread(traits.map { Double($0.range) }), repeatedBars: Spread(traits.map(\.repeatedBars)))
    var histograms = MelodyHistograms()
    for score in scores { histograms.add(score) }
    divergences = training.map { Divergences(histograms, $0.histograms) }
  }
}

/// The tunes that a model learnt from, as others are compared with them.
public struct LearntTunes: Sendable {
  /// To find what is shared.
  public let index: NoveltyIndex
  let histograms: MelodyHistograms
  /// How far one half of them is from the other: what a difference must be held against.
  public let halves: TuneSetReport.Divergences
  /// What they are like.
  public let structure: TuneSetReport.Structure

  /// - Parameter scores: in any order; the halves are every other one.
  public init(_ scores: [Score]) {
    index = NoveltyIndex(scores)
    var (all, parts) = (MelodyHistograms(), [MelodyHistograms(), MelodyHistograms()])
    for (number, score) in scores.enumerated() {
      all.add(score)
      parts[number % 2].add(score)
    }
    histograms = all
    halves = TuneSetReport.Divergences(parts[0], parts[1])
    structure = TuneSetReport(scores, beside: nil).structure
  }
}
