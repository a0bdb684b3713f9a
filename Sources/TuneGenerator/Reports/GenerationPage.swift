/// What the tunes of a model are like, on a page that needs nothing from anywhere else.
public struct GenerationPage: Sendable {
  private struct Row: Sendable {
    let temperature: Double
    let cleanliness: CleanlinessReport
    let tunes: TuneSetReport
  }

  private let title: String
  private let isConstrained: Bool
  private let training: LearntTunes?
  private let people: TuneSetReport?
  private var rows: [Row] = []

  /// A page without tunes yet.
  ///
  /// - Parameters:
  ///   - title: the model's name.
  ///   - isConstrained: whether the tunes were written under the constraint.
  ///   - training: the tunes that the model learnt from.
  ///   - people: tunes by people that it never saw.
  public init(title: String, isConstrained: Bool, training: LearntTunes?, people: TuneSetReport?) {
    self.title = title
    self.isConstrained = isConstrained
    self.training = training
    self.people = people
  }

  /// Adds the tunes of a temperature.
  public mutating func add(temperature: Double, _ cleanliness: CleanlinessReport, _ tunes: TuneSetReport) {
    rows.append(Row(temperature: temperature, cleanliness: cleanliness, tunes: tunes))
  }

  /// The page.
  public var html: String {
    let way = isConstrained ? "Under the constraint" : "Plain sampling"
    return Markup.page(
      title: "Tunes by \(title)",
      style: """
        body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
        table { border-collapse: collapse; margin: 1rem 0; }
        th, td { padding: .25rem .75rem; text-align: right; border-bottom: 1px solid #8886; }
        th:first-child, td:first-child { text-align: left; }
        pre { overflow-x: auto; padding: .75rem; border: 1px solid #8886; }
        """,
      body: """
        <p>\(way); shares with their 95 % intervals.</p>
        \(chart)
        \(cleanlinessTable)
        \(structureTable)
        \(noveltyTable)
        \(worst)
        """)
  }

  // MARK: - Rates

  /// The share of clean tunes by temperature, with its interval.
  private var chart: String {
    var svg = """
      <svg role="img" aria-label="Clean tunes by temperature" viewBox="0 0 480 \(40 * rows.count + 30)" \
      width="480" font-family="sans-serif" font-size="13" fill="currentColor">

      """
    for (index, row) in rows.enumerated() {
      let y = 40 * index + 8
      let rate = row.cleanliness.clean
      func x(_ share: Double) -> String { (90 + 360 * share).text(decimals: 1) }
      svg += "<text x=\"0\" y=\"\(y + 17)\">at \(row.temperature)</text>"
      svg +=
        "<rect x=\"90\" y=\"\(y)\" width=\"\((360 * rate.value).text(decimals: 1))\" height=\"24\" fill=\"#1b6ca8\"/>"
      svg += "<line x1=\"\(x(rate.interval.lowerBound))\" x2=\"\(x(rate.interval.upperBound))\" "
      svg += "y1=\"\(y + 12)\" y2=\"\(y + 12)\" stroke=\"#c1440e\" stroke-width=\"3\"/>\n"
    }
    let end = 40 * rows.count + 22
    return svg + "<text x=\"90\" y=\"\(end)\">0 %</text><text x=\"450\" y=\"\(end)\" text-anchor=\"end\">"
      + "100 % clean</text>\n</svg>"
  }

  private var cleanlinessTable: String {
    Self.table(
      "How many are clean",
      ["temperature", "tunes", "ended", "without error", "clean", "right bars", "the constraint leaves"],
      rows.map { row in
        let report = row.cleanliness
        return ["\(row.temperature)", "\(report.ended.total)"]
          + [report.ended, report.withoutError, report.clean, report.rightBars].map { $0.text(dash: "–") }
          + [report.keptProbability.map { $0.percent + " %" } ?? "all"]
      })
      + Self.table(
        "Findings by rule", ["temperature", "rule", "findings"],
        rows.flatMap { row in
          row.cleanliness.findings.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { ["\(row.temperature)", $0.key, "\($0.value)"] }
        })
  }

  private var structureTable: String {
    var sets = rows.map { ("temperature \($0.temperature)", $0.tunes.structure) }
    if let training { sets.insert(("training tunes", training.structure), at: 0) }
    if let people { sets.insert(("held-out tunes", people.structure), at: min(1, sets.count)) }
    return Self.table(
      "What they are like",
      [
        "", "commonest forms", "strains of eight bars", "end on the tonic", "range (semitones)",
        "bars that come again",
      ],
      sets.map { name, structure in
        return [
          name, structure.commonestForms(3),
          structure.eightBarStrains.text(dash: "–"), structure.endsOnTonic.text(dash: "–"),
          structure.range.median.text(decimals: 0), structure.repeatedBars.median.percent + " %",
        ]
      })
  }

  private var noveltyTable: String {
    var sets = rows.map { ("temperature \($0.temperature)", $0.tunes) }
    if let people { sets.insert(("held-out tunes", people), at: 0) }
    guard let training else { return "" }
    let halves = training.halves
    return Self.table(
      "What they share with the training tunes: the median, and the ninth tenth",
      ["", "notes in a row", "bars in a row", "distance to the nearest"],
      sets.compactMap { name, tunes in
        tunes.novelty.map {
          [
            name, $0.longestRun.text(decimals: 0), $0.copiedBars.text(decimals: 0),
            $0.nearestDistance.text(decimals: 2),
          ]
        }
      })
      + Self.table(
        "How far their histograms are from the training tunes' (Jensen–Shannon, bits)",
        ["", "pitches above the tonic", "intervals", "lengths"],
        [["one half of the training tunes from the other"] + Self.cells(halves)]
          + sets.compactMap { name, tunes in tunes.divergences.map { [name] + Self.cells($0) } })
  }

  private var worst: String {
    let tunes = rows.flatMap { row in row.cleanliness.worst.map { (row.temperature, $0) } }
    guard !tunes.isEmpty else { return "" }
    return "<h2>Among the worst</h2>\n"
      + tunes.map { temperature, tune in
        let findings = tune.tunebook.diagnostics.filter { $0.severity > .info }.map(\.message)
        return "<p>At \(temperature): \(Markup.escaped(findings.prefix(3).joined(separator: "; ")))</p>\n"
          + "<pre>\(Markup.escaped(tune.abc))</pre>\n"
      }.joined()
  }

  // MARK: - Text

  private static func table(_ title: String, _ head: [String], _ rows: [[String]]) -> String {
    guard !rows.isEmpty else { return "" }
    let heads = head.map { "<th scope=\"col\">\(Markup.escaped($0))</th>" }.joined()
    let lines = rows.map { "<tr>" + $0.map { "<td>\(Markup.escaped($0))</td>" }.joined() + "</tr>" }
    return
      "<h2>\(Markup.escaped(title))</h2>\n<table>\n<tr>\(heads)</tr>\n\(lines.joined(separator: "\n"))\n</table>\n"
  }

  private static func cells(_ divergences: TuneSetReport.Divergences) -> [String] {
    [divergences.pitchClass, divergences.interval, divergences.duration].map { $0.text(decimals: 4) }
  }
}
