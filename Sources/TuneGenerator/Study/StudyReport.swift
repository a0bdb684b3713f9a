import CharacterModel

/// The report of a study, as Markdown with pictures beside it.
public struct StudyReport: Sendable {
  /// Tunes that a row's first model wrote at a temperature.
  public struct Sample: Sendable {
    /// The row's name.
    public let row: String
    /// The temperature.
    public let temperature: Double
    /// How many were clean.
    public let cleanliness: CleanlinessReport
    /// The first of them, not the best.
    public let tune: GeneratedTune
    /// The file of its sheet music beside the report; nil where there is none.
    public let sheet: String?

    /// A sample.
    public init(
      row: String, temperature: Double, cleanliness: CleanlinessReport, tune: GeneratedTune, sheet: String?
    ) {
      self.row = row
      self.temperature = temperature
      self.cleanliness = cleanliness
      self.tune = tune
      self.sheet = sheet
    }
  }

  /// The unit of a row's first model that follows a feature most closely.
  public struct Unit: Sendable {
    /// The row's name.
    public let row: String
    /// What it follows.
    public let feature: TuneFeature
    /// The unit.
    public let unit: UnitCorrelations.Ranked
    /// The file of its heatmap beside the report.
    public let picture: String

    /// A unit.
    public init(row: String, feature: TuneFeature, unit: UnitCorrelations.Ranked, picture: String) {
      self.row = row
      self.feature = feature
      self.unit = unit
      self.picture = picture
    }
  }

  let study: Study
  let results: StudyResults
  /// What each validation tune predicts.
  let validationCharacters: [Int]
  let samples: [Sample]
  let units: [Unit]
  /// The files of the loss curves beside the report, by the names of rows.
  let curves: [String: String]

  /// A report.
  public init(
    study: Study, results: StudyResults, validationCharacters: [Int], samples: [Sample], units: [Unit],
    curves: [String: String]
  ) {
    self.study = study
    self.results = results
    self.validationCharacters = validationCharacters
    self.samples = samples
    self.units = units
    self.curves = curves
  }

  /// The report as Markdown.
  public var markdown: String {
    var text = "# \(study.title)\n\n"
    text += losses + conclusions + generated + reactions + loss
    return text
  }

  private func title(_ row: String) -> String { study.rows.first { $0.name == row }?.title ?? row }

  private static func cell(_ estimate: Estimate) -> String {
    let mean = estimate.mean.text(decimals: 3)
    return estimate.standardError.map { "\(mean) ± \($0.text(decimals: 3))" } ?? mean
  }

  private var losses: String {
    let seeds = study.seeds.count
    var text = """
      ## Losses

      Each row is the mean over \(seeds) \(seeds == 1 ? "seed" : "seeds")\(seeds > 1 ? ", ± its standard error" : ""). \
      *Paper* is what the paper prints: the loss of one last slice, summed over 29 predictions and divided by 30. \
      *As the paper counts* is that measure taken properly: over all slices of the last epoch for training, over random \
      slices of all validation tunes, ± also over tunes. *Whole tunes* is how the model is used: mean nats a character \
      over whole tunes from a zero state, divided by the characters of the text but the first; in brackets the standard error over tunes.

      | model | paper: training | paper: validation | as the paper counts: training | as the paper counts: validation \
      | whole tunes: validation | whole tunes: test | seconds |
      |---|---|---|---|---|---|---|---|

      """
    for row in study.rows {
      let runs = results.runs(of: row)
      guard !runs.isEmpty else { continue }
      let published = [row.publishedTraining, row.publishedValidation].map { $0.map { "\($0)" } ?? "–" }
      let overTunes = Self.overTunes(runs.map(\.validation), validationCharacters)
      let slices = Estimate(runs.map(\.slices.paperLoss))
      let sliceError = Estimate(runs.map(\.slices.paperStandardError)).mean
      let tests = runs.compactMap(\.test)
      let cells =
        [row.title] + published + [
          Self.cell(Estimate(runs.map(\.training))),
          "\(Self.cell(slices)) (\(sliceError.text(decimals: 3)))",
          "**\(Self.cell(Estimate(runs.map(\.validation.natsPerCharacter))))** "
            + "(\((overTunes.standardError ?? 0).text(decimals: 3)))",
          tests.isEmpty ? "–" : Self.cell(Estimate(tests.map(\.natsPerCharacter))),
          Estimate(runs.map(\.seconds)).mean.text(decimals: 1),
        ]
      text += "| " + cells.joined(separator: " | ") + " |\n"
    }
    return text + "\n"
  }

  /// The loss of the mean over seeds, with its error over tunes.
  private static func overTunes(_ runs: [Evaluation], _ characters: [Int]) -> Estimate {
    let means = characters.indices.map { tune in
      runs.reduce(0) { $0 + $1.natsOfTunes[tune] } / Double(runs.count)
    }
    return Estimate(ratioOf: means, to: characters)
  }

  private var conclusions: String {
    guard !study.claims.isEmpty else { return "" }
    var text = """
      ## Which conclusions hold

      Compared tune by tune on the whole validation tunes. The error comes from the tunes and the seeds together; at less \
      than two errors nothing can be said.

      | claim | difference, nats a character | verdict |
      |---|---|---|

      """
    for claim in study.claims {
      let runs = [claim.better, claim.worse].map { (results.runs[$0] ?? []).map(\.validation) }
      guard runs.allSatisfy({ !$0.isEmpty }) else { continue }
      let comparison = Comparison(better: runs[0], worse: runs[1], characters: validationCharacters)
      let verdict =
        switch comparison.verdict {
        case .holds: "**holds**"
        case .fails: "**does not hold**: it is the other way round"
        case .open: "**cannot be told**: no difference beyond chance"
        }
      let difference = comparison.difference.text(decimals: 3)
      text +=
        "| \(claim.text) | \(difference) ± \(comparison.standardError.text(decimals: 3)) | \(verdict) |\n"
    }
    return text + "\n"
  }

  private var generated: String {
    guard !samples.isEmpty else { return "" }
    var text = """
      ## What the models write

      \(study.tunes) tunes at each temperature by the model of the first seed: plain sampling, primed with `<start>`, at \
      most 1,000 characters. In brackets 95 % intervals.

      | model | temperature | ended | without error | clean | every bar right |
      |---|---|---|---|---|---|

      """
    for sample in samples {
      let title = title(sample.row)
      let report = sample.cleanliness
      let rates = [report.ended, report.withoutError, report.clean, report.rightBars].map(Self.cell)
      text += "| \(title) | \(sample.temperature) | \(rates.joined(separator: " | ")) |\n"
    }
    text += "\nThe first tune of each, as it came:\n\n"
    for sample in samples {
      let title = title(sample.row)
      text += "### \(title), temperature \(sample.temperature)\n\n"
      if let sheet = sample.sheet { text += "![sheet music](\(sheet))\n\n" }
      // A tune may hold backquotes, three in a row too.
      let fence = String(repeating: "`", count: max(3, Self.longestFence(sample.tune.abc) + 1))
      text += "\(fence)abc\n\(sample.tune.abc)\(fence)\n\n"
    }
    return text
  }

  private static func longestFence(_ text: String) -> Int {
    text.split { $0 != "`" }.map(\.count).max() ?? 0
  }

  private static func cell(_ rate: CleanlinessReport.Rate) -> String {
    let bounds = [rate.interval.lowerBound, rate.interval.upperBound].map { (100 * $0).text(decimals: 1) }
    return "\((100 * rate.value).text(decimals: 1)) % (\(bounds[0])–\(bounds[1]))"
  }

  private var reactions: String {
    guard !units.isEmpty else { return "" }
    var text = """
      ## What units react to

      Of all units the one that follows each feature most closely, by Pearson's correlation over the characters of the \
      validation tunes. Red is 1, blue −1.


      """
    for unit in units {
      let title = title(unit.row)
      text += "### \(title): \(unit.feature.title)\n\n"
      text +=
        "Layer \(unit.unit.layer + 1), unit \(unit.unit.unit): r = \(unit.unit.correlation.text(decimals: 2))\n\n"
      text += "![heatmap](\(unit.picture))\n\n"
    }
    return text
  }

  private var loss: String {
    guard !curves.isEmpty else { return "" }
    var text = "## Loss curves\n\nNats a character; one line a seed.\n\n"
    for row in study.rows {
      if let curve = curves[row.name] { text += "### \(row.title)\n\n![loss curves](\(curve))\n\n" }
    }
    return text
  }
}
