/// Cuts a text that is too long to be held at once into blocks that can be checked one by one, on many threads at a
/// time: each ends where a tune begins behind an empty line.
public struct TextBlocks: Sendable {
  private let name: String
  private let encoding: TextEncoding?
  private var pending: [UInt8] = []
  /// Up to where the pending bytes have been searched for a place to cut.
  private var searched: Int
  private var line = 1
  /// The bytes that a block should have at least.
  private let length: Int

  /// - Parameters:
  ///   - name: what to call the text in messages.
  ///   - encoding: that of the whole text; nil to look at each block by itself.
  ///   - length: the bytes that a block should have at least.
  public init(name: String, encoding: TextEncoding?, length: Int = 1 << 20) {
    self.name = name
    self.encoding = encoding
    self.length = length
    searched = length
  }

  /// Takes the next bytes, and returns a block if there is enough for one.
  public mutating func append(_ bytes: [UInt8]) -> SourceText? {
    pending += bytes
    guard pending.count > searched else { return nil }
    guard let end = TextPieces.tuneStart(in: pending, from: searched) else {
      searched = max(pending.count - 4, length)
      return nil
    }
    let rest = Array(pending[end...])
    pending.removeSubrange(end...)
    defer {
      pending = rest
      searched = length
    }
    return block()
  }

  /// What is left when the text is over; nil if nothing is.
  public mutating func finish() -> SourceText? {
    guard !pending.isEmpty else { return nil }
    defer { pending = [] }
    return block()
  }

  private mutating func block() -> SourceText {
    let block = SourceText(name: name, bytes: pending, encoding: encoding, firstLine: line)
    line += LineTable.lineCount(of: pending)
    return block
  }
}

/// What a file says before its first tune, which all of its tunes start from.
public struct FileHeader: Sendable {
  let defaults: TuneState
  /// Whether it names the encoding.
  public let declaresCharset: Bool

  /// Reads it from the start of a file: its first block, or all of it.
  public init(of source: SourceText) {
    let range = TextPieces.header(of: source.bytes)
    var reader = PieceReader(source, range, keepsScore: false, defaults: nil)
    reader.read()
    defaults = reader.interpreter.defaults
    declaresCharset = reader.interpreter.declaresCharset
  }
}

/// Finds the encoding of a text that is read piece by piece.
public struct EncodingDetector: Sendable {
  /// The encoding of all pieces so far.
  public private(set) var encoding = TextEncoding.utf8
  private var survey = MixedText.Survey()
  private var tail: [UInt8] = []
  private var position = 0

  /// Starts with nothing.
  public init() {}

  /// Looks at the next piece. Characters may lie across two pieces.
  public mutating func look(at bytes: [UInt8]) {
    // Up to the last plain byte; what stands behind it waits for the next piece.
    var end = bytes.count
    while end > 0, bytes[end - 1] >= 0x80, bytes.count - end < 8 { end -= 1 }
    take(tail.isEmpty && end == bytes.count ? bytes : tail + bytes[..<end])
    tail = Array(bytes[end...])
  }

  /// No more pieces come.
  public mutating func finish() {
    if !tail.isEmpty { take(tail) }
    tail = []
  }

  private mutating func take(_ bytes: [UInt8]) {
    if encoding == .utf8 { encoding = TextEncoding(detecting: bytes) }
    survey.look(at: bytes, base: position)
    position += bytes.count
  }

  /// What is to be said of the encoding, for a text that does not name one itself. Its range counts from the first
  /// piece.
  public var finding: Diagnostic? { encoding == .utf8 ? nil : survey.finding }
}
