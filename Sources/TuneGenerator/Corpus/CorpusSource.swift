import ABCNotation

/// A file of tunes in any of the forms that a corpus is made from: ABC, a text with `<start>` and `<end>` lines, or a
/// dump of The Session.
public struct CorpusSource: Sendable {
  /// Tunes that are read together.
  public struct Block: Sendable {
    /// Their ABC.
    public let source: SourceText
    /// For each tune what it is a setting of, if the file says so.
    public let tuneIDs: [String]?
  }

  /// What sort of file it is.
  public enum Form: Sendable {
    case abc, markedText, theSessionCSV, theSessionJSON
  }

  /// The name for messages.
  public let name: String
  /// Its sort.
  public let form: Form
  private let bytes: [UInt8]

  /// Rows of a dump that are read at a time.
  private static let rowsPerBlock = 1000

  /// Looks at a file.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    let lowered = name.lowercased()
    form =
      lowered.hasSuffix(".csv")
      ? .theSessionCSV
      : lowered.hasSuffix(".json") ? .theSessionJSON : TrainingText.isMarked(bytes) ? .markedText : .abc
  }

  /// Whether a file of this name may hold tunes.
  public static let extensions: Set<String> = ["abc", "txt", "csv", "json"]

  /// Gives the tunes block by block.
  ///
  /// - Throws: what `take` throws, and an error that says why a dump cannot be read.
  public func forEachBlock(_ take: (Block) throws -> Void) throws {
    switch form {
    case .abc: try take(Block(source: SourceText(name: name, bytes: bytes), tuneIDs: nil))
    case .markedText:
      let text = TrainingText.tunes(in: bytes).map { TrainingText.unmarked($0) + "\n" }.joined()
      try take(Block(source: SourceText(name: name, text: text), tuneIDs: nil))
    case .theSessionCSV, .theSessionJSON:
      var waiting = Rows()
      func add(_ setting: TheSessionDump.Setting) throws {
        waiting.text += setting.tune
        waiting.ids.append(setting.tuneID)
        if waiting.ids.count == Self.rowsPerBlock { try flush() }
      }
      func flush() throws {
        guard !waiting.ids.isEmpty else { return }
        let block = Block(source: SourceText(name: name, text: waiting.text), tuneIDs: waiting.ids)
        waiting = Rows()
        try take(block)
      }
      if form == .theSessionCSV {
        try TheSessionDump.settings(csv: bytes, add)
      } else {
        try TheSessionDump.settings(json: bytes, add)
      }
      try flush()
    }
  }

  private struct Rows {
    var text = ""
    var ids: [String] = []
  }
}
