import ABCNotation
import ArgumentParser
import CharacterModel
import TuneGenerator

struct Prepare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare",
    abstract: "Keep the clean tunes of collections, in one normal form, each melody once.",
    discussion: """
      Reads ABC, texts with <start> and <end> lines, and The Session's tunes.csv and tunes.json. Mends what can \
      safely be mended, keeps what `validate` then finds clean, and writes it in one form: one unit length a meter, \
      every repeated strain opened and closed, four bars a line. Settings of one tune never stand in two parts. \
      Writes train.txt, validation.txt and test.txt (tunes between <start> and <end> lines) and tunes.abc (all of \
      them, with their books) to the directory named by -o, and says what was left out and why.
      """)

  @Argument(
    help: "Files and directories of tunes; with --collections the directory that the list's paths are in.")
  var paths: [String]

  @Option(name: [.short, .long], help: ArgumentHelp("The directory to write to.", valueName: "directory"))
  var output: String

  @Option(help: ArgumentHelp("A list of books, such as Corpus/collections.json.", valueName: "file"))
  var collections: String?

  @Option(help: "Percentages of the training, validation and test tunes.")
  var split = "90/5/5"

  @Option(help: "The seed of the split.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "Header fields to keep though they do not sound, such as COS (composer, origin, source).",
      valueName: "letters"))
  var keepFields = ""

  @Flag(help: "Keep chord symbols, annotations and decorations, which the one form else leaves out.")
  var keepMarks = false

  @Flag(
    help:
      "Leave training tunes with ties over bar lines out: where they are few, a model learns ties but not how they end."
  )
  var withoutTies = false

  @Flag(help: "Write each training tune in every key with up to four sharps and three flats.")
  var transposeAugment = false

  @Flag(help: "Print what was kept, mended and left out as a JSON object.")
  var json = false

  func validate() throws {
    guard let shares, shares.reduce(0, +) == 100 else {
      throw ValidationError("--split takes three percentages that add up to 100, such as 90/5/5.")
    }
    let unfit = keepFields.first { !$0.isASCII || !$0.isLetter || "XTRBMLKPVUWmsw".contains($0) }
    if let unfit {
      throw ValidationError("--keep-fields: '\(unfit)' is no field that can be kept; C, O, S, N and Z are.")
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
      var preparation = CorpusPreparation(keepingFields: Set(keepFields), keepsMarks: keepMarks)
      for book in try books() {
        try CorpusFiles.read([book.path]) { block in
          preparation.add(block.source, book: book, tuneIDs: block.tuneIDs)
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
    var counts: [String: Int] = [:]
    var parts = preparation.split(training: shares[0], validation: shares[1], using: &random)
    if withoutTies {
      let count = parts.training.count
      parts.training.removeAll(where: \.hasTies)
      Console.note("left out of training \(count - parts.training.count): ties over bar lines")
    }
    // A model cannot read what stands in no training tune.
    let known = Set(parts.training.flatMap { $0.tune.abc().unicodeScalars })
    var unreadable = 0
    for (name, entries) in [
      ("train", parts.training), ("validation", parts.validation), ("test", parts.test),
    ] {
      let readable = entries.filter { known.isSuperset(of: $0.tune.abc().unicodeScalars) }
      unreadable += entries.count - readable.count
      let text = readable.map { entry in
        var tune = entry.tune
        tune.book = nil
        let inOtherKeys =
          transposeAugment && name == "train"
          ? KeyAugmentation.transpositions(of: tune, keepsMarks: keepMarks) : []
        return ([tune] + inOtherKeys).map { TrainingText.marked($0.abc()) }.joined()
      }.joined()
      try OutputFile.write(text.utf8, to: "\(output)/\(name).txt")
      Console.note("\(name).txt: \(readable.count) tunes, \(text.utf8.count) bytes")
      counts[name] = readable.count
    }
    if unreadable > 0 {
      Console.note("left out of validation and test \(unreadable): a character that no training tune has")
    }
    let all = preparation.entries.enumerated().map { index, entry in
      // Which book it is from, its `B:` says.
      var tune = entry.tune
      tune.style = nil
      return tune.abc(referenceNumber: index + 1)
    }.joined(separator: "\n")
    try OutputFile.write(all.utf8, to: "\(output)/tunes.abc")
    let families = preparation.familyCounts
    Console.note(
      "kept \(preparation.entries.count) of \(preparation.tuneCount) tunes, of \(families.all) families of melodies; "
        + "the largest has \(families.largest)")
    for (code, count) in preparation.mended.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      Console.note("mended \(count): \(code.rawValue) \(code.name)")
    }
    for (reason, count) in preparation.leftOut.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      Console.note("left out \(count): \(reason)")
    }
    guard json else { return }
    let mended = preparation.mended.map { ("\($0.key.rawValue) \($0.key.name)", $0.value) }
    try Console.writeJSON(
      PreparationObject(
        tunes: preparation.tuneCount, kept: preparation.entries.count, families: families.all,
        parts: counts, mended: Dictionary(uniqueKeysWithValues: mended), leftOut: preparation.leftOut))
  }
}

/// What `corpus prepare` did, as JSON.
private struct PreparationObject: Encodable {
  let tunes, kept, families: Int
  let parts: [String: Int]
  let mended, leftOut: [String: Int]

  private enum CodingKeys: String, CodingKey {
    case tunes, kept, families, parts, mended
    case leftOut = "left_out"
  }
}
