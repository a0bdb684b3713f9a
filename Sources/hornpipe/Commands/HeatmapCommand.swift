import ArgumentParser
import CharacterModel
import SystemFiles
import TuneGenerator

struct HeatmapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "heatmap",
    abstract: "Show what a neuron reacts to.",
    discussion: """
      Colours every character of a tune by what a unit of the model says after reading it, from -1 (blue) to 1 (red): \
      as SVG, as a page with all units to choose from (.html), as text, or on the terminal. With --find it ranks all \
      units by how closely they follow features of a text - title, header lines, bar position, beat, chord symbols, \
      rests, the end - by Pearson's correlation over all its characters.
      """)

  @Argument(help: "The model file; 'embedded' is the model that is part of the program.")
  var model: String

  @Option(help: ArgumentHelp("Units to show, from 0; several with commas.", valueName: "n,…"))
  var neuron: String?

  @Option(help: "The recurrent layer, from 1.")
  var layer: Int?

  @Option(
    help: ArgumentHelp(
      "The tune to read: the first of a text with <start> and <end> lines, or of an ABC file.",
      valueName: "file"))
  var tune: String?

  @Option(help: "Instead, a tune that the model writes from this seed.")
  var seed: UInt64?

  @Option(name: [.short, .long], help: ArgumentHelp("Write .svg, .html or .txt.", valueName: "file"))
  var output: String?

  @Flag(help: "Rank the units by what they follow.")
  var find = false

  @Option(help: ArgumentHelp("The tunes that --find reads.", valueName: "path"))
  var corpus: String?

  @Option(help: "How many units --find names for each feature.")
  var top = 3

  @Flag(help: "The ranking as JSON.")
  var json = false

  func run() throws {
    try attempt {
      try HeatmapJob(command: self, model: ModelOption.load(model)).run()
    }
  }

  func validate() throws {
    if tune != nil, seed != nil { throw ValidationError("give --tune or --seed, not both.") }
    if let neuron, neurons == nil {
      throw ValidationError("--neuron takes numbers from 0, separated by commas; not '\(neuron)'.")
    }
    if let layer, layer < 1 { throw ValidationError("--layer takes a number from 1.") }
    if top < 1 { throw ValidationError("--top takes a number from 1.") }
    if corpus != nil, !find { throw ValidationError("--corpus goes with --find.") }
    if json, !find { throw ValidationError("--json goes with --find.") }
    if find, output != nil || neuron != nil {
      throw ValidationError("--find draws nothing; leave out --output and --neuron.")
    }
    if let output, !["svg", "html", "txt"].contains(PathName(output).fileExtension.lowercased()) {
      throw ValidationError("--output takes a name that ends in .svg, .html or .txt.")
    }
  }

  var neurons: [Int]? {
    let numbers = (neuron ?? "").split(separator: ",").map { Int($0) }
    return numbers.isEmpty || numbers.contains { $0.map { $0 < 0 } ?? true } ? nil : numbers.compactMap { $0 }
  }
}
