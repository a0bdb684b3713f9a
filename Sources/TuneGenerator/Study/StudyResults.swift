import CharacterModel

/// What a study has found: for each row and seed the losses of the trained model.
public struct StudyResults: Sendable {
  /// One trained model.
  public struct Run: Sendable {
    /// The seed it was trained from.
    public let seed: UInt64
    /// Its last epoch's training loss as the paper counts it; as we count where the recipe has no slices.
    public let training: Double
    /// Slices of the validation tunes, as the paper takes them.
    public let slices: SliceEvaluation
    /// Whole validation tunes.
    public let validation: Evaluation
    /// Whole test tunes; nil where there are none.
    public let test: Evaluation?
    /// Seconds of training, validation aside.
    public let seconds: Double

    /// A run.
    public init(
      seed: UInt64, training: Double, slices: SliceEvaluation, validation: Evaluation, test: Evaluation?,
      seconds: Double
    ) {
      self.seed = seed
      self.training = training
      self.slices = slices
      self.validation = validation
      self.test = test
      self.seconds = seconds
    }
  }

  /// The runs of each row, by its name.
  public let runs: [String: [Run]]

  /// Results.
  public init(runs: [String: [Run]]) {
    self.runs = runs
  }

  func runs(of row: Study.Row) -> [Run] { runs[row.name] ?? [] }
}

/// A mean and how far it may be off.
struct Estimate: Sendable, Equatable {
  let mean: Double
  /// The standard error; nil where a single number tells nothing about it.
  let standardError: Double?

  /// The mean of independent numbers.
  init(_ values: [Double]) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    self.mean = mean
    standardError =
      values.count < 2
      ? nil
      : (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1) / count).squareRoot()
  }

  init(mean: Double, standardError: Double?) {
    self.mean = mean
    self.standardError = standardError
  }

  /// The mean loss a character of tunes of different lengths, each tune drawn independently (the ratio estimator).
  ///
  /// - Parameters:
  ///   - nats: the sum of each tune's losses, or differences of them.
  ///   - characters: what each tune predicts.
  init(ratioOf nats: [Double], to characters: [Int]) {
    precondition(nats.count == characters.count)
    let total = Double(characters.reduce(0, +))
    let mean = nats.reduce(0, +) / total
    let count = Double(nats.count)
    let squares = zip(nats, characters).reduce(0.0) { sum, tune in
      let rest = tune.0 - mean * Double(tune.1)
      return sum + rest * rest
    }
    self.mean = mean
    standardError = nats.count < 2 ? nil : (squares * count / (count - 1)).squareRoot() / total
  }
}

/// Whether one row of a study predicts better than another.
struct Comparison: Sendable {
  /// The loss of the one claimed worse minus that of the one claimed better, in nats a character of whole tunes.
  let difference: Double
  /// Its standard error, from the tunes and the seeds together.
  let standardError: Double

  /// What can be said at two standard errors.
  enum Verdict: Equatable { case holds, fails, open }

  var verdict: Verdict {
    if difference > 2 * standardError { return .holds }
    return difference < -2 * standardError ? .fails : .open
  }

  /// Compares on the same tunes: a tune that is hard for both tells nothing.
  ///
  /// - Parameter characters: what each tune predicts.
  init(better: [Evaluation], worse: [Evaluation], characters: [Int]) {
    func means(_ runs: [Evaluation]) -> [Double] {
      characters.indices.map { tune in runs.reduce(0) { $0 + $1.natsOfTunes[tune] } / Double(runs.count) }
    }
    let overTunes = Estimate(ratioOf: zip(means(worse), means(better)).map { $0 - $1 }, to: characters)
    let seeds = [better, worse].map { Estimate($0.map(\.natsPerCharacter)).standardError ?? 0 }
    difference = overTunes.mean
    let tunes = overTunes.standardError ?? 0
    standardError = (tunes * tunes + seeds.reduce(0) { $0 + $1 * $1 }).squareRoot()
  }
}
