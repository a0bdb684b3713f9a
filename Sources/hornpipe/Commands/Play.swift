import ABCNotation
import ArgumentParser
import Playback
import StandardMIDI
import SystemFiles

struct Play: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "play",
    abstract: "Play ABC and MIDI files.",
    discussion: """
      On a terminal the tune is shown with the notes that sound, and keys steer: space pauses, left and right go by bar, \
      up and down by part, + and - change the tempo, t and T the key, l loops the part, m is the metronome, n and p \
      change the tune, q quits. With --wav the sound goes to a file instead. Where there is no sound device the exit status is 2.
      Debian's timgm6mb-soundfont and fluid-soundfont-gm work as --soundfont /usr/share/sounds/sf2/....
      """)

  @Argument(help: "Files and directories of ABC or MIDI; '-' or nothing is standard input.")
  var paths: [String] = []

  @Option(help: "Only the tune of this number (X:).")
  var tune: Int?

  @Option(help: "Quarter notes a minute, or a percentage of the written tempo such as 80%.")
  var tempo: TempoOption?

  @Option(parsing: .unconditional, help: "Semitones up, or down where negative.")
  var transpose = 0

  @Option(help: ArgumentHelp("Begin with this bar; a pickup is bar 0.", valueName: "bar"))
  var from: Int?

  @Flag(help: "Play again and again until stopped.")
  var loop = false

  @Option(help: ArgumentHelp("Bars of clicks before the music.", valueName: "bars"))
  var countIn = 0

  @Flag(help: "Click with every beat.")
  var metronome = false

  @Option(
    help: ArgumentHelp(
      "Write the sound to a .wav, .flac or .ogg file instead of playing it; of several tunes to NAME-1, NAME-2 and so on.",
      valueName: "file"))
  var wav: String?

  @Flag(help: "List the sound devices that ALSA knows, and stop.")
  var listDevices = false

  @Flag(help: "List the ports of synthesizers that --midi-port can play on, and stop.")
  var listMidiPorts = false

  @Flag(help: "List the instruments of the SoundFont, and stop.")
  var listInstruments = false

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  @OptionGroup var sound: SoundOptions

  func validate() throws {
    if !(0...16).contains(countIn) { throw ValidationError("--count-in takes 0 to 16 bars.") }
    if loop, wav != nil { throw ValidationError("--loop never ends; leave it out with --wav.") }
    if let wav, SoundFileFormat(fileExtension: PathName(wav).fileExtension) == nil, FileKind(wav) != .special
    {
      throw ValidationError("--wav takes a file that ends in .wav, .flac or .ogg, not '\(wav)'.")
    }
    if wav != nil, sound.midiPort != nil {
      throw ValidationError("--midi-port makes no sound that --wav could write; use one of them.")
    }
    if !(-60...60).contains(transpose) { throw ValidationError("--transpose takes at most 60 semitones.") }
  }

  func run() throws {
    if listDevices { return listAllDevices() }
    try attempt {
      if listMidiPorts { return try listAllMIDIPorts() }
      if listInstruments { return try listAllInstruments() }
      try play()
    }
  }

  private func play() throws {
    var failed = false
    var pieces: [Piece] = []
    let inputs = InputFiles.expand(paths, extensions: ["abc", "mid", "midi"])
    if let wav { try OutputFile.check(wav, isNoneOf: inputs) }
    for input in inputs {
      do {
        let melody = sound.melodyProgram
        let found = try Piece.read(input, tune: tune, tempo: tempo, program: melody) {
          Console.error($0)
          failed = true
        }
        if found.isEmpty, tune == nil, inputs.count > 1 {
          Console.note("\(input.name): there is no tune in it")
        }
        pieces += found
      } catch let error as MIDIFileError {
        Console.error("\(input.name): \(error)")
        failed = true
      } catch let error as InputError {
        Console.error(error.description)
        failed = true
      }
    }
    guard !pieces.isEmpty else {
      Console.error(tune.map { "there is no tune with X:\($0)" } ?? "there is no tune to play")
      throw ExitCode.impossible
    }
    Interruption.listen()
    let performance = PerformanceOptions(
      tempoFactor: tempo?.factor ?? 1, transposition: transpose, program: sound.program?.program)
    let beginning = SoundOutput.Beginning(
      bar: from, countInBars: countIn, isLooping: loop, isMetronomeOn: metronome)
    try SoundOutput(sound: sound, performance: performance, beginning: beginning, quiet: quiet).send(
      pieces, file: wav)
    if failed { throw ExitCode.someFailed }
  }

  private func listAllMIDIPorts() throws {
    for port in try SequencerPort.all() { Console.write("\(port.address)\t\(port.name)\n") }
  }

  private func listAllDevices() {
    for device in AudioDevice.playbackDevices() {
      Console.write("\(device.name)\t\(device.description.replacing("\n", with: ", "))\n")
    }
  }

  private func listAllInstruments() throws {
    for instrument in try sound.makeSynthesizer().instruments {
      Console.write("\(instrument.bank)\t\(instrument.program)\t\(instrument.name)\n")
    }
  }
}
