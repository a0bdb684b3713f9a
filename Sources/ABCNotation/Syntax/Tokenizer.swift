/// Cuts a stream of bytes into tokens, one byte at a time.
///
/// A value type without references: a copy is a snapshot, so that a caller can push a candidate character into a
/// copy, look at what comes of it, and throw the copy away. Where one byte does not decide what it belongs to
/// (is `[K` a chord or a field?), up to ``pendingLimit`` bytes wait in `pending` and are pushed again as soon as
/// it is clear.
struct Tokenizer: Sendable {
  /// Where in a file a line stands; decides what a line without a field name means (ABC 2.1, 2.2).
  enum Section: UInt8, Sendable {
    /// Before the first tune or between tunes.
    case outside
    /// From `X:` to `K:`.
    case header
    /// From the line after `K:` to the empty line.
    case body
    /// Between `%%begin…` and `%%end…`.
    case verbatim
  }

  enum State: UInt8, Sendable {
    // Between tokens.
    case lineStart, music, afterFieldText
    // At the start of a line, undecided.
    case byteOrderMark, letter, letterColon, plus, marker, percent, headerLine
    // Inside a token that lasts to the line's end.
    case carriageReturn, text, fieldText, directive, comment
    // Inside a token of music.
    case space, accidental, octave, length, brokenRhythm, bar, barColonFirst, colon, bracketBar, ending
    case openBracket, bracketLetter, openParenthesis, tuplet, openBrace
    case quoted, bang, plusDecoration, inlineField, unknownRun
  }

  static let pendingLimit = 40

  var section: Section = .outside
  var sectionBeforeVerbatim: Section = .outside
  var state: State = .lineStart
  /// Where the token under way starts, and how many bytes have been taken in all.
  var start = 0
  var position = 0
  /// The first byte of the token under way; of a field, its letter.
  var lead: UInt8 = 0
  /// The latest byte of the token under way.
  var last: UInt8 = 0
  /// Digits straight behind a bar sign name an ending; behind a note, a length.
  var afterBar = false
  /// Whether the line that ended did so with a bar sign and a backslash.
  var barContinues = false
  var afterNote = false
  /// Whether the line under way has shown anything but blanks; how much of `begin` or `end` a directive matched.
  var lineIsBlank = true
  var directiveMatch: UInt8 = 0
  var directiveIsEnd = false
  /// Whether the field under way is the `K:` that ends the header.
  var endsHeader = false
  var pending: InlineArray<40, UInt8> = .init(repeating: 0)
  var pendingCount = 0

  /// Starts at an offset other than 0, between tunes.
  mutating func start(at offset: Int) {
    start = offset
    position = offset
  }

  /// Takes the next byte. Calls `emit` for every token that it completes.
  @inline(__always)
  mutating func push(_ byte: UInt8, _ emit: (Token) -> Void) {
    step(byte, emit)
  }

  /// Says that the text is over. Calls `emit` for what is still under way.
  mutating func finish(_ emit: (Token) -> Void) {
    switch state {
    case .lineStart, .music, .afterFieldText: break
    case .letter, .letterColon, .plus, .headerLine, .openBracket, .bracketLetter, .bang, .plusDecoration,
      .openParenthesis, .byteOrderMark, .colon:
      giveUp(emit)
      if position > start { finish(emit) }
    case .marker:
      if isWholeMarker { close(.marker, .lineStart, emit) } else { giveUp(emit); finish(emit) }
    default: endToken(emit)
    }
  }

  // MARK: - The machine

  mutating func step(_ byte: UInt8, _ emit: (Token) -> Void) {
    switch state {
    case .lineStart: startLine(byte, emit)
    case .music, .afterFieldText: startToken(byte, emit)
    case .byteOrderMark, .letter, .letterColon, .plus, .marker, .percent, .headerLine:
      continueLineStart(byte, emit)
    case .carriageReturn:
      if byte == UInt8(ascii: "\n") { take(byte); endLine(emit) } else { endLine(emit); step(byte, emit) }
    case .text, .fieldText, .directive, .comment: continueLine(byte, emit)
    default: continueMusic(byte, emit)
    }
  }

  @inline(__always)
  mutating func take(_ byte: UInt8) {
    position += 1
    last = byte
  }

  /// Starts a token with a byte.
  @inline(__always)
  mutating func open(_ byte: UInt8, _ next: State) {
    start = position
    lead = byte
    take(byte)
    state = next
  }

  /// Ends the token under way.
  @inline(__always)
  mutating func close(_ kind: TokenKind, _ next: State, _ emit: (Token) -> Void) {
    emit(Token(kind, lead: lead, start..<position))
    start = position
    state = next
    if next == .music {
      // A line that is continued behind a bar sign goes on there: `|\` and `1` are an ending.
      if kind == .continuation { barContinues = afterBar }
      afterBar = kind == .barLine
      switch kind {
      case .noteLetter, .octave, .rest, .multiMeasureRest, .spacer, .chordClose: afterNote = true
      case .unknown where lead.isReserved: break
      default: afterNote = false
      }
    }
  }

  /// A token of one byte.
  @inline(__always)
  mutating func single(_ byte: UInt8, _ kind: TokenKind, _ emit: (Token) -> Void) {
    open(byte, .music)
    close(kind, .music, emit)
  }

  mutating func hold(_ byte: UInt8, _ next: State) {
    if pendingCount == 0 { start = position }
    pending[pendingCount] = byte
    pendingCount += 1
    position += 1
    state = next
  }

  /// Takes back the bytes that wait, so that they can be pushed again.
  mutating func takePending() -> (bytes: InlineArray<40, UInt8>, count: Int) {
    defer {
      pendingCount = 0
      position = start
    }
    return (pending, pendingCount)
  }

  /// Pushes the waiting bytes again, the first of them as a token of its own kind.
  mutating func replay(first kind: TokenKind, _ emit: (Token) -> Void) {
    let (bytes, count) = takePending()
    single(bytes[0], kind, emit)
    for index in 1..<max(count, 1) { step(bytes[index], emit) }
  }

  /// Pushes the waiting bytes again, from another state.
  mutating func replay(from next: State, _ emit: (Token) -> Void) {
    let (bytes, count) = takePending()
    state = next
    for index in 0..<count { step(bytes[index], emit) }
  }

  /// The bytes that wait are what they seem least to be: the plain reading of their first byte.
  mutating func giveUp(_ emit: (Token) -> Void) {
    switch state {
    case .letter, .letterColon, .plus, .marker, .byteOrderMark: startPlainLine(emit)
    case .headerLine: decideHeaderLine(emit)
    case .openBracket, .bracketLetter: replay(first: .chordOpen, emit)
    case .openParenthesis: replay(first: .slurOpen, emit)
    case .bang: giveUpDecoration(emit)
    case .plusDecoration, .colon: replay(first: .unknown, emit)
    default: break
    }
  }
}
