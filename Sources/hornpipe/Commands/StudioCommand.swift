import ArgumentParser
import CharacterModel
import Glibc
import Playback
import Studio
import SystemFiles

struct StudioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "studio",
    abstract: "Serve a page in which tunes are written, seen, heard and edited.",
    discussion: """
      The page is served on loopback, to browsers on this machine alone, and needs no internet. Sheet music on it is drawn \
      by abcm2ps. Ctrl-C ends it.
      """)

  @Option(help: "The port to listen on; 0 takes any that is free.")
  var port = 8733

  @Flag(name: .customLong("open"), help: "Open the page in the browser.")
  var opensBrowser = false

  @Option(help: ArgumentHelp("The log of the model's training, for its loss curve.", valueName: "file"))
  var log: String?

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  @OptionGroup var modelOption: ModelOption
  @OptionGroup var sound: SoundOptions

  func validate() throws {
    if !(0...65535).contains(port) { throw ValidationError("--port takes a number from 0 to 65535.") }
    if sound.midiPort != nil {
      throw ValidationError("The page plays in the browser; leave out --midi-port.")
    }
  }

  func run() throws {
    let model = try modelOption.load()
    try attempt {
      // What is wrong with the SoundFont is said now and not when the first tune should sound.
      _ = try sound.makeSynthesizer()
      let isEmbedded = modelOption.model == nil
      var log: [UInt8]?
      if let path = self.log {
        let bytes = try InputFiles.Input.file(path).read()
        guard !TrainingLog.entries(in: bytes).isEmpty else {
          throw InputError(
            "\(path) is no log of a training: it has no line of JSON with an epoch and its losses")
        }
        log = bytes
      } else if !isEmbedded {
        log = []
      }
      let configuration = Studio.Configuration(
        model: model, modelName: modelOption.name, trainingLog: log,
        styles: isEmbedded ? ["O'Neill's", "Ryan's", "Aird's"] : [],
        program: Int(sound.melodyProgram.rawValue),
        gain: sound.gain, soundFont: sound.soundfont.map { .file($0) } ?? .builtIn, version: Version.current)
      Interruption.listen()
      let studio = try Studio(configuration, port: port)
      Console.write(studio.address + "\n")
      if !quiet { Console.note("Ctrl-C ends the studio") }
      if opensBrowser {
        _ = try? ChildProcess.run("xdg-open", [studio.address], output: "/dev/null", errors: "/dev/null")
      }
      while !Interruption.isRequested { usleep(100_000) }
      studio.stop()
    }
    throw ExitCode.interrupted
  }
}
