import ABCNotation
import ABCToMIDI
import CharacterModel
import Engraving
import FoundationEssentials
import Playback
import StandardMIDI
import TuneGenerator

/// What the page can ask for. Knows nothing of HTTP; may be asked from several threads at once.
struct StudioService: Sendable {
  /// What is answered.
  enum Answer {
    case bytes([UInt8], type: String)
    /// Sound that is rendered while it is sent.
    case sound(PerformanceRenderer)
  }

  let configuration: Studio.Configuration
  private let writer: TuneWriter
  /// Nil where `abcm2ps` is not installed; then what to do.
  private let engraver: SheetEngraver?
  private let hint: String

  /// Beyond this no tune is written by hand, and whatever it is takes long.
  private static let longestText = 100_000
  private static let longestSeconds = 1800.0

  init(_ configuration: Studio.Configuration) {
    self.configuration = configuration
    writer = TuneWriter(model: configuration.model)
    do {
      (engraver, hint) = (try SheetEngraver(), "")
    } catch {
      (engraver, hint) = (nil, "\(error)")
    }
  }

  /// The paths that are answered, each with its method.
  static let methods: [String: String] = [
    "/api/options": "GET", "/api/model": "GET", "/api/generate": "POST", "/api/check": "POST",
    "/api/sheet": "POST", "/api/perform": "POST", "/api/audio": "POST", "/api/midi": "POST",
    "/api/wav": "POST",
    "/api/model/rates": "POST", "/api/model/heatmap": "POST",
  ]

  /// Answers a request.
  func answer(_ path: String, _ body: [UInt8], shouldStop: @escaping @Sendable () -> Bool) throws -> Answer {
    func json(_ value: some Encodable) -> Answer {
      .bytes(StudioObjects.encode(value), type: "application/json")
    }
    switch path {
    case "/api/options": return json(options)
    case "/api/model": return json(model)
    case "/api/generate":
      return json(try generate(try StudioObjects.decode(StudioObjects.Wishes.self, body), shouldStop))
    case "/api/check":
      return json(check(try text(of: StudioObjects.decode(StudioObjects.Text.self, body).abc)))
    case "/api/sheet":
      return json(try sheet(try text(of: StudioObjects.decode(StudioObjects.Text.self, body).abc)))
    case "/api/perform": return json(try timing(try StudioObjects.decode(StudioObjects.Sound.self, body)))
    case "/api/midi":
      let music = try music(try StudioObjects.decode(StudioObjects.Sound.self, body))
      return .bytes(music.midi.encoded(), type: "audio/midi")
    case "/api/wav":
      let music = try music(try StudioObjects.decode(StudioObjects.Sound.self, body))
      let wav = try PerformanceRenderer.wav(
        music.midi, synthesizer: try synthesizer(), options: music.options, shouldStop: shouldStop)
      return .bytes(wav, type: "audio/wav")
    case "/api/audio":
      let music = try music(try StudioObjects.decode(StudioObjects.Sound.self, body))
      return .sound(
        try PerformanceRenderer(music.midi, synthesizer: try synthesizer(), options: music.options))
    case "/api/model/rates":
      return json(try rates(try StudioObjects.decode(StudioObjects.RatesRequest.self, body), shouldStop))
    case "/api/model/heatmap":
      return json(try activations(try StudioObjects.decode(StudioObjects.UnitRequest.self, body)))
    default: throw RequestFault(404, "there is nothing here")
    }
  }

  private func synthesizer() throws -> Synthesizer {
    try Synthesizer(soundFont: configuration.soundFont, options: .init(gain: configuration.gain))
  }

  // MARK: - Writing

  private static let rhythms: [(name: String, meter: String)] = [
    ("reel", "C|"), ("jig", "6/8"), ("hornpipe", "4/4"), ("slip jig", "9/8"), ("polka", "2/4"),
    ("slide", "12/8"),
    ("march", "2/4"), ("waltz", "3/4"), ("strathspey", "4/4"), ("air", "3/4"), ("set dance", "6/8"),
  ]

  private var options: StudioObjects.Options {
    let named = [40, 73, 78, 72, 23, 21, 22, 105, 46, 109, 24, 0, 15, 71, 68]
    return StudioObjects.Options(
      rhythms: Self.rhythms.map { .init(name: $0.name, meter: $0.meter) },
      meters: ["4/4", "C|", "2/4", "3/4", "3/8", "6/8", "9/8", "12/8", "3/2"],
      keys: [
        "C", "G", "D", "A", "E", "F", "Bb", "Eb", "Am", "Em", "Bm", "F#m", "Dm", "Gm", "Cm", "Ador", "Edor",
        "Ddor",
        "Gdor", "Amix", "Dmix", "Gmix", "Emix",
      ],
      styles: configuration.styles,
      programs: named.map { .init(number: $0, name: $0 == 40 ? "Fiddle" : GeneralMIDI.programNames[$0]) },
      program: configuration.program, sheet: engraver != nil, hint: hint, version: configuration.version)
  }

  private func generate(
    _ wishes: StudioObjects.Wishes, _ shouldStop: @escaping @Sendable () -> Bool
  ) throws -> StudioObjects.Tune {
    func line(_ text: String?, _ name: String) throws -> String? {
      guard let text, !text.isEmpty else { return nil }
      guard text.count <= 100, !text.contains(where: \.isNewline) else {
        throw RequestFault("the \(name) must be one short line")
      }
      return text
    }
    guard let form = FormPlan(parts: try line(wishes.parts, "form"), bars: wishes.bars) else {
      throw RequestFault(
        "a form is letters in their order, each once or twice (AABB, AAB), and 2 to 64 bars a part")
    }
    let seed: UInt64
    if let text = try line(wishes.seed, "seed") {
      guard let number = UInt64(text) else { throw RequestFault("the seed must be a number") }
      seed = number
    } else {
      seed = UInt64.random(in: 0...UInt64(UInt32.max))
    }
    var options = TuneWriter.Options(sampling: try sampling(wishes.temperature))
    (options.title, options.style) = (try line(wishes.title, "title"), try line(wishes.style, "style"))
    (options.rhythm, options.meter) = (try line(wishes.rhythm, "rhythm"), try line(wishes.meter, "meter"))
    (options.key, options.form) = (try line(wishes.key, "key"), form)
    let tune: GeneratedTune
    do {
      tune = try writer.write(seed: seed, options: options, shouldStop: shouldStop)
    } catch {
      throw RequestFault("\(error)")
    }
    let score = tune.score
    return StudioObjects.Tune(
      abc: tune.abc, title: score?.title ?? "", seed: "\(seed)", rhythm: score?.firstValue(of: "R") ?? "",
      meter: score?.firstValue(of: "M") ?? "", key: score?.firstValue(of: "K") ?? "")
  }

  private func sampling(_ temperature: Double?) throws -> SamplingOptions {
    let temperature = temperature ?? 0.8
    guard (0.05...5).contains(temperature) else {
      throw RequestFault("the temperature must be from 0.05 to 5")
    }
    return SamplingOptions(temperature: temperature)
  }

  // MARK: - Reading

  private func text(of abc: String) throws -> SourceText {
    guard abc.utf8.count <= Self.longestText else { throw RequestFault(413, "this is longer than any tune") }
    return SourceText(name: "tune", text: abc)
  }

  private func check(_ source: SourceText) -> StudioObjects.Findings {
    let book = Tunebook(parsing: source)
    let offsets = UTF16Offsets(source.bytes)
    let lines = LineTable(source)
    let findings = book.diagnostics.prefix(200).map { diagnostic in
      let place = lines.location(of: diagnostic.range.lowerBound)
      let edits = diagnostic.edits(in: source)
      let fix = diagnostic.code.rule.fix
      return StudioObjects.Findings.Finding(
        code: diagnostic.code.rawValue, name: diagnostic.code.name, severity: diagnostic.severity.rawValue,
        message: diagnostic.message, line: place.line, column: place.column,
        start: offsets[diagnostic.range.lowerBound], end: offsets[diagnostic.range.upperBound],
        fixes: edits.isEmpty || fix == nil
          ? []
          : [
            .init(
              title: fix?.summary ?? "", isSafe: fix?.isSafe ?? false,
              edits: edits.map {
                .init(
                  start: offsets[$0.range.lowerBound], end: offsets[$0.range.upperBound], text: $0.replacement
                )
              })
          ])
    }
    return StudioObjects.Findings(diagnostics: findings, tunes: book.tunes.count)
  }

  private func score(of source: SourceText) throws -> Score {
    guard let score = Tunebook(parsing: source).tunes.map(\.score).first(where: { !$0.voices.isEmpty }) else {
      throw RequestFault(422, "there is no music in this text yet")
    }
    return score
  }

  private func sheet(_ source: SourceText) throws -> StudioObjects.Sheet {
    guard let engraver else { return StudioObjects.Sheet(svg: nil, hint: hint) }
    do {
      return StudioObjects.Sheet(
        svg: try engraver.markedSVG(of: .init(try score(of: source), in: source)), hint: nil)
    } catch let error as EngravingError {
      throw RequestFault(422, "\(error)")
    }
  }

  // MARK: - Sound

  private func music(
    _ request: StudioObjects.Sound
  ) throws -> (midi: MIDIFile, score: Score, source: SourceText, options: PerformanceOptions) {
    let source = try text(of: request.abc)
    let score = try score(of: source)
    let tempo = (request.tempo ?? 100) / 100
    let program = request.program ?? configuration.program
    guard (0.1...4).contains(tempo), (0...127).contains(program) else {
      throw RequestFault("the tempo must be 10 to 400 per cent, and the instrument 0 to 127")
    }
    let midi: MIDIFile
    do {
      midi = try MIDIConverter(program: UInt7(program)).convert(score)
    } catch {
      throw RequestFault(422, "\(error)")
    }
    guard MIDISequence(midi).duration.seconds / tempo <= Self.longestSeconds else {
      throw RequestFault(422, "the tune sounds for more than half an hour")
    }
    let start = max(request.from ?? 0, 0) * tempo
    guard start.isFinite else { throw RequestFault("there is no such place") }
    return (midi, score, source, PerformanceOptions(tempoFactor: tempo, startSeconds: start))
  }

  private func timing(_ request: StudioObjects.Sound) throws -> StudioObjects.Timing {
    let (midi, score, source, options) = try music(request)
    let sequence = MIDISequence(midi)
    let offsets = UTF16Offsets(source.bytes)
    let numbers = NoteNumbers(score)
    let firstBar = score.voices[0].measures.first?.fill == .pickup ? 0 : 1
    let steps = try ScoreCursor(score).steps.map { step in
      StudioObjects.Timing.Step(
        time: sequence.seconds(atTick: step.tick) / options.tempoFactor,
        note: numbers.number(of: step.range) ?? 0,
        start: offsets[step.range.lowerBound], end: offsets[step.range.upperBound],
        bar: step.measure + firstBar)
    }
    let end = sequence.events.last { $0.message.endsNote }?.time.seconds ?? 0
    return StudioObjects.Timing(duration: end / options.tempoFactor, steps: steps)
  }

  // MARK: - The model

  private var model: StudioObjects.Model {
    let shape = configuration.model.architecture
    return StudioObjects.Model(
      name: configuration.modelName, type: shape.cell == .lstm ? "LSTM" : "RNN", layers: shape.layers,
      hiddenSize: shape.hiddenSize, embeddingSize: shape.embeddingSize,
      parameters: configuration.model.parameterCount, characters: configuration.model.vocabulary.count,
      log: TrainingCurve.epochs(in: configuration.trainingLog ?? StudioPage.trainingLog))
  }

  private func rates(
    _ request: StudioObjects.RatesRequest, _ shouldStop: @escaping @Sendable () -> Bool
  ) throws -> StudioObjects.Rates {
    let count = request.count ?? 50
    guard (1...1000).contains(count) else { throw RequestFault("the number of tunes must be from 1 to 1000") }
    let options = TuneWriter.Options(
      sampling: try sampling(request.temperature), isConstrained: request.constrained ?? true)
    let start = ContinuousClock.now
    let first = UInt64.random(in: 0...UInt64(UInt32.max))
    let tunes = writer.write(
      seeds: (0..<UInt64(count)).map { first + $0 }, options: options, shouldStop: shouldStop)
    var report = CleanlinessReport()
    for tune in tunes { if let tune = try tune?.get() { report.add(tune) } }
    let rate = report.clean
    return StudioObjects.Rates(
      count: rate.total, clean: rate.count, rate: rate.value, lower: rate.interval.lowerBound,
      upper: rate.interval.upperBound, seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  private func activations(_ request: StudioObjects.UnitRequest) throws -> StudioObjects.Activations {
    let shape = configuration.model.architecture
    guard (0..<shape.layers).contains(request.layer), (0..<shape.hiddenSize).contains(request.unit) else {
      throw RequestFault("the model has \(shape.layers) layers of \(shape.hiddenSize) units")
    }
    // A number is kept for each unit and character.
    guard request.abc.utf8.count <= Self.longestText / 5 else {
      throw RequestFault(413, "this is too long for a heatmap")
    }
    let vocabulary = configuration.model.vocabulary
    let encoding = TuneEncoding(vocabulary)
    let marked = TrainingText.marked(request.abc)
    // What the model has never seen it reads as a space.
    let known = String(
      String.UnicodeScalarView(marked.unicodeScalars.map { vocabulary.index(of: $0) == nil ? " " : $0 }))
    let indices: [Int32]
    do {
      indices = try encoding.encode(known)
    } catch {
      throw RequestFault(422, "\(error)")
    }
    let values = configuration.model.trace(indices).activations(layer: request.layer, unit: request.unit)
    let characters = TuneFeatures.characters(of: marked, hasMarkers: encoding.hasMarkers)
    // The markers are the model's own; the page shows what a person wrote.
    let shown = zip(characters, values).filter { $0.0.unicodeScalars.count == 1 }
    return StudioObjects.Activations(
      text: shown.map(\.0).joined(), values: shown.map(\.1), units: shape.hiddenSize, layers: shape.layers)
  }
}

/// Where each byte of a text is in its UTF-16 code units, as scripts in browsers count.
struct UTF16Offsets {
  private let offsets: [Int32]

  init(_ bytes: [UInt8]) {
    var offsets: [Int32] = []
    offsets.reserveCapacity(bytes.count + 1)
    var count: Int32 = 0
    for byte in bytes {
      offsets.append(count)
      // The first byte of a character counts for it; one of four bytes is a pair.
      if byte & 0xC0 != 0x80 { count += byte >= 0xF0 ? 2 : 1 }
    }
    offsets.append(count)
    self.offsets = offsets
  }

  subscript(byte: Int) -> Int { Int(offsets[min(max(byte, 0), offsets.count - 1)]) }
}

/// The losses of a training log.
enum TrainingCurve {
  private struct Line: Decodable {
    let epoch: Int
    let trainingLoss: Double
    let validationLoss: Double?

    private enum CodingKeys: String, CodingKey {
      case epoch
      case trainingLoss = "training_loss"
      case validationLoss = "validation_loss"
    }
  }

  static func epochs(in log: [UInt8]) -> [StudioObjects.Model.Epoch] {
    log.split(separator: UInt8(ascii: "\n")).compactMap { line in
      (try? JSONDecoder().decode(Line.self, from: Data(line))).map {
        StudioObjects.Model.Epoch(epoch: $0.epoch, training: $0.trainingLoss, validation: $0.validationLoss)
      }
    }
  }
}
