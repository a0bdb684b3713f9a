import ArgumentParser
import TuneGenerator

struct Fetch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Download public collections of tunes.",
    discussion: """
      Known are \(PublicCollection.all.map(\.name).joined(separator: ", ")). Each goes to a folder of its own name. What \
      was interrupted goes on where it stopped, what is there already is not fetched again, and nothing is unpacked \
      whose checksum is wrong. Uses curl, or pip and unzip.
      """)

  @Argument(help: "The collections.")
  var names: [String] = []

  @Option(name: [.short, .long], help: ArgumentHelp("The directory to write to.", valueName: "directory"))
  var output = "collections"

  @Flag(help: "List the collections with their licences, and fetch nothing.")
  var list = false

  @Option(
    help: ArgumentHelp(
      "Fetch the one collection from this address instead, such as a mirror.", valueName: "address"))
  var from: String?

  @Option(help: ArgumentHelp("The SHA-256 that the file must have.", valueName: "hex"))
  var sha256: String?

  @Flag(help: "Fetch again what is there already.")
  var again = false

  @Flag(help: "Show no progress.")
  var quiet = false

  func validate() throws {
    if names.isEmpty, !list { throw ValidationError("name a collection, or see --list.") }
    for name in names where PublicCollection.named(name) == nil {
      let known = PublicCollection.all.map(\.name).joined(separator: ", ")
      throw ValidationError("there is no collection '\(name)'; known are \(known).")
    }
    if from != nil || sha256 != nil, names.count != 1 {
      throw ValidationError("--from and --sha256 go with one collection.")
    }
    if let sha256, sha256.count != 64 || !sha256.allSatisfy(\.isHexDigit) {
      throw ValidationError("--sha256 is 64 hexadecimal digits.")
    }
  }

  func run() throws {
    if list {
      for collection in PublicCollection.all {
        Console.write("\(collection.name)\n  \(collection.title)\n  \(collection.licence)\n")
      }
      return
    }
    try attempt {
      try OutputFile.makeDirectory(output)
      for collection in names.compactMap(PublicCollection.named) {
        if !quiet { Console.note("\(collection.title)\nLicence: \(collection.licence)") }
        let fetcher = CollectionFetcher(
          collection, directory: output, address: from, checksum: sha256, again: again, quiet: quiet)
        do {
          let path = try fetcher.fetch()
          if !quiet { Console.note("\(collection.name) is in \(path)") }
        } catch let error as FetchError {
          Console.error("\(collection.name) cannot be fetched: \(error.description)")
          throw ExitCode.impossible
        }
      }
    }
  }
}
