import ABCNotation
import ArgumentParser
import CharacterModel
import TuneGenerator

struct Prepare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare",
    abstract: "Keep the clean tunes of collections, in one normal form, each melody once.",
    discussion: """
      Writes train.txt, validation.txt and test.txt (tunes between <start> and <end> lines) and tunes.abc (all of \
      them, with their books) to the directory named by -o, and says what was left out and why.
      """)

  @Argument(
    help: "Files and directories of ABC; with --collections the directory that the list's paths are in.")
  var paths: [String]

  @Option(name: [.short, .long], help: ArgumentHelp("The directory to write to.", valueName: "directory"))
  var output: String

  @Option(help: ArgumentHelp("A list of books, such as Corpus/collections.json.", valueName: "file"))
  var collections: String?

  @Option(help: "Percentages of the training, validation and test tunes.")
  var split = "90/5/5"

  @Option(help: "The seed of the split.")
  var seed: UInt64 = 1

  func validate() throws {
    guard let shares, shares.reduce(0, +) == 100 else {
      throw ValidationError("--split takes three percentages that add up to 100, such as 90/5/5.")
    }
    if collections != nil, paths.count != 1 {
      throw ValidationError("with --collections give one directory, in which the books of the list are.")
    }
  }

  private var shares: [Int]? {
    let parts = split.split(separator: "/")
    let numbers = parts.compactMap { Int($0) }.filter { (0...100).contains($0) }
    return parts.count == 3 && numbers.count == 3 ? numbers : nil
  }

  func run() throws {
    try attempt {
      var preparation = CorpusPreparation()
      for book in try books() {
        for input in InputFiles.expand([book.path]) {
          preparation.add(Tunebook(parsing: try input.readSource()), book: book)
        }
      }
      try write(preparation)
    }
  }

  private func books() throws -> [CollectionList.Book] {
    guard let collections else { return paths.map(CollectionList.Book.unlisted(path:)) }
    let bytes = try InputFiles.Input.file(collections).read()
    do {
      return try CollectionList(json: bytes).books.map { $0.below(paths[0]) }
    } catch {
      Console.error("\(collections) is no list of collections: \(error)")
      throw ExitCode.impossible
    }
  }

  private func write(_ preparation: CorpusPreparation) throws {
    try OutputFile.makeDirectory(output)
    let shares = (shares ?? [90, 5, 5]).map { Double($0) / 100 }
    var random = RandomSource(seed: seed)
    let parts = preparation.split(training: shares[0], validation: shares[1], using: &random)
    for (name, entries) in [
      ("train", parts.training), ("validation", parts.validation), ("test", parts.test),
    ] {
      let text = entries.map { entry in
        var tune = entry.tune
        tune.book = nil
        return TrainingText.marked(tune.abc())
      }.joined()
      try OutputFile.write(text.utf8, to: "\(output)/\(name).txt")
      Console.note("\(name).txt: \(entries.count) tunes, \(text.utf8.count) bytes")
    }
    let all = preparation.entries.enumerated().map { $1.tune.abc(referenceNumber: $0 + 1) }.joined(
      separator: "\n")
    try OutputFile.write(all.utf8, to: "\(output)/tunes.abc")
    for (reason, count) in preparation.leftOut.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      Console.note("left out \(count): \(reason)")
    }
  }
}
