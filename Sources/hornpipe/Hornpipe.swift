import ArgumentParser

/// The program: one subcommand a task.
@main
struct Hornpipe: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hornpipe",
    abstract: "Type one command, hear a new folk tune.",
    discussion: """
      Reads ABC notation, writes MIDI, plays through FluidSynth and ALSA, and holds a character-level model that \
      writes new tunes.
      """,
    version: Version.current,
    subcommands: [
      Generate.self, Play.self, Export.self, Validate.self, Format.self, Corpus.self, Train.self,
      Evaluate.self, HeatmapCommand.self, Sheet.self,
      StudioCommand.self, Manual.self,
    ])
}

/// The version of the program.
enum Version {
  static let current = "0.1.0"
}
