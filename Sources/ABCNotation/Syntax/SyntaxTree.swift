/// The lossless syntax tree of a text: every byte is in exactly one token, in order.
///
/// Nodes and tokens lie in one array in the order of the text, each with the index at which its subtree ends; a
/// node of the tree is a position in it.
public struct SyntaxTree: Sendable {
  struct Entry: Sendable {
    /// The kind of the token, or of the node if `isToken` is false.
    var kind: UInt8
    var isToken: Bool
    var lead: UInt8
    var start: UInt32
    var end: UInt32
    /// The index behind the last entry of the subtree.
    var next: UInt32
  }

  /// The text that the tree was read from.
  public let source: SourceText
  /// What the tokenizer and the parser found wrong, in the order of the text.
  public let diagnostics: [Diagnostic]
  let entries: [Entry]

  /// Reads a text. Never fails, loses nothing; what is wrong is in ``diagnostics``. Takes time linear in the length.
  public init(parsing source: SourceText) {
    var reader = SyntaxReader()
    var builder = SyntaxTreeBuilder(capacity: source.bytes.count)
    reader.read(source.bytes, into: &builder)
    reader.finish(into: &builder)
    self.source = source
    entries = builder.entries
    diagnostics = builder.diagnostics.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// The node of the whole text.
  public var root: SyntaxNode { SyntaxNode(tree: self, index: 0) }

  /// The nodes of the tunes, in order.
  public var tunes: [SyntaxNode] { root.children.filter { $0.kind == .tune } }

  /// The bytes of all tokens one after the other: always the bytes that were read.
  public var printed: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.bytes.count)
    for entry in entries where entry.isToken { bytes += source.bytes[Int(entry.start)..<Int(entry.end)] }
    return bytes
  }
}

/// A node or a token of a ``SyntaxTree``.
public struct SyntaxNode: Sendable {
  /// The tree it belongs to.
  public let tree: SyntaxTree
  let index: Int

  private var entry: SyntaxTree.Entry { tree.entries[index] }

  /// What the node stands for; nil for a token.
  public var kind: SyntaxKind? { entry.isToken ? nil : SyntaxKind(rawValue: entry.kind) }

  /// The token; nil for a node.
  public var token: Token? {
    guard entry.isToken, let kind = TokenKind(rawValue: entry.kind) else { return nil }
    return Token(kind, lead: entry.lead, range)
  }

  /// The bytes it covers.
  public var range: Range<Int> { Int(entry.start)..<Int(entry.end) }

  /// What is directly inside it, in the order of the text.
  public var children: some Sequence<SyntaxNode> {
    sequence(state: index + 1) { [tree, end = Int(entry.next)] next -> SyntaxNode? in
      guard next < end else { return nil }
      defer { next = Int(tree.entries[next].next) }
      return SyntaxNode(tree: tree, index: next)
    }
  }

  /// Its text.
  public var text: String { tree.source.string(range) }
}

/// Builds the array of a ``SyntaxTree`` from the parser's events.
struct SyntaxTreeBuilder: SyntaxSink {
  private(set) var entries: [SyntaxTree.Entry] = []
  private(set) var diagnostics: [Diagnostic] = []
  private var stack: [Int] = []

  init(capacity: Int) {
    entries.reserveCapacity(capacity)
  }

  mutating func open(_ kind: SyntaxKind, at offset: Int) {
    stack.append(entries.count)
    let place = UInt32(offset)
    entries.append(.init(kind: kind.rawValue, isToken: false, lead: 0, start: place, end: place, next: 0))
  }

  mutating func append(_ token: Token) {
    let next = UInt32(entries.count + 1)
    entries.append(
      .init(
        kind: token.kind.rawValue, isToken: true, lead: token.lead, start: UInt32(token.range.lowerBound),
        end: UInt32(token.range.upperBound), next: next))
  }

  mutating func close() {
    let index = stack.removeLast()
    entries[index].next = UInt32(entries.count)
    if let last = entries.last, entries.count - 1 > index {
      entries[index].end = max(entries[index].end, last.end)
    }
  }

  mutating func report(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
  }
}
