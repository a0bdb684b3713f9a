import ABCNotation

/// What a collection holds: rhythms, meters, keys, lengths, and how much of it is clean.
public struct CorpusStatistics: Encodable, Sendable {
  /// All tunes.
  public private(set) var tunes = 0
  /// Those without a warning or an error.
  public private(set) var cleanTunes = 0
  /// Tunes by `R:`, in small letters; those that say nothing are under an empty name, here and below.
  public private(set) var rhythms: [String: Int] = [:]
  /// Tunes by `M:` as it is written.
  public private(set) var meters: [String: Int] = [:]
  /// Tunes by key, in our spelling.
  public private(set) var keys: [String: Int] = [:]
  /// How many tunes have a finding of a kind.
  public private(set) var findings: [String: Int] = [:]
  /// Bars, notes as written, and characters of each tune.
  private var bars: [Int] = []
  private var notes: [Int] = []
  private var characters: [Int] = []

  private enum CodingKeys: String, CodingKey {
    case tunes
    case cleanTunes = "clean_tunes"
    case rhythms, meters, keys, findings, bars, notes, characters
  }

  /// Nothing yet.
  public init() {}

  /// How numbers are spread.
  public struct Spread: Encodable, Sendable {
    /// The sum of all, the least, the quartiles and the greatest.
    public let total: Int, minimum: Int, lower: Int, median: Int, upper: Int, maximum: Int

    init(_ numbers: [Int]) {
      let sorted = numbers.sorted()
      func quantile(_ share: Double) -> Int {
        sorted.isEmpty ? 0 : sorted[Int((Double(sorted.count - 1) * share).rounded())]
      }
      total = numbers.reduce(0, +)
      minimum = quantile(0)
      lower = quantile(0.25)
      median = quantile(0.5)
      upper = quantile(0.75)
      maximum = quantile(1)
    }
  }

  /// The lengths of the tunes.
  public var lengths: (bars: Spread, notes: Spread, characters: Spread) {
    (Spread(bars), Spread(notes), Spread(characters))
  }

  /// Takes the tunes of a text.
  public mutating func add(_ source: SourceText) {
    for tune in Tunebook(parsing: source).tunes {
      let score = tune.score
      tunes += 1
      let faults = Set(tune.diagnostics.filter { $0.severity != .info }.map(\.code))
      if faults.isEmpty { cleanTunes += 1 }
      for code in faults { findings["\(code.rawValue) \(code.name)", default: 0] += 1 }
      let rhythm = (score.firstValue(of: "R") ?? "").split(separator: " ").joined(separator: " ")
      rhythms[rhythm.lowercased(), default: 0] += 1
      meters[score.firstValue(of: "M") ?? "", default: 0] += 1
      keys[score.firstValue(of: "K") == nil ? "" : score.key.description, default: 0] += 1
      bars.append(score.voices.map(\.measures.count).max() ?? 0)
      notes.append(score.noteCount)
      characters.append(source.string(tune.range).count)
    }
  }

  /// Writes counts and spreads, all that there is.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(tunes, forKey: .tunes)
    try container.encode(cleanTunes, forKey: .cleanTunes)
    try container.encode(rhythms, forKey: .rhythms)
    try container.encode(meters, forKey: .meters)
    try container.encode(keys, forKey: .keys)
    try container.encode(findings, forKey: .findings)
    let lengths = lengths
    try container.encode(lengths.bars, forKey: .bars)
    try container.encode(lengths.notes, forKey: .notes)
    try container.encode(lengths.characters, forKey: .characters)
  }
}
