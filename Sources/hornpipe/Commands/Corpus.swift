import ArgumentParser

struct Corpus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corpus", abstract: "Prepare collections for training.", subcommands: [Prepare.self])
}
