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

  private let keepsScore: Bool
  private let style: [Rule]

  /// - Parameter style: the rules of style that are to be looked at as well.
  init(_ source: SourceText, keepsScore: Bool, threads: Int? = nil, style: Set<DiagnosticCode> = []) {
    self.keepsScore = keepsScore
    self.style = style.map(\.rule).filter { $0.check != nil }.sorted { $0.code.rawValue < $1.code.rawValue }
    let pieces = TextPieces.ranges(of: source.bytes, isCut: threads ?? Self.threads > 1)
    // The first piece holds the file header, which every tune starts from.
    let needsScore = keepsScore || !self.style.isEmpty
    var first = PieceReader(source, pieces[0], keepsScore: needsScore, defaults: nil)
    first.read(style: self.style)
    add(Findings(first.interpreter, keepsScore))
    if pieces.count > 1 { read(pieces.dropFirst(), source, first.interpreter) }
    reportDuplicateNumbers()
    if source.encoding == .latin1, !declaresCharset { reportEncoding(source.bytes) }
    if fileDiagnostics.count > 1 {
      fileDiagnostics.sort {
        ($0.range.lowerBound, $0.code.rawValue) < ($1.range.lowerBound, $1.code.rawValue)
      }
    }
  }

  /// Bytes that are no UTF-8: all of them, or some among others that are.
  private mutating func reportEncoding(_ bytes: [UInt8]) {
    guard let place = bytes.firstIndex(where: { $0 >= 0x80 }) else { return }
    if let intruder = MixedText.Survey(bytes).intruder {
      fileDiagnostics.append(
        Diagnostic(
          .mixedEncodings, intruder..<(intruder + 1),
          "this file holds both UTF-8 and Latin-1; this character is of the rarer kind"))
    } else {
      fileDiagnostics.append(
        Diagnostic(.notUTF8, place..<(place + 1), "this file is not UTF-8; it is read as Latin-1"))
    }
  }

  private mutating func read(_ pieces: ArraySlice<Range<Int>>, _ source: SourceText, _ first: Interpreter) {
    let box = FindingsBox(count: pieces.count)
    let defaults = first.defaults
    let list = Array(pieces)
    let style = style
    let keepsScore = keepsScore
    DispatchQueue.concurrentPerform(iterations: list.count) { index in
      var reader = PieceReader(source, list[index], keepsScore: first.keepsScore, defaults: defaults)
      reader.read(style: style)
      box.set(index, Findings(reader.interpreter, keepsScore))
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

  /// Two tunes of one file must not share a number.
  private mutating func reportDuplicateNumbers() {
    var numbers: Set<Int> = []
    numbers.reserveCapacity(results.count)
    for index in results.indices {
      guard let number = results[index].number, !numbers.insert(number).inserted,
        let place = results[index].numberRange,
        !results[index].ignored.contains(.duplicateReferenceNumber)
      else { continue }
      let diagnostic = Diagnostic(
        .duplicateReferenceNumber, place, "another tune of this file has the number \(number) already")
      let next = results[index].diagnostics.firstIndex { $0.range.lowerBound > place.lowerBound }
      results[index].diagnostics.insert(diagnostic, at: next ?? results[index].diagnostics.count)
    }
  }
}

/// What one piece has come to.
private struct Findings: Sendable {
  let results: [Interpreter.Result]
  let scores: [Score]
  let fileDiagnostics: [Diagnostic]
  let declaresCharset: Bool

  init(_ interpreter: Interpreter, _ keepsScore: Bool) {
    results = interpreter.results
    scores = keepsScore ? interpreter.scores : []
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
