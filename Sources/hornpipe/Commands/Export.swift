import ABCNotation
import ABCToMIDI
import ArgumentParser
import Playback
import StandardMIDI

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Turn ABC into MIDI or WAV files, one tune or a whole collection.",
    discussion: """
      One tune goes to the file named by -o. Several go to the directory named by -o, as \
      <file>-<X>-<title>.mid; no tune overwrites another.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case midi, wav }

  @Argument(help: "Files and directories of ABC; '-' or nothing is standard input.")
  var paths: [String] = []

  @Option(
    name: [.short, .long], help: ArgumentHelp("The file, or the directory, to write.", valueName: "path"))
  var output: String

  @Option(help: "What to write: midi or wav. Without it the ending of -o decides.")
  var format: Format?

  @Option(help: "Only the tune of this number (X:).")
  var tune: Int?

  @Flag(
    help:
      "Nothing but the notes of the melody. (Chord symbols make no accompaniment yet, with or without it.)")
  var melodyOnly = false

  @Option(help: ArgumentHelp("Write a JSON object a line for each tune.", valueName: "file"))
  var manifest: String?

  @Flag(help: "Print the manifest on standard output.")
  var json = false

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  @OptionGroup var sound: SoundOptions

  func run() throws {
    var job = ExportJob(command: self)
    try attempt {
      try job.run(InputFiles.expand(paths))
    }
    if job.failed { throw ExitCode.someFailed }
  }
}
