import ArgumentParser
import TuneGenerator

struct Stats: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "What collections hold: rhythms, meters, keys, lengths, and how much of them is clean.",
    discussion: "Reads ABC, texts with <start> and <end> lines, and The Session's tunes.csv and tunes.json.")

  @Argument(help: "Files and directories of tunes; - for standard input.")
  var paths: [String] = []

  @Flag(help: "Print a JSON object.")
  var json = false

  @Option(help: "How many rows of each table to print; the rest is summed up.")
  var rows = 12

  func validate() throws {
    if rows < 1 { throw ValidationError("--rows is a number from 1 on.") }
  }

  func run() throws {
    try attempt {
      var statistics = CorpusStatistics()
      try CorpusFiles.read(paths) { statistics.add($0.source) }
      if json { return try Console.writeJSON(statistics) }
      Console.write(StatisticsTable(statistics, rows: rows).text)
    }
  }
}
