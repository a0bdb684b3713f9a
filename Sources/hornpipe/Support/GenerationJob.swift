import ABCNotation
import ABCToMIDI
import ArgumentParser
import CharacterModel
import Playback
import StandardMIDI
import TuneGenerator

/// The work of `generate`: writes tunes one after the other and sends each where it is to go.
struct GenerationJob {
  private let command: Generate
  private let writer: TuneWriter
  private var names = FileNames()
  private var pieces: [Piece] = []
  /// Whether a tune could not be sent where it was to go.
  private var failed = false

  init(command: Generate, model: RecurrentModel) {
    self.command = command
    writer = TuneWriter(model: model)
  }

  /// Writes all tunes.
  mutating func run() throws {
    let seed = command.seed ?? UInt64.random(in: 0...UInt64(UInt32.max))
    if command.seed == nil, !command.quiet { Console.note("seed \(seed)") }
    let options = try makeOptions()
    for path in [command.output, command.midi].compactMap({ $0 }) where isDirectory(path) {
      try OutputFile.makeDirectory(path)
    }
    var report = CleanlinessReport()
    for index in 0..<command.count {
      let tuneSeed = seed &+ UInt64(index)
      let tune = try writer.write(seed: tuneSeed, options: options, shouldStop: { Interruption.isRequested })
      if Interruption.isRequested { throw ExitCode.interrupted }
      report.add(tune)
      try deliver(tune, number: index + 1, seed: tuneSeed)
    }
    if command.count > 1, !command.quiet {
      Console.note("\(report.clean.count) of \(command.count) tunes are clean")
    }
    if command.play || command.wav != nil {
      guard !pieces.isEmpty else {
        Console.error("nothing that the model wrote can be played; try another seed or a lower temperature")
        throw ExitCode.impossible
      }
      try SoundOutput(sound: command.sound, performance: performance, quiet: command.quiet).send(
        pieces, wav: command.wav)
    }
    if failed { throw ExitCode.someFailed }
  }

  /// Several tunes go to a directory, and so does one where the path says so.
  private func isDirectory(_ path: String) -> Bool { command.count > 1 || OutputFile.isDirectory(path) }

  private var performance: PerformanceOptions {
    PerformanceOptions(tempoFactor: command.tempo?.factor ?? 1)
  }

  private func makeOptions() throws -> TuneWriter.Options {
    var prime = command.prime ?? ""
    if prime.hasPrefix("@") {
      prime = TextEncoding.decode(try InputFiles.Input.file(String(prime.dropFirst())).read())
    }
    var options = TuneWriter.Options(
      sampling: SamplingOptions(temperature: command.temperature, topK: command.topK, topP: command.topP),
      maximumLength: command.maxLength, prime: prime.replacing("\\n", with: "\n"),
      isConstrained: !command.unconstrained)
    (options.title, options.rhythm, options.meter, options.key) = (
      command.title, command.rhythm, command.meter, command.key
    )
    return options
  }

  private mutating func deliver(_ tune: GeneratedTune, number: Int, seed: UInt64) throws {
    let text = provenance(seed: seed) + renumbered(tune.abc, number)
    let title = tune.score?.title
    let name = names.name(base: Self.padded(number), number: nil, title: FileNames.safe(title ?? ""))
    if let output = command.output {
      try OutputFile.write(Array(text.utf8), to: isDirectory(output) ? "\(output)/\(name).abc" : output)
    } else if !command.json {
      Console.write(number > 1 ? "\n" + text : text)
    }
    if let score = tune.score {
      try convert(score, title: title ?? "untitled", name: name)
    } else if command.midi != nil {
      Console.error("tune \(number) has no music; no MIDI file was written")
      failed = true
    }
    if command.json { try writeJSON(tune, text: text, seed: seed) }
    if !command.quiet { Console.note(verdict(tune)) }
  }

  private mutating func convert(_ score: Score, title: String, name: String) throws {
    guard command.midi != nil || command.play || command.wav != nil else { return }
    do {
      let sounding = command.tempo?.applied(to: score) ?? score
      let midi = try MIDIConverter(program: command.sound.melodyProgram).convert(sounding)
      if let path = command.midi {
        try OutputFile.write(midi.encoded(), to: isDirectory(path) ? "\(path)/\(name).mid" : path)
      }
      pieces.append(Piece(title: title, midi: midi, score: score))
    } catch let error as ConversionError {
      Console.error("\(title): \(error)")
      failed = true
    }
  }

  /// A comment with which the tune can be made again.
  private func provenance(seed: UInt64) -> String {
    var words = "% hornpipe \(Version.current), model \(command.modelOption.name), seed \(seed)"
    words += ", temperature \(command.temperature)"
    if let topK = command.topK { words += ", top-k \(topK)" }
    if let topP = command.topP { words += ", top-p \(topP)" }
    if command.maxLength != 1000 { words += ", max-length \(command.maxLength)" }
    if let prime = command.prime { words += ", prime \(prime.replacing("\n", with: "\\n"))" }
    for (name, value) in [
      ("title", command.title), ("rhythm", command.rhythm), ("meter", command.meter), ("key", command.key),
    ] {
      if let value { words += ", \(name) \(value)" }
    }
    if command.unconstrained { words += ", unconstrained" }
    return words + "\n"
  }

  /// Several tunes in one text are numbered on.
  private func renumbered(_ abc: String, _ number: Int) -> String {
    guard number > 1, abc.hasPrefix("X:1\n") else { return abc }
    return "X:\(number)\n" + abc.dropFirst(4)
  }

  /// A tune as an object of JSON.
  private struct Result: Encodable {
    let abc, title: String
    let seed: UInt64
    let ended, clean, completed: Bool
    let draws, kept, characters, errors, warnings: Int
  }

  private func writeJSON(_ tune: GeneratedTune, text: String, seed: UInt64) throws {
    try Console.writeJSON(
      Result(
        abc: text, title: tune.score?.title ?? "", seed: seed, ended: tune.hasEnded, clean: tune.isClean,
        completed: tune.wasCompleted, draws: tune.draws, kept: tune.acceptedDraws,
        characters: tune.characters, errors: tune.count(.error),
        warnings: tune.count(.warning)))
  }

  /// One sentence on how clean a tune is.
  private func verdict(_ tune: GeneratedTune) -> String {
    if tune.isClean {
      return tune.wasCompleted
        ? "clean: no fault found; brought to an end at --max-length" : "clean: no fault found"
    }
    var faults: [String] = []
    if tune.score == nil { faults.append("no music") }
    if !tune.hasEnded { faults.append("cut off at \(tune.characters) characters") }
    let errors = tune.count(.error)
    let warnings = tune.count(.warning)
    if errors > 0 { faults.append(errors == 1 ? "1 error" : "\(errors) errors") }
    if warnings > 0 { faults.append(warnings == 1 ? "1 warning" : "\(warnings) warnings") }
    if tune.tunebook.tunes.count > 1 { faults.append("\(tune.tunebook.tunes.count) tunes in one") }
    let first = tune.tunebook.diagnostics.first { $0.severity > .info }
    return "not clean: " + faults.joined(separator: ", ") + (first.map { " (first: \($0.message))" } ?? "")
  }

  private static func padded(_ number: Int) -> String {
    String(repeating: "0", count: max(0, 4 - String(number).count)) + String(number)
  }
}
