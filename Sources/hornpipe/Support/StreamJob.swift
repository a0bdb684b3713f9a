import ABCNotation
import ABCToMIDI
import ArgumentParser
import FoundationEssentials
import StandardMIDI
import SystemFiles

/// The work of `export --stream`: a JSON object a line in, one a line out, in order.
///
/// An object is given back as it came, byte for byte, with what is found added before its closing brace, so that
/// whatever else it holds survives.
struct StreamJob {
  private let exporter: TuneExporter
  private let jobs: Int?
  /// Whether any line failed.
  private(set) var failed = false

  init(converter: MIDIConverter, jobs: Int?) {
    exporter = TuneExporter(converter: converter, form: .bytes, measuresTime: true)
    self.jobs = jobs
  }

  /// The most bytes that are read at a time.
  private static let chunkSize = 1 << 20

  /// Answers all lines of standard input, those that have come at once together.
  mutating func run() throws {
    var rest: [UInt8] = []
    while true {
      let chunk: [UInt8]
      do {
        chunk = try FileDescriptor.standardInput.readAvailable(atMost: Self.chunkSize)
      } catch {
        Console.error("cannot read the standard input: \(error)")
        throw ExitCode.impossible
      }
      let searched = rest.count
      rest += chunk
      guard !chunk.isEmpty else { break }
      guard let last = rest[searched...].lastIndex(of: UInt8(ascii: "\n")) else { continue }
      answer(Array(rest[...last]))
      rest.removeSubrange(...last)
    }
    if !rest.isEmpty { answer(rest) }
  }

  private mutating func answer(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n")).filter { !$0.allSatisfy(Self.isBlank) }
    let exporter = exporter
    let pipeline = Pipeline(jobs: jobs) { StreamAnswer(to: $0, exporter) }
    defer { pipeline.stop() }
    var answers: [UInt8] = []
    func take(_ answer: StreamAnswer) {
      failed = failed || answer.isFailure
      answers += answer.bytes
    }
    for line in lines {
      pipeline.add(line)
      while pipeline.isFull, let answer = pipeline.next() { take(answer) }
    }
    while let answer = pipeline.next() { take(answer) }
    Console.write(answers)
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}

/// The answer to one line of a stream.
struct StreamAnswer: Sendable {
  /// The line, with its end.
  let bytes: [UInt8]
  /// Whether there is an error in place of music.
  let isFailure: Bool

  private struct Request: Decodable {
    let abc: String
  }

  /// What is known of a tune.
  private struct Tune: Encodable {
    let x: Int?
    let title: String
    let notes, errors, warnings: Int
    let seconds: Double?
    var midi: String?
    var error: String?
  }

  private struct Tunes: Encodable {
    let tunes: [Tune]
  }

  private struct Failure: Encodable {
    let error: String
  }

  init(to line: ArraySlice<UInt8>, _ exporter: TuneExporter) {
    guard (try? JSONDecoder().decode(AnyObject.self, from: Data(line))) != nil else {
      let failure = Failure(
        error: "this line is no JSON object; write one object a line, such as {\"abc\":\"X:1\\n…\"}")
      (bytes, isFailure) = ((try? JSONLine.encode(failure)) ?? [], true)
      return
    }
    guard let request = try? JSONDecoder().decode(Request.self, from: Data(line)) else {
      let failure = Failure(error: "this object has no \"abc\" that is a text; put the tune there")
      (bytes, isFailure) = (Self.line(line, adding: failure), true)
      return
    }
    let tunes = Self.tunes(of: request.abc, exporter)
    isFailure = tunes.isEmpty || tunes.contains { $0.error != nil }
    if tunes.isEmpty {
      bytes = Self.line(line, adding: Failure(error: "there is no tune in \"abc\""))
    } else if tunes.count == 1 {
      bytes = Self.line(line, adding: tunes[0])
    } else {
      bytes = Self.line(line, adding: Tunes(tunes: tunes))
    }
  }

  /// Any object, and nothing but an object.
  private struct AnyObject: Decodable {
    private enum Key: CodingKey {}

    init(from decoder: any Decoder) throws { _ = try decoder.container(keyedBy: Key.self) }
  }

  private static func tunes(of abc: String, _ exporter: TuneExporter) -> [Tune] {
    let source = SourceText(name: "", text: abc)
    let lines = LineTable(source)
    return Tunebook(parsing: source).tunes.map { tune in
      let product = exporter.product(tune, source, lines)
      var answer = Tune(
        x: product.entry.x, title: product.entry.title, notes: product.entry.notes,
        errors: product.entry.errors, warnings: product.entry.warnings, seconds: product.entry.seconds)
      switch product.content {
      case .bytes(let bytes): answer.midi = Data(bytes).base64EncodedString()
      case .failure(let reason):
        answer.error = "\(answer.title.isEmpty ? "untitled" : answer.title): \(reason)"
      case .dump, .file: break
      }
      return answer
    }
  }

  /// An object with the members of another one added behind its own.
  private static func line(_ object: ArraySlice<UInt8>, adding members: some Encodable) -> [UInt8] {
    let brace = UInt8(ascii: "}")
    var line = Array(object.drop(while: StreamJob.isBlank))
    while let last = line.last, last != brace { line.removeLast() }
    line.removeLast()
    while let last = line.last, StreamJob.isBlank(last) { line.removeLast() }
    if line.last != UInt8(ascii: "{") { line.append(UInt8(ascii: ",")) }
    return line + ((try? JSONLine.encode(members)) ?? []).dropFirst()
  }
}
