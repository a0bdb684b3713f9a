/// The tokens of a line of music.
extension Tokenizer {
  /// Starts a token in a line of music (or after a field's text, where only a comment may follow).
  mutating func startToken(_ byte: UInt8, _ emit: (Token) -> Void) {
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
      if byte.isDecorationShorthand {
        single(byte, .shorthand, emit)
      } else if byte >= 0x80 {
        open(byte, .unknownRun)
      } else {
        single(byte, .unknown, emit)
      }
    }
  }

  mutating func continueMusic(_ byte: UInt8, _ emit: (Token) -> Void) {
    switch state {
    case .space where byte.isBlank, .octave where byte == UInt8(ascii: "'") || byte == UInt8(ascii: ","),
      .length where byte.isDigit || byte == UInt8(ascii: "/"), .brokenRhythm where byte == lead,
      .ending where byte.isDigit || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "-"),
      .tuplet where byte.isDigit || byte == UInt8(ascii: ":"),
      .unknownRun where lead.isDigit ? byte.isDigit : byte >= 0x80 && lead >= 0x80:
      take(byte)
    case .accidental
    where (byte == lead && last == lead && byte != UInt8(ascii: "=")) || byte.isDigit
      || byte == UInt8(ascii: "/"):
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
      if byte == UInt8(ascii: "]") {
        pendingCount = 0
        lead = UInt8(ascii: ":")
        take(byte)
        close(.barLine, .music, emit)
      } else if byte == UInt8(ascii: "|") || byte == UInt8(ascii: ":") {
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
      if byte.isDigit {
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
  mutating func continueBracket(_ byte: UInt8, _ emit: (Token) -> Void) {
    if byte == UInt8(ascii: "|") || byte.isDigit {
      pendingCount = 0
      lead = UInt8(ascii: "[")
      take(byte)
      state = byte.isDigit ? .ending : .bar
    } else if byte == UInt8(ascii: ":") {
      pendingCount = 0
      lead = UInt8(ascii: "[")
      take(byte)
      state = .bracketBar
    } else if byte.isLetter {
      hold(byte, .bracketLetter)
    } else {
      giveUp(emit)
      step(byte, emit)
    }
  }

  /// A `!` without a partner: a line break (ABC 2.1, 12.2), but for the name of a decoration straight behind it.
  mutating func giveUpDecoration(_ emit: (Token) -> Void) {
    let length = DecorationName.length(atStartOf: pending, from: 1, count: pendingCount)
    guard length > 0 else { return replay(first: .lineBreak, emit) }
    let (bytes, count) = takePending()
    open(bytes[0], .music)
    for index in 1...length { take(bytes[index]) }
    close(.unclosedDecoration, .music, emit)
    for index in (length + 1)..<max(count, length + 1) { step(bytes[index], emit) }
  }

  mutating func endAndRestart(_ byte: UInt8, _ emit: (Token) -> Void) {
    endToken(emit)
    step(byte, emit)
  }
}
