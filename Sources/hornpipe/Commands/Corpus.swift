import ArgumentParser

struct Corpus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corpus",
    abstract: "Collections of tunes: fetch them, prepare them for training, say what they hold.",
    subcommands: [Fetch.self, Prepare.self, Stats.self])
}
