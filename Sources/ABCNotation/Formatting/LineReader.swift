/// Reads formatted lines one after the other, as any reader of the result will. Tells what a line comes to before
/// it is decided upon: a copy is a snapshot.
struct LineReader: Sendable {
  private var reader = SyntaxReader()
  private var recorder = LineRecorder()

  /// What a line came to.
  struct Reading {
    var pieces: [LinePiece]
    var isInTune: Bool
    var startsTune: Bool

    /// Whether that is what was meant.
    func agrees(with pieces: [LinePiece], of line: SourceLine) -> Bool {
      isInTune == (line.tune != nil) && startsTune == line.startsTune && self.pieces.matches(pieces)
    }
  }

  /// Whether the lines to come are neither music nor fields.
  var isVerbatim: Bool { reader.tokenizer.section == .verbatim }

  /// How many bytes have been taken.
  var position: Int { reader.tokenizer.position }

  /// Takes the bytes of one line, its LF included.
  mutating func read(_ bytes: [UInt8]) -> Reading {
    recorder.start(bytes, at: position)
    reader.read(bytes, into: &recorder)
    return Reading(
      pieces: recorder.pieces, isInTune: recorder.isInTune, startsTune: recorder.startsTune)
  }

  /// Takes the bytes of one line that nothing is asked about.
  mutating func pass(_ bytes: [UInt8]) {
    recorder.start(bytes, at: position, keepsPieces: false)
    reader.read(bytes, into: &recorder)
  }
}

/// Keeps what the parser finds in one line.
private struct LineRecorder: SyntaxSink {
  private(set) var pieces: [LinePiece] = []
  private(set) var isInTune = false
  private(set) var startsTune = false
  private var bytes: [UInt8] = []
  private var offset = 0
  private var stack: [SyntaxKind] = []
  private var keepsPieces = true

  mutating func start(_ bytes: [UInt8], at offset: Int, keepsPieces: Bool = true) {
    self.keepsPieces = keepsPieces
    self.bytes = bytes
    self.offset = offset
    pieces = []
    isInTune = false
    startsTune = false
  }

  mutating func open(_ kind: SyntaxKind, at offset: Int) {
    if kind == .tune {
      startsTune = true
    } else if kind != .file {
      if stack.last == .file || stack.last == .tune { isInTune = stack.last == .tune }
      if keepsPieces { pieces.append(LinePiece(kind: .open(kind))) }
    }
    stack.append(kind)
  }

  mutating func append(_ token: Token) {
    guard keepsPieces else { return }
    let range = (token.range.lowerBound - offset)..<(token.range.upperBound - offset)
    pieces.append(LinePiece(kind: .token(token.kind), bytes: Array(bytes[range.clamped(to: bytes.indices)])))
  }

  mutating func close() {
    if let kind = stack.popLast(), keepsPieces, kind != .tune, kind != .file {
      pieces.append(LinePiece(kind: .close))
    }
  }

  mutating func report(_ diagnostic: Diagnostic) {}
}
