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
    public let diagnostics: [Diagnostic]

    /// Whether nothing worse than an `info` was found.
    public var isClean: Bool { diagnostics.allSatisfy { $0.severity == .info } }
  }

  /// The tunes in order.
  public let tunes: [Tune]
  /// What is wrong outside any tune, or with the file as a whole.
  public let fileDiagnostics: [Diagnostic]

  /// All findings of the file, in the order of the text.
  public var diagnostics: [Diagnostic] { ordered(fileDiagnostics, tunes.map(\.diagnostics)) }

  /// Checks a text, on all cores if it is long.
  ///
  /// - Parameter style: the rules of style (``DiagnosticCode/isStyle``) that are to be looked at as well, which takes
  ///   several times as long.
  public init(checking source: SourceText, style: Set<DiagnosticCode> = []) {
    self.init(checking: source, threads: nil, style: style)
  }

  init(checking source: SourceText, threads: Int?, style: Set<DiagnosticCode> = []) {
    let reader = TunebookReader(source, keepsScore: false, threads: threads, style: style)
    tunes = reader.results.map { Tune(range: $0.range, diagnostics: $0.diagnostics) }
    fileDiagnostics = reader.fileDiagnostics
  }
}

private func ordered(_ file: [Diagnostic], _ tunes: [[Diagnostic]]) -> [Diagnostic] {
  let all = tunes.flatMap { $0 }
  // Those of the tunes are in order already.
  return file.isEmpty ? all : (file + all).sorted { $0.range.lowerBound < $1.range.lowerBound }
}
