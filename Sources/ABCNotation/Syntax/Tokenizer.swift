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

  private(set) var section: Section = .outside
  private var sectionBeforeVerbatim: Section = .outside
  private var state: State = .lineStart
  /// Where the token under way starts, and how many bytes have been taken in all.
  private var start = 0
  private var position = 0
  /// The first byte of the token under way; of a field, its letter.
  private var lead: UInt8 = 0
  /// The latest byte of the token under way.
  private var last: UInt8 = 0
  /// Digits straight behind a bar sign name an ending; behind a note, a length.
  private var afterBar = false
  private var afterNote = false
  /// Whether the line under way has shown anything but blanks; how much of `begin` or `end` a directive matched.
  private var lineIsBlank = true
  private var directiveMatch: UInt8 = 0
  private var directiveIsEnd = false
  /// Whether the field under way is the `K:` that ends the header.
  private var endsHeader = false
  private var pending: InlineArray<40, UInt8> = .init(repeating: 0)
  private var pendingCount = 0

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

  private mutating func step(_ byte: UInt8, _ emit: (Token) -> Void) {
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
  private mutating func take(_ byte: UInt8) {
    position += 1
    last = byte
  }

  /// Starts a token with a byte.
  @inline(__always)
  private mutating func open(_ byte: UInt8, _ next: State) {
    start = position
    lead = byte
    take(byte)
    state = next
  }

  /// Ends the token under way.
  @inline(__always)
  private mutating func close(_ kind: TokenKind, _ next: State, _ emit: (Token) -> Void) {
    emit(Token(kind, lead: lead, start..<position))
    start = position
    state = next
    if next == .music {
      afterBar = kind == .barLine
      switch kind {
      case .noteLetter, .octave, .rest, .multiMeasureRest, .spacer, .chordClose: afterNote = true
      default: afterNote = false
      }
    }
  }

  /// A token of one byte.
  @inline(__always)
  private mutating func single(_ byte: UInt8, _ kind: TokenKind, _ emit: (Token) -> Void) {
    open(byte, .music)
    close(kind, .music, emit)
  }

  private mutating func hold(_ byte: UInt8, _ next: State) {
    if pendingCount == 0 { start = position }
    pending[pendingCount] = byte
    pendingCount += 1
    position += 1
    state = next
  }

  /// Pushes the waiting bytes again, the first of them as a token of its own kind.
  private mutating func replay(first kind: TokenKind, _ emit: (Token) -> Void) {
    let bytes = pending
    let count = pendingCount
    pendingCount = 0
    position = start
    single(bytes[0], kind, emit)
    for index in 1..<max(count, 1) { step(bytes[index], emit) }
  }

  /// Pushes the waiting bytes again, from another state.
  private mutating func replay(from next: State, _ emit: (Token) -> Void) {
    let bytes = pending
    let count = pendingCount
    pendingCount = 0
    position = start
    state = next
    for index in 0..<count { step(bytes[index], emit) }
  }

  /// The bytes that wait are what they seem least to be: the plain reading of their first byte.
  private mutating func giveUp(_ emit: (Token) -> Void) {
    switch state {
    case .letter, .letterColon, .plus, .marker, .byteOrderMark: startPlainLine(emit)
    case .headerLine: decideHeaderLine(emit)
    case .openBracket, .bracketLetter: replay(first: .chordOpen, emit)
    case .openParenthesis: replay(first: .slurOpen, emit)
    case .bang: replay(first: .lineBreak, emit)
    case .plusDecoration, .colon: replay(first: .unknown, emit)
    default: break
    }
  }

  // MARK: - Lines

  private mutating func startLine(_ byte: UInt8, _ emit: (Token) -> Void) {
    lineIsBlank = true
    afterBar = false
    afterNote = false
    endsHeader = false
    if byte.isLineEnd { return newline(byte, emit) }
    if byte == UInt8(ascii: "%") {
      lineIsBlank = false
      return open(byte, .percent)
    }
    if section == .verbatim { return open(byte, .text) }
    if byte == 0xEF, position == 0 { return hold(byte, .byteOrderMark) }
    if byte.isLetter { return hold(byte, .letter) }
    if byte == UInt8(ascii: "+"), section != .outside { return hold(byte, .plus) }
    if byte == UInt8(ascii: "<") { return hold(byte, .marker) }
    startPlainLine(byte, emit)
  }

  /// A line that starts with no field name, comment or marker: music in a body, text elsewhere.
  private mutating func startPlainLine(_ byte: UInt8, _ emit: (Token) -> Void) {
    switch section {
    case .body: startToken(byte, emit)
    case .header: hold(byte, .headerLine)
    case .outside, .verbatim: open(byte, .text)
    }
  }

  private mutating func startPlainLine(_ emit: (Token) -> Void) {
    let bytes = pending
    let count = pendingCount
    pendingCount = 0
    position = start
    startPlainLine(bytes[0], emit)
    for index in 1..<max(count, 1) { step(bytes[index], emit) }
  }

  /// In a header without `K:`, the first bytes of a line tell whether the music has begun.
  private mutating func decideHeaderLine(_ emit: (Token) -> Void) {
    var isMusic = false
    var isBlank = true
    for index in 0..<pendingCount where !pending[index].isBlank { isBlank = false }
    if !isBlank {
      isMusic = true
      for index in 0..<pendingCount where !pending[index].looksLikeMusic { isMusic = false }
    }
    if isMusic { section = .body }
    if isMusic || isBlank { return replay(from: .music, emit) }
    let bytes = pending
    let count = pendingCount
    pendingCount = 0
    position = start
    open(bytes[0], .text)
    for index in 1..<max(count, 1) { step(bytes[index], emit) }
  }

  private mutating func continueLineStart(_ byte: UInt8, _ emit: (Token) -> Void) {
    switch state {
    case .byteOrderMark:
      let expected: UInt8 = pendingCount == 1 ? 0xBB : 0xBF
      if byte != expected {
        giveUp(emit)
        return step(byte, emit)
      }
      hold(byte, .byteOrderMark)
      if pendingCount == 3 {
        lead = 0xEF
        pendingCount = 0
        close(.byteOrderMark, .lineStart, emit)
      }
    case .letter:
      if byte == UInt8(ascii: ":") { return hold(byte, .letterColon) }
      giveUp(emit)
      step(byte, emit)
    case .letterColon:
      // A line may start with a note and a repeat sign: `G:|`, `G::`.
      let isRepeatSign = byte == UInt8(ascii: "|") || byte == UInt8(ascii: ":")
      if section == .body, isRepeatSign, pending[0].isNoteLetter || pending[0] == UInt8(ascii: "z") {
        giveUp(emit)
        return step(byte, emit)
      }
      startField(pending[0], emit)
      step(byte, emit)
    case .plus:
      if byte == UInt8(ascii: ":") {
        hold(byte, .plus)
        return startField(pending[0], emit)
      }
      giveUp(emit)
      step(byte, emit)
    case .marker:
      if byte.isLineEnd, isWholeMarker {
        section = pending[1] == UInt8(ascii: "s") ? .header : .outside
        pendingCount = 0
        lead = UInt8(ascii: "<")
        close(.marker, .lineStart, emit)
        lineIsBlank = false
        return newline(byte, emit)
      }
      if canExtendMarker(byte) { return hold(byte, .marker) }
      giveUp(emit)
      step(byte, emit)
    case .percent:
      directiveMatch = 0
      directiveIsEnd = false
      state = byte == UInt8(ascii: "%") ? .directive : .comment
      if state == .directive { take(byte) } else { continueLine(byte, emit) }
    default:  // .headerLine
      if byte.isLineEnd || pendingCount == 4 {
        giveUp(emit)
        step(byte, emit)
      } else {
        hold(byte, .headerLine)
      }
    }
  }

  private static let startMarker: [UInt8] = Array("<start>".utf8)
  private static let endMarker: [UInt8] = Array("<end>".utf8)

  private var isWholeMarker: Bool {
    let marker = pendingCount == 7 ? Self.startMarker : Self.endMarker
    guard pendingCount == marker.count else { return false }
    return marker.indices.allSatisfy { pending[$0] == marker[$0] }
  }

  private func canExtendMarker(_ byte: UInt8) -> Bool {
    [Self.startMarker, Self.endMarker].contains { marker in
      pendingCount < marker.count && marker[pendingCount] == byte
        && (0..<pendingCount).allSatisfy { pending[$0] == marker[$0] }
    }
  }

  /// A letter and a colon have been read: a field.
  private mutating func startField(_ letter: UInt8, _ emit: (Token) -> Void) {
    if section == .outside, letter == UInt8(ascii: "X") || letter == UInt8(ascii: "T") { section = .header }
    if section == .outside, letter == UInt8(ascii: "K") { section = .header }
    if section == .header, letter == UInt8(ascii: "K") { endsHeader = true }
    if section == .body, letter == UInt8(ascii: "X") { section = .header }
    lineIsBlank = false
    lead = letter
    pendingCount = 0
    close(.fieldName, .afterFieldText, emit)
    state = .fieldText
    lead = 0
  }

  private mutating func continueLine(_ byte: UInt8, _ emit: (Token) -> Void) {
    if byte.isLineEnd {
      endToken(emit)
      return newline(byte, emit)
    }
    if state == .fieldText {
      if byte == UInt8(ascii: "%"), last != UInt8(ascii: "\\") {
        endToken(emit)
        return open(byte, .comment)
      }
      if position == start { lead = byte }
    } else if state == .directive {
      matchDirective(byte)
    }
    take(byte)
  }

  /// Notices `%%begin…` and `%%end…`, between which lines are neither music nor fields (ABC 2.1, 11.4.4).
  private mutating func matchDirective(_ byte: UInt8) {
    let index = position - start - 2
    if index == 0, byte == UInt8(ascii: "e") { directiveIsEnd = true }
    let word = directiveIsEnd ? Self.endWord : Self.beginWord
    guard index < word.count, Int(directiveMatch) == index else { return }
    if word[index] == byte { directiveMatch += 1 }
  }

  private static let beginWord: [UInt8] = Array("begin".utf8)
  private static let endWord: [UInt8] = Array("end".utf8)

  /// Ends a token that the line's end, the text's end or a byte that does not belong to it cuts off.
  private mutating func endToken(_ emit: (Token) -> Void) {
    guard position > start else {
      state = state == .fieldText ? .afterFieldText : .music
      return
    }
    switch state {
    case .text: close(.text, .afterFieldText, emit)
    case .fieldText: close(.fieldText, .afterFieldText, emit)
    case .comment, .percent: close(.comment, .afterFieldText, emit)
    case .directive:
      close(.directive, .afterFieldText, emit)
      if directiveIsEnd, directiveMatch == 3, section == .verbatim {
        section = sectionBeforeVerbatim
      } else if !directiveIsEnd, directiveMatch == 5, section != .verbatim {
        sectionBeforeVerbatim = section
        section = .verbatim
      }
    case .carriageReturn: endLine(emit)
    case .space: close(.space, .music, emit)
    case .accidental: close(.accidental, .music, emit)
    case .octave: close(.octave, .music, emit)
    case .length: close(.length, .music, emit)
    case .brokenRhythm: close(.brokenRhythm, .music, emit)
    case .bar, .barColonFirst, .bracketBar: close(.barLine, .music, emit)
    case .ending: close(.ending, .music, emit)
    case .tuplet: close(.tuplet, .music, emit)
    case .openBrace: close(.graceOpen, .music, emit)
    case .quoted: close(.unclosedQuote, .music, emit)
    case .inlineField: close(.inlineFieldText, .music, emit)
    default: close(.unknown, .music, emit)
    }
  }

  private mutating func newline(_ byte: UInt8, _ emit: (Token) -> Void) {
    open(byte, .carriageReturn)
    if byte == UInt8(ascii: "\n") { endLine(emit) }
  }

  private mutating func endLine(_ emit: (Token) -> Void) {
    if section == .header || section == .body {
      if lineIsBlank { section = .outside } else if endsHeader { section = .body }
    }
    close(.newline, .lineStart, emit)
  }

  // MARK: - Music

  /// Starts a token in a line of music (or after a field's text, where only a comment may follow).
  private mutating func startToken(_ byte: UInt8, _ emit: (Token) -> Void) {
    if byte.isLineEnd { return newline(byte, emit) }
    if byte.isBlank { return open(byte, .space) }
    lineIsBlank = false
    if byte.isNoteLetter { return single(byte, .noteLetter, emit) }
    if byte.isDigit {
      if afterNote { return open(byte, .length) }
      return open(byte, afterBar ? .ending : .unknownRun)
    }
    switch byte {
    case UInt8(ascii: "/"): open(byte, .length)
    case UInt8(ascii: "'"), UInt8(ascii: ","): open(byte, .octave)
    case UInt8(ascii: "|"): open(byte, .bar)
    case UInt8(ascii: ":"): hold(byte, .colon)
    case UInt8(ascii: "["): hold(byte, .openBracket)
    case UInt8(ascii: "]"): single(byte, .chordClose, emit)
    case UInt8(ascii: "("): hold(byte, .openParenthesis)
    case UInt8(ascii: ")"): single(byte, .slurClose, emit)
    case UInt8(ascii: "{"): open(byte, .openBrace)
    case UInt8(ascii: "}"): single(byte, .graceClose, emit)
    case UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "="): open(byte, .accidental)
    case UInt8(ascii: "<"), UInt8(ascii: ">"): open(byte, .brokenRhythm)
    case UInt8(ascii: "-"): single(byte, .tie, emit)
    case UInt8(ascii: "z"), UInt8(ascii: "x"): single(byte, .rest, emit)
    case UInt8(ascii: "Z"), UInt8(ascii: "X"): single(byte, .multiMeasureRest, emit)
    case UInt8(ascii: "y"): single(byte, .spacer, emit)
    case UInt8(ascii: "\""): open(byte, .quoted)
    case UInt8(ascii: "!"): hold(byte, .bang)
    case UInt8(ascii: "+"): hold(byte, .plusDecoration)
    case UInt8(ascii: "&"): single(byte, .overlay, emit)
    case UInt8(ascii: "\\"): single(byte, .continuation, emit)
    case UInt8(ascii: "`"): single(byte, .backquote, emit)
    case UInt8(ascii: "$"): single(byte, .lineBreak, emit)
    case UInt8(ascii: "%"): open(byte, .comment)
    default:
      if byte.isDecorationShorthand { single(byte, .shorthand, emit) } else { open(byte, .unknownRun) }
    }
  }

  private mutating func continueMusic(_ byte: UInt8, _ emit: (Token) -> Void) {
    switch state {
    case .space where byte.isBlank, .octave where byte == UInt8(ascii: "'") || byte == UInt8(ascii: ","),
      .length where byte.isDigit || byte == UInt8(ascii: "/"), .brokenRhythm where byte == lead,
      .ending where byte.isDigit || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "-"),
      .tuplet where byte.isDigit || byte == UInt8(ascii: ":"),
      .unknownRun where lead.isDigit ? byte.isDigit : byte >= 0x80 && lead >= 0x80:
      take(byte)
    case .accidental
    where (byte == lead && byte != UInt8(ascii: "=")) || byte.isDigit || byte == UInt8(ascii: "/"):
      take(byte)
    case .bar:
      // `|`, `||`, `|]`, `|:`, `|::`
      if byte == UInt8(ascii: "|") {
        take(byte)
      } else if byte == UInt8(ascii: ":") {
        take(byte)
        state = .bracketBar
      } else if byte == UInt8(ascii: "]") {
        take(byte)
        close(.barLine, .music, emit)
      } else {
        endAndRestart(byte, emit)
      }
    case .bracketBar:
      // Colons behind the bar; more of them may come.
      if byte == UInt8(ascii: ":") { take(byte) } else { endAndRestart(byte, emit) }
    case .colon:
      // A lone colon says nothing: a second or a bar must follow.
      if byte == UInt8(ascii: "|") || byte == UInt8(ascii: ":") {
        pendingCount = 0
        lead = UInt8(ascii: ":")
        take(byte)
        state = byte == UInt8(ascii: "|") ? .bar : .barColonFirst
      } else {
        giveUp(emit)
        step(byte, emit)
      }
    case .barColonFirst:
      if byte == UInt8(ascii: ":") {
        take(byte)
      } else if byte == UInt8(ascii: "|") {
        take(byte)
        state = .bar
      } else if byte == UInt8(ascii: "]") {
        take(byte)
        close(.barLine, .music, emit)
      } else {
        endAndRestart(byte, emit)
      }
    case .openBracket: continueBracket(byte, emit)
    case .bracketLetter:
      if byte == UInt8(ascii: ":") {
        lead = pending[1]
        pendingCount = 0
        take(byte)
        close(.inlineFieldOpen, .music, emit)
        state = .inlineField
      } else {
        giveUp(emit)
        step(byte, emit)
      }
    case .inlineField:
      if byte == UInt8(ascii: "]") {
        if position > start { close(.inlineFieldText, .music, emit) }
        single(byte, .inlineFieldClose, emit)
      } else if byte.isLineEnd {
        endToken(emit)
        newline(byte, emit)
      } else {
        if position == start { lead = byte }
        take(byte)
      }
    case .openParenthesis:
      if byte.isDigit, byte != UInt8(ascii: "0") {
        pendingCount = 0
        lead = UInt8(ascii: "(")
        take(byte)
        state = .tuplet
      } else {
        giveUp(emit)
        step(byte, emit)
      }
    case .openBrace:
      if byte == UInt8(ascii: "/") {
        take(byte)
        close(.graceOpen, .music, emit)
      } else {
        endAndRestart(byte, emit)
      }
    case .quoted:
      if byte == UInt8(ascii: "\"") {
        take(byte)
        close(.quoted, .music, emit)
      } else if byte.isLineEnd {
        endToken(emit)
        newline(byte, emit)
      } else {
        take(byte)
      }
    case .bang, .plusDecoration:
      let mark = state == .bang ? UInt8(ascii: "!") : UInt8(ascii: "+")
      if byte == mark, pendingCount > 1 {
        lead = mark
        pendingCount = 0
        take(byte)
        close(.decoration, .music, emit)
      } else if byte != mark, byte.isDecorationName, pendingCount < Self.pendingLimit {
        hold(byte, state)
      } else {
        giveUp(emit)
        step(byte, emit)
      }
    default: endAndRestart(byte, emit)
    }
  }

  /// Behind `[`: a bar sign, an ending, a field, or a chord.
  private mutating func continueBracket(_ byte: UInt8, _ emit: (Token) -> Void) {
    if byte == UInt8(ascii: "|") || byte.isDigit {
      pendingCount = 0
      lead = UInt8(ascii: "[")
      take(byte)
      state = byte.isDigit ? .ending : .bar
    } else if byte.isLetter {
      hold(byte, .bracketLetter)
    } else {
      giveUp(emit)
      step(byte, emit)
    }
  }

  private mutating func endAndRestart(_ byte: UInt8, _ emit: (Token) -> Void) {
    endToken(emit)
    step(byte, emit)
  }
}
