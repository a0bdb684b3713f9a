import ABCNotation
import ABCToMIDI
import ArgumentParser
import Playback
import StandardMIDI
import SystemFiles

/// The work of `export`: reads tunes, writes files, keeps the manifest.
///
/// Tunes are read and converted on all cores, while this thread names and writes those that are done; some pieces are
/// under way at a time, so that a book of any size takes no more memory than its text and these. Names are given in the order of the tunes, and so are messages and manifest: the number of jobs changes none
/// of them.
struct ExportJob {
  private let command: Export
  private let exporter: TuneExporter
  private let soundFormat: SoundFileFormat?
  /// Sound is rendered on all cores; the files are named by then.
  private var rendering: Pipeline<SoundJob, Result<Bool, PlaybackError>>?
  private var names = FileNames()
  private var manifest: [UInt8] = []
  private var written = 0
  private var tuneCount = 0
  private var tunesWithErrors = 0
  private var bar: ProgressBar
  /// Nil until it is clear whether there is more than one tune.
  private var destination: ExportDestination?
  /// The first tune, while it may be the only one.
  private var pending: [TuneExporter.Product] = []
  /// The numbers of the tunes of the file under way.
  private var numbers: Set<Int> = []
  private var numberedSource = ""
  /// What the files of the tunes of a source are called.
  private var baseName = (source: "", base: "")
  /// Whether any tune or file failed.
  private(set) var failed = false

  init(command: Export) {
    self.command = command
    exporter = TuneExporter(
      converter: command.converter, form: command.dump ? .dump : command.soundFormat != nil ? .file : .bytes,
      measuresTime: command.manifest != nil || command.json)
    soundFormat = command.soundFormat
    bar = ProgressBar(quiet: command.quiet)
  }

  /// A piece of a file, to be read and converted in one go.
  private struct Unit: Sendable {
    let pieces: TunebookPieces
    let lines: LineTable
    let piece: Int
  }

  /// Reads all inputs and writes all tunes; what fails is reported, the rest goes on.
  mutating func run(_ inputs: [InputFiles.Input]) throws {
    Interruption.listen()
    for path in [command.output, command.manifest].compactMap({ $0 }) {
      try OutputFile.check(path, isNoneOf: inputs)
    }
    if command.dump { destination = .standardOutput }
    let (exporter, number) = (exporter, command.tune)
    let pipeline = Pipeline<Unit, [TuneExporter.Product]>(jobs: command.jobs) { unit in
      if Interruption.isRequested { return [] }
      return unit.pieces.tunes(inPiece: unit.piece).compactMap { tune in
        if let number, tune.score.referenceNumber != number { return nil }
        return exporter.product(tune, unit.pieces.source, unit.lines)
      }
    }
    defer {
      pipeline.stop()
      rendering?.stop()
      // What was written before something went wrong, or somebody stopped it, is there.
      if case .directory(_, let directory) = destination { try? directory.finish() }
    }
    for (index, input) in inputs.enumerated() {
      guard let bytes = read(input) else { continue }
      if command.dump, bytes.starts(with: Array("MThd".utf8)) {
        while let products = pipeline.next() { try take(products) }
        try dump(midi: bytes, input)
        continue
      }
      let source = SourceText(name: input.name, bytes: bytes)
      let pieces = TunebookPieces(source)
      let lines = LineTable(source)
      for piece in 0..<pieces.count {
        pipeline.add(Unit(pieces: pieces, lines: lines, piece: piece))
        while pipeline.isFull, let products = pipeline.next() { try take(products) }
        let share = (Double(index) + Double(piece) / Double(pieces.count)) / Double(inputs.count)
        bar.draw(share, "\(written) tunes")
      }
    }
    while let products = pipeline.next() { try take(products) }
    try finish()
  }

  private mutating func read(_ input: InputFiles.Input) -> [UInt8]? {
    do {
      return try input.read()
    } catch {
      say(error.description)
      failed = true
      return nil
    }
  }

  /// Names and writes what has been converted.
  private mutating func take(_ products: [TuneExporter.Product]) throws {
    if Interruption.isRequested { throw ExitCode.interrupted }
    tuneCount += products.count
    guard destination == nil else { return try write(products) }
    pending += products
    if let output = command.output, pending.count > 1 || OutputFile.isDirectory(output) {
      // Sound files are written by their paths, and a reader of the manifest may want each file at once.
      destination = try .directory(output, growsAside: soundFormat == nil && !command.json)
      try write(pending)
      pending = []
    }
  }

  /// Only here is it seen that two tunes of a file have one number.
  private mutating func countDuplicate(_ entry: inout ManifestEntry) {
    if entry.source != numberedSource { (numberedSource, numbers) = (entry.source, []) }
    guard let number = entry.x, !numbers.insert(number).inserted else { return }
    switch DiagnosticCode.duplicateReferenceNumber.severity {
    case .error: entry.errors += 1
    case .warning: entry.warnings += 1
    case .info: break
    }
  }

  private mutating func finish() throws {
    guard tuneCount > 0 || command.dump else {
      Console.error(command.tune.map { "there is no tune with X:\($0)" } ?? "there is no tune to export")
      throw ExitCode.impossible
    }
    if destination == nil, let output = command.output { destination = .file(output) }
    try write(pending)
    while try takeRendered() {}
    if Interruption.isRequested { throw ExitCode.interrupted }
    bar.clear()
    if case .directory(let folder, let directory) = destination {
      do {
        try directory.finish()
      } catch {
        throw OutputError(path: folder, error)
      }
    }
    if let path = command.manifest { try OutputFile.write(manifest, to: path) }
    guard !command.quiet, let output = command.output, !command.dump else { return }
    if tunesWithErrors > 0 {
      Console.note("\(tunesWithErrors) tunes have errors; 'hornpipe validate' shows them")
    }
    Console.note("\(written) of \(tuneCount) tunes written to \(output)")
  }

  // MARK: - Writing

  private mutating func write(_ products: [TuneExporter.Product]) throws {
    guard let destination else { return }
    for product in products {
      var entry = product.entry
      countDuplicate(&entry)
      report(product)
      if entry.errors > 0 { tunesWithErrors += 1 }
      if case .failure = product.content {} else { entry.output = try write(product, to: destination) }
      guard exporter.measuresTime else { continue }
      let line = try JSONLine.encode(entry)
      if command.json { Console.write(line) }
      if command.manifest != nil { manifest += line }
    }
  }

  /// Writes a tune; the path of the file, if it is one.
  private mutating func write(
    _ product: TuneExporter.Product, to destination: ExportDestination
  ) throws -> String? {
    written += 1
    if case .dump(let text) = product.content {
      let title = product.entry.title.isEmpty ? "untitled" : product.entry.title
      let place = "\(product.entry.source):\(product.entry.line)"
      Console.write((tuneCount > 1 ? "% \(place): \(title)\n" : "") + text)
      return nil
    }
    let path: String
    switch destination {
    case .file(let file): path = file
    case .directory(let folder, let directory):
      let name = name(for: product)
      if case .bytes(let bytes) = product.content {
        try write(bytes, to: directory, in: folder, name: name)
        return exporter.measuresTime ? PathName(folder).appending(name) : nil
      }
      path = PathName(folder).appending(name)
    case .standardOutput: return nil
    }
    switch product.content {
    case .bytes(let bytes): try OutputFile.write(bytes, to: path)
    case .file(let midi): try render(midi, title: product.entry.title, to: path)
    case .dump, .failure: return nil
    }
    return path
  }

  private func write(
    _ bytes: [UInt8], to directory: OutputDirectory, in folder: String, name: String
  ) throws {
    if Interruption.isRequested { throw ExitCode.interrupted }
    do throws(SystemError) {
      try directory.write(bytes, name: name)
    } catch {
      throw OutputError(path: PathName(folder).appending(name), error)
    }
  }

  /// A tune that is to sound in a file.
  private struct SoundJob: Sendable {
    let midi: MIDIFile
    let path: String
    let title: String
  }

  private mutating func render(_ midi: MIDIFile, title: String, to path: String) throws {
    guard let format = soundFormat else { return }
    if Interruption.isRequested { throw ExitCode.interrupted }
    if rendering == nil {
      // What is wrong with the SoundFont is said once, and before anything is written.
      _ = try command.sound.makeSynthesizer()
      let sound = command.sound
      rendering = Pipeline(jobs: command.jobs) { job in
        Result { () throws(PlaybackError) in
          try PerformanceRenderer.write(
            job.midi, to: job.path, as: format, title: job.title, synthesizer: try sound.makeSynthesizer(),
            shouldStop: { Interruption.isRequested })
        }
      }
    }
    rendering?.add(SoundJob(midi: midi, path: path, title: title))
    while rendering?.isFull == true { try takeRendered() }
  }

  /// Waits for the oldest file; false where there is none under way.
  @discardableResult
  private mutating func takeRendered() throws -> Bool {
    guard let result = rendering?.next() else { return false }
    if try !result.get() { throw ExitCode.interrupted }
    return true
  }

  private mutating func name(for product: TuneExporter.Product) -> String {
    if product.entry.source != baseName.source {
      let source = product.entry.source
      let base = PathName(PathName(source).lastComponent).withoutExtension
      baseName = (source, source == "<stdin>" ? "tune" : base)
    }
    return names.name(base: baseName.base, number: product.entry.x, title: product.safeTitle)
      + "." + (soundFormat?.rawValue ?? "mid")
  }

  // MARK: - Messages

  private mutating func report(_ product: TuneExporter.Product) {
    let entry = product.entry
    if !command.quiet {
      for problem in product.problems { say("\(entry.source):\(problem.line): \(problem.message)") }
    }
    if case .failure(let reason) = product.content {
      say("\(entry.source):\(entry.line): \(entry.title.isEmpty ? "untitled" : entry.title): \(reason)")
      failed = true
    }
  }

  private func say(_ message: String) {
    bar.clear()
    Console.error(message)
  }

  /// Shows what a MIDI file holds.
  private mutating func dump(midi bytes: [UInt8], _ input: InputFiles.Input) throws {
    tuneCount += 1
    do {
      Console.write(try MIDIFile(decoding: bytes).dump)
    } catch {
      Console.error("\(input.name): \(error)")
      throw ExitCode.impossible
    }
  }
}
