import ABCNotation
import ABCToMIDI
import ArgumentParser
import Playback
import StandardMIDI
import SystemFiles

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Turn ABC into MIDI or sound files, one tune or a whole collection.",
    discussion: """
      One tune goes to the file named by -o. Several go to the directory named by -o, as \
      <file>-<X>-<title>.mid; no tune overwrites another. With --stream, JSON objects come in on standard input, \
      one a line, each with its ABC as "abc"; each goes out again with "midi" (base64), "title", "x", "notes", \
      "seconds", "errors" and "warnings" added, or with "error". Of several tunes in one object these are in \
      "tunes", an object each.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case midi, wav, flac, ogg }

  @Argument(help: "Files and directories of ABC; '-' or nothing is standard input.")
  var paths: [String] = []

  @Option(
    name: [.short, .long], help: ArgumentHelp("The file, or the directory, to write.", valueName: "path"))
  var output: String?

  @Option(help: "What to write. Without it the ending of -o decides.")
  var format: Format?

  @Option(help: "Only the tune of this number (X:).")
  var tune: Int?

  @Flag(help: "Nothing but the notes as written: no accompaniment, ornaments, swing or fermatas.")
  var melodyOnly = false

  @Option(
    help: ArgumentHelp(
      "How the first of two short notes is lengthened: 60%, 2:1, or none. Without it hornpipes go by 2:1.",
      valueName: "share"))
  var swing: SwingOption?

  @Option(help: "How many tunes to work on at a time; without it, as many as there are cores.")
  var jobs: Int?

  @Flag(help: "Print what the MIDI files would hold, as text. Also shows .mid files.")
  var dump = false

  @Flag(help: "Read JSON objects with ABC from standard input and write them with MIDI to standard output.")
  var stream = false

  @Option(help: ArgumentHelp("Write a JSON object a line for each tune.", valueName: "file"))
  var manifest: String?

  @Flag(help: "Print the manifest on standard output.")
  var json = false

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  @OptionGroup var sound: SoundOptions

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1, not \(jobs).") }
    if output == nil, !dump, !stream {
      throw ValidationError("Say with -o where to write, or use --dump or --stream.")
    }
    if let output, format == nil, !OutputFile.isDirectory(output),
      ["mp3", "m4a", "aac", "opus", "aiff"].contains(PathName(output).fileExtension.lowercased())
    {
      throw ValidationError("Sound goes to .wav, .flac or .ogg, not to '\(output)'.")
    }
    if stream, dump || output != nil || !paths.isEmpty {
      throw ValidationError("--stream reads standard input and writes standard output, and nothing else.")
    }
  }

  /// The sound files that are to be written; nil for MIDI.
  var soundFormat: SoundFileFormat? {
    guard !dump, !stream, let output else { return nil }
    guard let format else { return SoundFileFormat(fileExtension: PathName(output).fileExtension) }
    return SoundFileFormat(rawValue: format.rawValue)
  }

  /// What turns tunes into MIDI as the options ask for.
  var converter: MIDIConverter {
    let program = sound.program?.program ?? (soundFormat != nil ? SoundOptions.defaultProgram : 0)
    return MIDIConverter(
      program: program, isMelodyOnly: melodyOnly, swing: swing?.swing ?? .byRhythm)
  }

  func run() throws {
    if stream {
      var job = StreamJob(converter: converter, jobs: jobs)
      try job.run()
      if job.failed { throw ExitCode.someFailed }
      return
    }
    var job = ExportJob(command: self)
    try attempt {
      try job.run(dump ? InputFiles.expand(paths, extensions: ["abc", "mid"]) : InputFiles.expand(paths))
    }
    if job.failed { throw ExitCode.someFailed }
  }
}
