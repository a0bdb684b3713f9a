/// Everything that a file of ABC says: its tunes, their scores, and what is wrong with them.
public struct Tunebook: Sendable {
  /// One tune of the file.
  public struct Tune: Sendable {
    /// What it says.
    public let score: Score
    /// What is wrong with it, in the order of the text.
    public let diagnostics: [Diagnostic]
    /// Its bytes in the file.
    public var range: Range<Int> { score.range }

    /// Whether nothing worse than an `info` was found.
    public var isClean: Bool { diagnostics.allSatisfy { $0.severity == .info } }
  }

  /// The text.
  public let source: SourceText
  /// The tunes in order.
  public let tunes: [Tune]
  /// What is wrong outside any tune, or with the file as a whole.
  public let fileDiagnostics: [Diagnostic]

  /// All findings of the file, in the order of the text.
  public var diagnostics: [Diagnostic] { ordered(fileDiagnostics, tunes.map(\.diagnostics)) }

  /// The syntax tree, which holds every byte of the file. Made anew each time it is asked for.
  public var tree: SyntaxTree { SyntaxTree(parsing: source) }

  /// Reads and checks a text, on all cores if it is long. Never fails: what is wrong is said in the diagnostics.
  public init(parsing source: SourceText) {
    self.source = source
    let reader = TunebookReader(source, keepsScore: true)
    tunes = zip(reader.scores, reader.results).map { Tune(score: $0, diagnostics: $1.diagnostics) }
    fileDiagnostics = reader.fileDiagnostics
  }

  /// Reads and checks a string.
  public init(parsing text: String, name: String = "") {
    self.init(parsing: SourceText(name: name, text: text))
  }
}

/// What is wrong with a file of ABC, found without keeping its scores: several times as fast as a ``Tunebook``.
public struct ValidationReport: Sendable {
  /// What was found in one tune.
  public struct Tune: Sendable {
    /// Its bytes in the file.
    public let range: Range<Int>
    /// What is wrong with it, in the order of the text.
    public fileprivate(set) var diagnostics: [Diagnostic]
    /// Its number and where it stands, if it is to be compared with those of other tunes.
    fileprivate let number: Int?
    fileprivate let numberRange: Range<Int>?

    /// Whether nothing worse than an `info` was found.
    public var isClean: Bool { diagnostics.allSatisfy { $0.severity == .info } }
  }

  /// The tunes in order.
  public private(set) var tunes: [Tune]
  /// What is wrong outside any tune, or with the file as a whole.
  public let fileDiagnostics: [Diagnostic]

  /// All findings of the file, in the order of the text.
  public var diagnostics: [Diagnostic] { ordered(fileDiagnostics, tunes.map(\.diagnostics)) }

  /// Checks a block of a file, on this thread.
  ///
  /// Whether two tunes share a number only the file shows: see ``duplicateNumbers(_:)``.
  public init(checking block: SourceText, header: FileHeader, style: Set<DiagnosticCode> = []) {
    self.init(TunebookReader(block, keepsScore: false, threads: 1, style: style, header: header))
  }

  /// The tunes whose numbers earlier blocks of the file, or earlier tunes of this one, have had, in order.
  public func duplicateNumbers(_ rule: inout ReferenceNumberRule) -> [(tune: Int, Diagnostic)] {
    tunes.enumerated().compactMap { index, tune in
      rule.finding(tune.number, tune.numberRange).map { (index, $0) }
    }
  }

  /// Checks a text, on all cores if it is long.
  ///
  /// - Parameter style: the rules of style (``DiagnosticCode/isStyle``) that are to be looked at as well, which takes
  ///   several times as long.
  public init(checking source: SourceText, style: Set<DiagnosticCode> = []) {
    self.init(checking: source, threads: nil, style: style)
  }

  init(checking source: SourceText, threads: Int?, style: Set<DiagnosticCode> = []) {
    self.init(TunebookReader(source, keepsScore: false, threads: threads, style: style))
  }

  private init(_ reader: TunebookReader) {
    tunes = reader.results.map { result in
      let isCounted = !result.ignored.contains(.duplicateReferenceNumber)
      return Tune(
        range: result.range, diagnostics: result.diagnostics, number: isCounted ? result.number : nil,
        numberRange: result.numberRange)
    }
    fileDiagnostics = reader.fileDiagnostics
  }
}

private func ordered(_ file: [Diagnostic], _ tunes: [[Diagnostic]]) -> [Diagnostic] {
  let all = tunes.flatMap { $0 }
  // Those of the tunes are in order already.
  return file.isEmpty ? all : (file + all).sorted { $0.range.lowerBound < $1.range.lowerBound }
}
