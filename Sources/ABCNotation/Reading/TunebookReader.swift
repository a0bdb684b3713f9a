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
  /// - Parameter header: for a part of a file, what its tunes start from; their numbers are then not compared.
  init(
    _ source: SourceText, keepsScore: Bool, threads: Int? = nil, style: Set<DiagnosticCode> = [],
    header: FileHeader? = nil
  ) {
    self.keepsScore = keepsScore
    self.style = style.map(\.rule).filter { $0.check != nil }.sorted { $0.code.rawValue < $1.code.rawValue }
    let pieces = TextPieces.ranges(of: source.bytes, isCut: threads ?? Self.threads > 1)
    // The first piece holds the file header, which every tune starts from.
    let needsScore = keepsScore || !self.style.isEmpty
    var first = PieceReader(
      source, pieces[0], keepsScore: needsScore, defaults: source.firstLine > 1 ? header?.defaults : nil)
    first.read(style: self.style)
    add(Findings(first.interpreter, keepsScore))
    if pieces.count > 1 { read(pieces.dropFirst(), source, first.interpreter) }
    if header == nil { reportDuplicateNumbers() }
    if header == nil, source.encoding == .latin1, !declaresCharset {
      var survey = MixedText.Survey()
      survey.look(at: source.bytes)
      if let finding = survey.finding { fileDiagnostics.append(finding) }
    }
    if fileDiagnostics.count > 1 {
      fileDiagnostics.sort {
        ($0.range.lowerBound, $0.code.rawValue) < ($1.range.lowerBound, $1.code.rawValue)
      }
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
    var rule = ReferenceNumberRule()
    for index in results.indices {
      guard let diagnostic = rule.finding(results[index].number, results[index].numberRange),
        !results[index].ignored.contains(.duplicateReferenceNumber)
      else { continue }
      let place = diagnostic.range.lowerBound
      let next = results[index].diagnostics.firstIndex { $0.range.lowerBound > place }
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
