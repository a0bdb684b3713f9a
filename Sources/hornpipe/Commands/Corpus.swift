import ArgumentParser

struct Corpus: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prepare collections for training.", subcommands: [Prepare.self])
}
