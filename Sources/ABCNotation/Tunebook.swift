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

  /// The syntax tree, which holds every byte of the file.
  public let tree: SyntaxTree
  /// The tunes in order.
  public let tunes: [Tune]
  /// What is wrong outside any tune, or with the file as a whole.
  public let fileDiagnostics: [Diagnostic]

  /// All findings of the file, in the order of the text.
  public var diagnostics: [Diagnostic] {
    (fileDiagnostics + tunes.flatMap(\.diagnostics)).sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// Reads and checks a text. Never fails: what is wrong is said in the diagnostics.
  public init(parsing source: SourceText) {
    let tree = SyntaxTree(parsing: source)
    let validator = Validator(tree: tree)
    self.tree = tree
    tunes = validator.tunes.map { Tune(score: $0.score, diagnostics: $0.diagnostics) }
    fileDiagnostics = validator.fileDiagnostics
  }
}
