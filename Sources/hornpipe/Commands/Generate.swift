import ArgumentParser
import CharacterModel
import Engraving
import Playback
import TuneGenerator

struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Write new tunes with a model; hear, print or save them.",
    discussion: """
      Every tune is read back by the same parser that reads collections, and the command says how clean it is. \
      It writes under a constraint: at each character only those may come that lead to a clean tune, in which every \
      bar adds up, and the model chooses among them. --unconstrained takes what comes, as the paper does.
      """)

  @OptionGroup var modelOption: ModelOption

  @Option(help: "How many tunes.")
  var count = 1

  @Option(
    help: "The seed; tune number n of several has the seed plus n-1. Without it one is drawn and printed.")
  var seed: UInt64?

  @Option(help: "Below 1 more certain, above 1 more varied.")
  var temperature = 0.8

  @Option(help: "Draw only from this many of the likeliest characters.")
  var topK: Int?

  @Option(help: "Draw only from the likeliest characters that together have this probability.")
  var topP: Double?

  @Option(help: "The most characters of a tune.")
  var maxLength = 1000

  @Option(help: "The first characters of the tune, or @FILE that holds them.")
  var prime: String?

  @Option(help: "The title.") var title: String?
  @Option(
    help: ArgumentHelp(
      "The collection in whose style it is to be, of those that the model learnt: O'Neill's, Ryan's, Aird's.",
      valueName: "name"))
  var style: String?
  @Option(help: ArgumentHelp("The rhythm: reel, jig, hornpipe ...", valueName: "name")) var rhythm: String?
  @Option(help: ArgumentHelp("The meter: 6/8, C| ...", valueName: "meter")) var meter: String?
  @Option(help: ArgumentHelp("The key: D, Ador, Gm ...", valueName: "key")) var key: String?

  @Option(help: ArgumentHelp("The form: AABB, AAB, ABC ...", valueName: "letters")) var parts: String?
  @Option(help: "The bars of each strain, a pickup not counted.") var bars: Int?

  @Option(
    help: ArgumentHelp(
      "Write only these bars anew, of the tune that --prime @FILE gives, and keep the rest.", valueName: "5-8"
    ))
  var infill: String?

  @Option(
    help: ArgumentHelp(
      "Make again the tunes of a file, by the comments that say how they were made.", valueName: "file"))
  var like: String?

  @Option(help: "Write another tune in place of one that has more bars in a row from a tune of --training.")
  var maxCopiedBars: Int?

  @Option(help: ArgumentHelp("The tunes that the model learnt from.", valueName: "path")) var training:
    String?

  @Option(help: "Threads for writing many tunes; all cores by default.") var jobs: Int?

  @Flag(help: "Of many tunes write only those that an earlier run has not written yet.") var resume = false

  @Flag(help: "Let no bar come again but where the model itself writes it again.") var noPhrases = false

  @Flag(help: "Plain sampling: whatever comes of it.")
  var unconstrained = false

  @Flag(help: "Play the tunes.")
  var play = false

  @Option(help: "Quarter notes a minute, or a percentage such as 80%.")
  var tempo: TempoOption?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write the ABC to a file, several tunes to a directory.", valueName: "path"))
  var output: String?

  @Option(help: ArgumentHelp("Write MIDI to a file, several tunes to a directory.", valueName: "path"))
  var midi: String?

  @Option(help: ArgumentHelp("Write the sound to a file: .wav, .flac or .ogg.", valueName: "file"))
  var wav: String?

  @Option(
    help: ArgumentHelp("Draw the sheet music: a file that ends in .svg, .pdf or .png.", valueName: "file"))
  var sheet: String?

  @Flag(help: "A JSON object for each tune on standard output.")
  var json = false

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  @OptionGroup var sound: SoundOptions

  func validate() throws {
    if count < 1 { throw ValidationError("--count takes a number from 1.") }
    if !(temperature > 0 && temperature.isFinite) {
      throw ValidationError("--temperature takes a number above 0.")
    }
    if let sheet, SheetEngraver.Format(path: sheet) == nil {
      throw ValidationError("--sheet takes a file that ends in .svg, .pdf or .png, not '\(sheet)'.")
    }
    if let topK, topK < 1 { throw ValidationError("--top-k takes a number from 1.") }
    if let topP, !(topP > 0 && topP <= 1) {
      throw ValidationError("--top-p takes a number above 0, at most 1.")
    }
    try validateWishes()
    if like != nil {
      for (name, isGiven) in [
        ("--count", count != 1), ("--seed", seed != nil), ("--temperature", temperature != 0.8),
        ("--prime", prime != nil), ("--infill", infill != nil), ("--parts", parts != nil),
        ("--bars", bars != nil),
        (
          "a field of the header", title != nil || style != nil || rhythm != nil || meter != nil || key != nil
        ),
        ("--unconstrained", unconstrained), ("--max-copied-bars", maxCopiedBars != nil),
      ] where isGiven {
        throw ValidationError("--like makes the tunes again as they were; leave out \(name).")
      }
    }
    if infill != nil,
      title != nil || style != nil || rhythm != nil || meter != nil || key != nil || parts != nil
        || bars != nil
    {
      throw ValidationError(
        "--infill keeps the rest of the tune, its header and form too; leave out what else is asked for.")
    }
    for (name, value, signs) in [("--key", key, "# "), ("--meter", meter, "/|+() ")] {
      guard let value else { continue }
      let isPlain = value.unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0))
          || signs.unicodeScalars.contains($0)
      }
      if !isPlain { throw ValidationError("\(name) does not take '\(value)'.") }
    }
    if maxLength < 1 { throw ValidationError("--max-length takes a number from 1.") }
    if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1.") }
    if (maxCopiedBars == nil) != (training == nil) {
      throw ValidationError("--max-copied-bars and --training go together.")
    }
    if let maxCopiedBars, maxCopiedBars < 0 {
      throw ValidationError("--max-copied-bars takes a number from 0.")
    }
    if resume, output == nil, midi == nil { throw ValidationError("--resume needs -o or --midi.") }
    if resume, seed == nil, like == nil {
      throw ValidationError("--resume needs the --seed of the earlier run.")
    }
    if infill != nil, prime?.hasPrefix("@") != true {
      throw ValidationError("--infill needs the tune: --prime @FILE.")
    }
    if let infill, Provenance.bars(infill) == nil {
      throw ValidationError("--infill takes bars such as 5-8.")
    }
  }

  private func validateWishes() throws {
    if let bars, !(2...64).contains(bars) { throw ValidationError("--bars takes a number from 2 to 64.") }
    if FormPlan(parts: parts, bars: bars) == nil {
      throw ValidationError("--parts takes letters in their order, each once or twice: AABB, AAB, ABC.")
    }
    for (name, isGiven) in [("--parts", parts != nil), ("--bars", bars != nil), ("--infill", infill != nil)]
    where isGiven && unconstrained {
      throw ValidationError("\(name) needs the constraint; leave out --unconstrained.")
    }
    for (name, value) in [
      ("--title", title), ("--style", style), ("--rhythm", rhythm), ("--meter", meter), ("--key", key),
    ] {
      guard let value else { continue }
      if value.isEmpty || value.contains(where: \.isNewline) {
        throw ValidationError("\(name) takes a line of text.")
      }
      if unconstrained { throw ValidationError("\(name) needs the constraint; leave out --unconstrained.") }
    }
  }

  /// Whether the tune appears on the terminal while it is being written.
  var isShownLive: Bool {
    play && count == 1 && like == nil && output == nil && wav == nil && !json && maxCopiedBars == nil
  }

  /// How what is written is performed.
  var performance: PerformanceOptions { PerformanceOptions(tempoFactor: tempo?.factor ?? 1) }

  func run() throws {
    Interruption.listen()
    let model = try modelOption.load()
    try attempt {
      var job = try GenerationJob(command: self, model: model)
      try job.run()
    }
  }
}
