import ArgumentParser
import CharacterModel
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
  @Option(help: ArgumentHelp("The rhythm: reel, jig, hornpipe ...", valueName: "name")) var rhythm: String?
  @Option(help: ArgumentHelp("The meter: 6/8, C| ...", valueName: "meter")) var meter: String?
  @Option(help: ArgumentHelp("The key: D, Ador, Gm ...", valueName: "key")) var key: String?

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

  @Option(help: ArgumentHelp("Write the sound to a WAV file.", valueName: "file"))
  var wav: String?

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
    if let topK, topK < 1 { throw ValidationError("--top-k takes a number from 1.") }
    if let topP, !(topP > 0 && topP <= 1) {
      throw ValidationError("--top-p takes a number above 0, at most 1.")
    }
    for (name, value) in [("--title", title), ("--rhythm", rhythm), ("--meter", meter), ("--key", key)] {
      guard let value else { continue }
      if value.isEmpty || value.contains(where: \.isNewline) {
        throw ValidationError("\(name) takes a line of text.")
      }
      if unconstrained { throw ValidationError("\(name) needs the constraint; leave out --unconstrained.") }
    }
    if maxLength < 1 { throw ValidationError("--max-length takes a number from 1.") }
  }

  func run() throws {
    Interruption.listen()
    var job = GenerationJob(command: self, model: try modelOption.load())
    try attempt {
      try job.run()
    }
  }
}
