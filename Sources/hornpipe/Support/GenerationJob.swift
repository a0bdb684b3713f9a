import ABCNotation
import ABCToMIDI
import ArgumentParser
import CharacterModel
import Engraving
import Playback
import StandardMIDI
import TuneGenerator

/// The work of `generate`: writes tunes and sends each where it is to go.
struct GenerationJob {
  private let command: Generate
  private let request: GenerationRequest
  private let writer: TuneWriter
  private let novelty: CopyLimit?
  private var names = FileNames()
  private var pieces: [Piece] = []
  private var sheets: [SheetEngraver.Tune] = []
  private var report = CleanlinessReport()
  private var progress: ProgressBar
  private var hasPrinted = false
  /// Whether a tune could not be sent where it was to go.
  private var failed = false

  init(command: Generate, model: RecurrentModel) throws {
    self.command = command
    request = try GenerationRequest(command, model: model)
    writer = TuneWriter(model: model)
    novelty = try CopyLimit(command)
    progress = ProgressBar(quiet: command.quiet)
  }

  /// Writes all tunes.
  mutating func run() throws {
    for path in [command.output, command.midi].compactMap({ $0 }) where isDirectory(path) {
      try OutputFile.makeDirectory(path)
    }
    if command.play, command.wav == nil, request.tunes.count == 1, novelty == nil {
      return try LivePerformance(command: command, writer: writer, tune: request.tunes[0]).run { tune in
        try deliver(tune, of: request.tunes[0])
        try drawSheets()
        if failed { throw ExitCode.someFailed }
      }
    }
    let written = command.resume ? WrittenTunes(command) : nil
    let tunes = request.tunes.filter { written?.contains($0) != true }
    if let options = request.options, tunes.count > 1 {
      try writeSideBySide(tunes, options)
    } else {
      for tune in tunes { try take(try writer.write(tune, shouldStop: Self.shouldStop), of: tune) }
    }
    progress.clear()
    if request.tunes.count > 1, !command.quiet {
      let before = request.tunes.count - tunes.count
      if before > 0 { Console.note("\(before) tunes were there already") }
      Console.note("\(report.clean.count) of \(tunes.count) tunes are clean")
    }
    try drawSheets()
    try play()
    if failed { throw ExitCode.someFailed }
  }

  private static let shouldStop: @Sendable () -> Bool = { Interruption.isRequested }

  /// Writes tunes in groups, on all cores.
  private mutating func writeSideBySide(_ tunes: [Provenance], _ options: TuneWriter.Options) throws {
    try TuneRun(writer: writer, options: options, jobs: command.jobs).write(tunes.map(\.seed)) {
      index, written in
      try take(written, of: tunes[index])
      progress.draw(Double(index + 1) / Double(tunes.count), "\(index + 1) of \(tunes.count) tunes")
    }
  }

  /// Delivers a tune, or where it copies too much another in its place.
  private mutating func take(_ written: GeneratedTune, of tune: Provenance) throws {
    if Interruption.isRequested { throw ExitCode.interrupted }
    var (written, tune) = (written, tune)
    if let novelty {
      var attempt = UInt64(0)
      while novelty.isExceeded(by: written) {
        attempt += 1
        guard attempt <= 50 else {
          Console.error("tune \(tune.number): every try copies more bars; allow more with --max-copied-bars")
          failed = true
          return
        }
        // Seeds that no other tune of this run has.
        tune.seed = tune.seed &+ 1 << 40
        written = try writer.write(tune, shouldStop: Self.shouldStop)
        if Interruption.isRequested { throw ExitCode.interrupted }
      }
    }
    report.add(written)
    try deliver(written, of: tune)
  }

  /// Several tunes go to a directory, and so does one where the path says so.
  private func isDirectory(_ path: String) -> Bool {
    request.tunes.count > 1 || OutputFile.isDirectory(path)
  }

  private func drawSheets() throws {
    guard let path = command.sheet else { return }
    guard !sheets.isEmpty else {
      Console.error("nothing that the model wrote can be drawn; try another seed or a lower temperature")
      throw ExitCode.impossible
    }
    try SheetFiles.write(sheets, to: path, quiet: command.quiet)
  }

  private func play() throws {
    guard command.play || command.wav != nil else { return }
    guard !pieces.isEmpty else {
      Console.error("nothing that the model wrote can be played; try another seed or a lower temperature")
      throw ExitCode.impossible
    }
    try SoundOutput(sound: command.sound, performance: command.performance, quiet: command.quiet).send(
      pieces, file: command.wav)
  }

  private mutating func deliver(_ written: GeneratedTune, of tune: Provenance) throws {
    let number = tune.number
    let text = tune.line + Self.renumbered(written.abc, number)
    let title = written.score?.title
    let name = names.name(base: Self.padded(number), number: nil, title: FileNames.safe(title ?? ""))
    if let output = command.output {
      try OutputFile.write(Array(text.utf8), to: isDirectory(output) ? "\(output)/\(name).abc" : output)
    } else if !command.json, !command.isShownLive {
      Console.write(hasPrinted ? "\n" + text : text)
      hasPrinted = true
    }
    if let score = written.score {
      try convert(score, of: written.tunebook.source, name: name)
    } else if command.midi != nil {
      Console.error("tune \(number) has no music; no MIDI file was written")
      failed = true
    }
    if command.json { try Console.writeJSON(GeneratedObject(written, text: text, of: tune)) }
    // Of many tunes those are named that are not clean.
    guard !command.quiet, request.tunes.count <= 20 || !written.isClean else { return }
    progress.clear()
    Console.note((request.tunes.count > 20 ? "tune \(number): " : "") + written.verdict)
  }

  private mutating func convert(_ score: Score, of source: SourceText, name: String) throws {
    if command.sheet != nil { sheets.append(SheetEngraver.Tune(score, in: source)) }
    guard command.midi != nil || command.play || command.wav != nil else { return }
    do {
      let piece = try Piece(
        score, in: source, tempo: command.tempo, program: command.sound.melodyProgram)
      if let path = command.midi {
        try OutputFile.write(piece.midi.encoded(), to: isDirectory(path) ? "\(path)/\(name).mid" : path)
      }
      if command.play || command.wav != nil { pieces.append(piece) }
    } catch let error as ConversionError {
      Console.error("\(score.title ?? Piece.untitled): \(error)")
      failed = true
    }
  }

  /// Several tunes in one text are numbered on.
  private static func renumbered(_ abc: String, _ number: Int) -> String {
    guard number > 1, abc.hasPrefix("X:1\n") else { return abc }
    return "X:\(number)\n" + abc.dropFirst(4)
  }

  /// The number in the name of a tune's file.
  static func padded(_ number: Int) -> String {
    String(repeating: "0", count: max(0, 4 - String(number).count)) + String(number)
  }
}

/// The tunes of an earlier run that was stopped: those that need not be written again.
private struct WrittenTunes {
  /// The files of each number, in the directories of ABC and of MIDI.
  private let abc: [String: String]?
  private let midi: [String: String]?

  init(_ command: Generate) {
    abc = command.output.map { Self.files(in: $0, "abc") }
    midi = command.midi.map { Self.files(in: $0, "mid") }
  }

  /// Whether the tune is there, made with the same options, and its MIDI file too where one is asked for.
  func contains(_ tune: Provenance) -> Bool {
    let number = GenerationJob.padded(tune.number)
    if let midi, midi[number] == nil { return false }
    guard let abc else { return midi != nil }
    guard let path = abc[number], let bytes = try? InputFiles.Input.file(path).read() else { return false }
    // In place of a tune that copied too much stands one with another seed.
    guard var there = Provenance.all(in: String(decoding: bytes, as: UTF8.self)).first else { return false }
    if (there.seed &- tune.seed) & (1 << 40 - 1) == 0 { there.seed = tune.seed }
    return there == tune
  }

  private static func files(in directory: String, _ fileExtension: String) -> [String: String] {
    let files = InputFiles.expand([directory], extensions: [fileExtension]).map(\.name)
    let named = files.map { path in
      (String(path.split(separator: "/").last?.prefix { $0 != "-" && $0 != "." } ?? ""), path)
    }
    return Dictionary(named, uniquingKeysWith: { first, _ in first })
  }
}
