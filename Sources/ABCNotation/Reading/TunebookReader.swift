import Dispatch

/// Reads whole texts: cuts them where tunes begin, reads the pieces on all cores, and puts the results together.
struct TunebookReader {
  /// The tunes in order.
  private(set) var results: [Interpreter.Result] = []
  /// Their scores, if they are kept.
  private(set) var scores: [Score] = []
  /// What is wrong outside any tune, or with the file as a whole.
  private(set) var fileDiagnostics: [Diagnostic] = []

  private var declaresCharset = false

  /// Texts shorter than this are read on one core.
  private static let pieceLength = 16 * 1024

  init(_ source: SourceText, keepsScore: Bool, threads: Int? = nil) {
    let pieces = Self.pieces(of: source.bytes, threads: threads ?? Self.threads)
    // The first piece holds the file header, which every tune starts from.
    var first = PieceReader(source, pieces[0], keepsScore: keepsScore, defaults: nil)
    first.read()
    add(Findings(first.interpreter))
    if pieces.count > 1 { read(pieces.dropFirst(), source, first.interpreter) }
    reportDuplicateNumbers()
    if !declaresCharset, source.encoding == .latin1,
      let place = source.bytes.firstIndex(where: { $0 >= 0x80 })
    {
      fileDiagnostics.append(
        Diagnostic(.notUTF8, place..<(place + 1), "this file is not UTF-8; it is read as Latin-1"))
    }
  }

  private mutating func read(_ pieces: ArraySlice<Range<Int>>, _ source: SourceText, _ first: Interpreter) {
    let box = FindingsBox(count: pieces.count)
    let defaults = first.defaults
    let list = Array(pieces)
    DispatchQueue.concurrentPerform(iterations: list.count) { index in
      var reader = PieceReader(source, list[index], keepsScore: first.keepsScore, defaults: defaults)
      reader.read()
      box.set(index, Findings(reader.interpreter))
    }
    for findings in box.all { add(findings) }
  }

  private mutating func add(_ findings: Findings) {
    results += findings.results
    scores += findings.scores
    declaresCharset = declaresCharset || findings.declaresCharset
    fileDiagnostics += findings.fileDiagnostics
  }

  private static let threads = 2

  /// The ranges to be read one by one: each but the first begins with the `X:` of a tune behind an empty line,
  /// where nothing that stood before matters but the file header. The first ends where the first tune begins.
  private static func pieces(of bytes: [UInt8], threads: Int) -> [Range<Int>] {
    guard threads > 1, bytes.count > 2 * pieceLength else { return [0..<bytes.count] }
    var starts = [0]
    var wanted = 0
    var index = 0
    while let next = tuneStart(in: bytes, from: index) {
      index = next + 1
      if next < wanted { continue }
      starts.append(next)
      wanted = next + pieceLength
      index = min(wanted, bytes.count)
    }
    starts.append(bytes.count)
    return zip(starts, starts.dropFirst()).filter { $0 < $1 || $0 == 0 }.map { $0..<$1 }
  }

  /// The next place at or behind an offset where a line `X:` follows an empty line.
  private static func tuneStart(in bytes: [UInt8], from offset: Int) -> Int? {
    var index = max(offset, 2)
    while index + 1 < bytes.count {
      if bytes[index] == UInt8(ascii: "X"), bytes[index + 1] == UInt8(ascii: ":"),
        bytes[index - 1] == UInt8(ascii: "\n"), isEmptyLine(bytes, endingAt: index - 1)
      {
        return index
      }
      index += 1
    }
    return nil
  }

  private static func isEmptyLine(_ bytes: [UInt8], endingAt lineFeed: Int) -> Bool {
    let before = bytes[lineFeed - 1] == UInt8(ascii: "\r") ? lineFeed - 2 : lineFeed - 1
    return before >= 0 && bytes[before] == UInt8(ascii: "\n")
  }

  /// Two tunes of one file must not share a number.
  private mutating func reportDuplicateNumbers() {
    var numbers: Set<Int> = []
    numbers.reserveCapacity(results.count)
    for index in results.indices {
      guard let number = results[index].number, !numbers.insert(number).inserted,
        let place = results[index].numberRange
      else { continue }
      let diagnostic = Diagnostic(
        .duplicateReferenceNumber, place, "another tune of this file has the number \(number) already")
      let next = results[index].diagnostics.firstIndex { $0.range.lowerBound > place.lowerBound }
      results[index].diagnostics.insert(diagnostic, at: next ?? results[index].diagnostics.count)
    }
  }
}

/// Reads one piece of a text.
private struct PieceReader {
  private var reader: SyntaxReader
  private(set) var interpreter: Interpreter

  init(_ source: SourceText, _ range: Range<Int>, keepsScore: Bool, defaults: TuneState?) {
    // A copy of its own: threads that count references to one array wait for each other.
    let isWhole = range.count == source.bytes.count
    let window = TextWindow(
      bytes: isWhole ? source.bytes : Array(source.bytes[range]), base: range.lowerBound,
      encoding: source.encoding)
    interpreter = Interpreter(keepsScore: keepsScore)
    interpreter.text = window
    if let defaults {
      interpreter.defaults = defaults
      interpreter.hasSeenTune = true
    }
    reader = SyntaxReader(at: range.lowerBound)
  }

  mutating func read() {
    reader.read(interpreter.text.bytes, into: &interpreter)
    reader.finish(into: &interpreter)
    interpreter.finish()
  }
}

/// What one piece has come to.
private struct Findings: Sendable {
  let results: [Interpreter.Result]
  let scores: [Score]
  let fileDiagnostics: [Diagnostic]
  let declaresCharset: Bool

  init(_ interpreter: Interpreter) {
    results = interpreter.results
    scores = interpreter.scores
    fileDiagnostics = interpreter.fileDiagnostics
    declaresCharset = interpreter.declaresCharset
  }
}

/// Where threads leave what they found, each at its own place.
private final class FindingsBox: @unchecked Sendable {
  private let queue = DispatchQueue(label: "findings")
  private var slots: [Findings?]

  init(count: Int) {
    slots = Array(repeating: nil, count: count)
  }

  func set(_ index: Int, _ findings: Findings) {
    queue.sync { slots[index] = findings }
  }

  var all: [Findings] { slots.compactMap { $0 } }
}
