import ABCNotation
import ABCToMIDI
import ArgumentParser
import Playback
import StandardMIDI
import SystemFiles

/// The work of `export`: reads tunes, writes files, keeps the manifest.
struct ExportJob {
  private let command: Export
  private let format: Export.Format
  private let converter: MIDIConverter
  private var names = FileNames()
  private var manifest: [ManifestEntry] = []
  private var written = 0
  private var synthesizer: Synthesizer?
  /// Whether any tune or file failed.
  private(set) var failed = false

  init(command: Export) {
    self.command = command
    let isWAV = PathName(command.output).fileExtension.lowercased() == "wav"
    format = command.format ?? (isWAV ? .wav : .midi)
    let program = command.sound.program ?? (format == .wav ? SoundOptions.defaultProgram : 0)
    converter = MIDIConverter(program: UInt7(program))
  }

  private struct Item {
    let source: SourceText
    let tune: Tunebook.Tune
    let line: Int
  }

  /// Reads all inputs and writes all tunes; what fails is reported, the rest goes on.
  mutating func run(_ inputs: [InputFiles.Input]) throws {
    var items: [Item] = []
    for input in inputs {
      do {
        let source = try input.readSource()
        let lines = LineTable(source)
        for tune in Tunebook(parsing: source).tunes {
          if let number = command.tune, tune.score.referenceNumber != number { continue }
          items.append(Item(source: source, tune: tune, line: lines.location(of: tune.range.lowerBound).line))
        }
      } catch {
        Console.error(error.description)
        failed = true
      }
    }
    Interruption.listen()
    guard !items.isEmpty else {
      Console.error(command.tune.map { "there is no tune with X:\($0)" } ?? "there is no tune to export")
      throw ExitCode.impossible
    }
    let toDirectory = items.count > 1 || OutputFile.isDirectory(command.output)
    if toDirectory { try OutputFile.makeDirectory(command.output) }
    if format == .wav { synthesizer = try command.sound.makeSynthesizer() }
    for item in items {
      if Interruption.isRequested { throw ExitCode.interrupted }
      try export(item, toDirectory: toDirectory)
    }
    try writeManifest()
    if !command.quiet { Console.note("\(written) of \(items.count) tunes written to \(command.output)") }
  }

  private mutating func export(_ item: Item, toDirectory: Bool) throws {
    let score = item.tune.score
    var entry = ManifestEntry(
      source: item.source.name, line: item.line, x: score.referenceNumber, title: score.title ?? "",
      notes: score.noteCount, errors: item.tune.diagnostics.count { $0.severity == .error },
      warnings: item.tune.diagnostics.count { $0.severity == .warning })
    do {
      guard !score.voices.isEmpty else {
        Console.error("\(item.source.name):\(item.line): \(score.title ?? "untitled") has no music")
        failed = true
        manifest.append(entry)
        return
      }
      let midi = try converter.convert(score)
      let path = toDirectory ? path(for: item) : command.output
      try write(midi, to: path)
      entry.output = path
      entry.seconds = (MIDISequence(midi).duration.seconds * 1000).rounded() / 1000
      written += 1
    } catch let error as ConversionError {
      Console.error("\(item.source.name):\(item.line): \(score.title ?? "untitled"): \(error)")
      failed = true
    }
    manifest.append(entry)
  }

  private mutating func path(for item: Item) -> String {
    let file = PathName(item.source.name).lastComponent
    let base = item.source.name == "<stdin>" ? "tune" : PathName(file).withoutExtension
    let score = item.tune.score
    let name = names.name(base: base, number: score.referenceNumber, title: score.title)
    return PathName(command.output).appending(name + (format == .midi ? ".mid" : ".wav"))
  }

  private func write(_ midi: MIDIFile, to path: String) throws {
    if let synthesizer {
      let isWhole = try PerformanceRenderer.writeWAV(
        midi, to: path, synthesizer: synthesizer, shouldStop: { Interruption.isRequested })
      if !isWhole { throw ExitCode.interrupted }
    } else {
      try OutputFile.write(midi.encoded(), to: path)
    }
  }

  private func writeManifest() throws {
    if command.json { for entry in manifest { try Console.writeJSON(entry) } }
    guard let path = command.manifest else { return }
    try OutputFile.write(manifest.flatMap { try JSONLine.encode($0) }, to: path)
  }
}
