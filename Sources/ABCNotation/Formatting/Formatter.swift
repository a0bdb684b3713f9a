/// Lays out ABC in one house style.
///
/// It works on the syntax tree, line by line, and never changes what sounds: every line that it has laid out is
/// read again, and where that gives another structure than was meant the line stays as it was written. Comments,
/// unknown lines and whatever is at fault are kept. What it has laid out once it leaves alone.
public struct Formatter: Sendable {
  /// Creates a formatter.
  public init() {}

  /// The text in house style.
  public func format(_ source: SourceText) -> String {
    String(decoding: format(SyntaxTree(parsing: source)), as: UTF8.self)
  }

  /// The text of a tree in house style, as UTF-8.
  public func format(_ tree: SyntaxTree) -> [UInt8] {
    guard tree.source.encoding == .utf8 else {
      let bytes = TextEncoding.decodeLatin1(tree.source.bytes.dropFirst(Self.markLength(tree.source.bytes)))
      return format(SyntaxTree(parsing: SourceText(name: tree.source.name, text: bytes)))
    }
    let lines = SourceLine.lines(of: tree)
    let dialect = Dialect(of: lines)
    // A line that cannot even be copied (the text plays tricks with marks at its start, say) leaves all as it is.
    for candidate in [SourceLine.withNumbersFirst(lines), lines] {
      var run = FormattingRun(dialect: dialect)
      if run.write(candidate) { return run.output }
    }
    return tree.source.bytes
  }

  /// How many bytes a byte order mark at the start takes.
  private static func markLength(_ bytes: [UInt8]) -> Int {
    bytes.starts(with: [0xEF, 0xBB, 0xBF] as [UInt8]) ? 3 : 0
  }
}
