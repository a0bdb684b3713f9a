import TuneGenerator

/// The statistics of a corpus as tables for a terminal.
struct StatisticsTable {
  private(set) var text = ""
  private let tunes: Int
  private let rows: Int

  init(_ statistics: CorpusStatistics, rows: Int) {
    tunes = statistics.tunes
    self.rows = rows
    let clean = statistics.cleanTunes
    text = "\(tunes) tunes, \(clean) of them clean\(tunes > 0 ? " (\(share(clean)))" : "")\n"
    let lengths = statistics.lengths
    text += "\n" + row(["", "total", "least", "quarter", "median", "three q.", "most"])
    for (name, spread) in [
      ("bars", lengths.bars), ("notes", lengths.notes), ("characters", lengths.characters),
    ] {
      let numbers = [
        spread.total, spread.minimum, spread.lower, spread.median, spread.upper, spread.maximum,
      ]
      text += row([name] + numbers.map(String.init))
    }
    addTable("rhythm", statistics.rhythms)
    addTable("meter", statistics.meters)
    addTable("key", statistics.keys)
    addTable("finding", statistics.findings)
  }

  private func row(_ cells: [String]) -> String {
    cells.enumerated().map { $0 == 0 ? padded($1, 12) : String(padded($1, 10, isRight: true)) }.joined()
      + "\n"
  }

  private mutating func addTable(_ name: String, _ counts: [String: Int]) {
    guard !counts.isEmpty else { return }
    text += "\n" + padded(name, 34) + padded("tunes", 8, isRight: true) + "\n"
    let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    for (key, count) in sorted.prefix(rows) {
      text +=
        padded(key.isEmpty ? "(none)" : key, 34) + padded(String(count), 8, isRight: true)
        + padded(share(count), 9, isRight: true) + "\n"
    }
    let rest = sorted.dropFirst(rows)
    guard !rest.isEmpty else { return }
    let count = rest.reduce(0) { $0 + $1.value }
    text +=
      padded("\(rest.count) others", 34) + padded(String(count), 8, isRight: true)
      + padded(share(count), 9, isRight: true) + "\n"
  }

  private func share(_ count: Int) -> String {
    let tenths = (2000 * count + tunes) / (2 * max(tunes, 1))
    return "\(tenths / 10).\(tenths % 10) %"
  }

  private func padded(_ text: String, _ width: Int, isRight: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(width - text.count, isRight ? 1 : 2))
    return isRight ? blanks + text : text + blanks
  }
}
