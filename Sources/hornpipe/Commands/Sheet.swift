import ABCNotation
import ArgumentParser
import Engraving
import SystemFiles

struct Sheet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sheet",
    abstract: "Draw ABC as sheet music.",
    discussion: """
      Draws through abcm2ps, and rsvg-convert for PDF and PNG (Debian: abcm2ps, librsvg2-bin). Several tunes are pages of \
      one PDF, or SVG and PNG files numbered behind the name.
      """)

  @Argument(help: "Files and directories of ABC; '-' or nothing is standard input.")
  var paths: [String] = []

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The file to write; its ending, .svg, .pdf or .png, says as what.", valueName: "file"))
  var output: String

  @Option(help: "Only the tune of this number (X:).")
  var tune: Int?

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  func validate() throws {
    if SheetEngraver.Format(path: output) == nil {
      throw ValidationError("-o takes a file that ends in .svg, .pdf or .png, not '\(output)'.")
    }
  }

  func run() throws {
    var failed = false
    var tunes: [SheetEngraver.Tune] = []
    for input in InputFiles.expand(paths) {
      do {
        let source = try input.readSource()
        tunes += Tunebook(parsing: source).tunes.map(\.score)
          .filter { !$0.voices.isEmpty && (tune == nil || $0.referenceNumber == tune) }
          .map { SheetEngraver.Tune($0, in: source) }
      } catch {
        Console.error(error.description)
        failed = true
      }
    }
    guard !tunes.isEmpty else {
      Console.error(tune.map { "there is no tune with X:\($0)" } ?? "there is no tune to draw")
      throw ExitCode.impossible
    }
    try attempt { try SheetFiles.write(tunes, to: output, quiet: quiet) }
    if failed { throw ExitCode.someFailed }
  }
}

extension SheetEngraver.Format {
  /// What the ending of a path asks for; nil for another ending.
  init?(path: String) { self.init(rawValue: PathName(path).fileExtension.lowercased()) }
}

/// Sheet music of tunes into a file, with a bar that says how far it is.
enum SheetFiles {
  static func write(_ tunes: [SheetEngraver.Tune], to path: String, quiet: Bool) throws {
    guard let format = SheetEngraver.Format(path: path) else { return }
    try OutputFile.check(path)
    Interruption.listen()
    var bar = ProgressBar(quiet: quiet || tunes.count == 1)
    let files = try SheetEngraver().write(
      tunes, to: path, as: format, shouldStop: { Interruption.isRequested },
      progress: { bar.draw(Double($0) / Double(tunes.count), "\($0) of \(tunes.count) tunes") })
    bar.clear()
    guard let files else { throw ExitCode.interrupted }
    if !quiet { Console.note(files.count == 1 ? files[0] : "\(files[0]) to \(files[files.count - 1])") }
  }
}
