/// Lines: fields, comments, directives, markers, free text, and what tells them apart.
extension Tokenizer {
  mutating func startLine(_ byte: UInt8, _ emit: (Token) -> Void) {
    lineIsBlank = true
    afterBar = barContinues
    barContinues = false
    afterNote = false
    endsHeader = false
    if byte.isLineEnd { return newline(byte, emit) }
    if byte == UInt8(ascii: "%") {
      lineIsBlank = false
      return open(byte, .percent)
    }
    if section == .verbatim {
      // A block that is never closed must not swallow the tunes behind it.
      return byte == UInt8(ascii: "X") ? hold(byte, .letter) : open(byte, .text)
    }
    if byte == 0xEF, position == 0 { return hold(byte, .byteOrderMark) }
    if byte.isLetter { return hold(byte, .letter) }
    if byte == UInt8(ascii: "+"), section != .outside { return hold(byte, .plus) }
    if byte == UInt8(ascii: "<") { return hold(byte, .marker) }
    startPlainLine(byte, emit)
  }

  /// A line that starts with no field name, comment or marker: music in a body, text elsewhere.
  mutating func startPlainLine(_ byte: UInt8, _ emit: (Token) -> Void) {
    switch section {
    case .body: startToken(byte, emit)
    case .header: hold(byte, .headerLine)
    case .outside, .verbatim: open(byte, .text)
    }
  }

  mutating func startPlainLine(_ emit: (Token) -> Void) {
    let (bytes, count) = takePending()
    startPlainLine(bytes[0], emit)
    for index in 1..<max(count, 1) { step(bytes[index], emit) }
  }

  /// In a header without `K:`, the first bytes of a line tell whether the music has begun.
  mutating func decideHeaderLine(_ emit: (Token) -> Void) {
    var isMusic = false
    var isBlank = true
    for index in 0..<pendingCount where !pending[index].isBlank {
      // Blanks before a comment do not count.
      isBlank = pending[index] == UInt8(ascii: "%")
      break
    }
    if !isBlank {
      // A number first is a field that has lost its letter, such as `1/4=120`.
      isMusic = !pending[0].isDigit
      for index in 0..<pendingCount {
        // A chord symbol or annotation: whatever it says.
        if pending[index] == UInt8(ascii: "\"") { break }
        if !pending[index].looksLikeMusic { isMusic = false }
      }
    }
    if isMusic { section = .body }
    if isMusic || isBlank { return replay(from: .music, emit) }
    let (bytes, count) = takePending()
    lineIsBlank = false
    open(bytes[0], .text)
    for index in 1..<max(count, 1) { step(bytes[index], emit) }
  }

  mutating func continueLineStart(_ byte: UInt8, _ emit: (Token) -> Void) {
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

  static let startMarker: [UInt8] = Array("<start>".utf8)
  static let endMarker: [UInt8] = Array("<end>".utf8)

  var isWholeMarker: Bool {
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
  mutating func startField(_ letter: UInt8, _ emit: (Token) -> Void) {
    if section == .verbatim { section = .outside }
    let startsTune = [UInt8(ascii: "X"), UInt8(ascii: "T"), UInt8(ascii: "K")].contains(letter)
    if section == .outside, startsTune { section = .header }
    if section == .header, letter == UInt8(ascii: "K") { endsHeader = true }
    if section == .body, letter == UInt8(ascii: "X") { section = .header }
    lineIsBlank = false
    lead = letter
    pendingCount = 0
    close(.fieldName, .afterFieldText, emit)
    state = .fieldText
    lead = 0
  }

  mutating func continueLine(_ byte: UInt8, _ emit: (Token) -> Void) {
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

  /// Takes, of the bytes from `index` on, those that only make the text under way longer, all at once. Comes to
  /// the same as pushing them.
  @inline(__always)
  mutating func takeText(of bytes: [UInt8], at index: inout Int) {
    guard state == .fieldText || state == .text || state == .comment, position > start else { return }
    let first = index
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "%") || byte.isLineEnd { break }
      index += 1
    }
    guard index > first else { return }
    position += index - first
    last = bytes[index - 1]
  }

  /// Notices `%%begin…` and `%%end…`, between which lines are neither music nor fields (ABC 2.1, 11.4.4).
  mutating func matchDirective(_ byte: UInt8) {
    let index = position - start - 2
    if index == 0, byte == UInt8(ascii: "e") { directiveIsEnd = true }
    let word = directiveIsEnd ? Self.endWord : Self.beginWord
    guard index < word.count, Int(directiveMatch) == index else { return }
    if word[index] == byte { directiveMatch += 1 }
  }

  static let beginWord: [UInt8] = Array("begin".utf8)
  static let endWord: [UInt8] = Array("end".utf8)

  /// Ends a token that the line's end, the text's end or a byte that does not belong to it cuts off.
  mutating func endToken(_ emit: (Token) -> Void) {
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

  mutating func newline(_ byte: UInt8, _ emit: (Token) -> Void) {
    open(byte, .carriageReturn)
    if byte == UInt8(ascii: "\n") { endLine(emit) }
  }

  mutating func endLine(_ emit: (Token) -> Void) {
    if section == .header || section == .body {
      if lineIsBlank { section = .outside } else if endsHeader { section = .body }
    }
    close(.newline, .lineStart, emit)
  }
}
