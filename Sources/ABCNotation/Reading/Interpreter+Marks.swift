/// Lines of music, and what stands between the notes.
extension Interpreter {
  mutating func beginMusicLine(at offset: Int) {
    guard !isExpanding else { return }
    flushField()
    musicLineStart = offset
    lineFirstDiagnostic = tune.diagnostics.count
    lineHasBar = false
    if inTune, !tune.voices.isEmpty, !continues {
      tune.voices[tune.voice].lyricTargets.beginLine()
    }
    continues = false
    if inTune, !tune.macros.isEmpty {
      if tune.inHeader { tune.endHeader(at: offset) }
      mutedSince = offset
    }
  }

  mutating func endMusicLine() {
    guard !isExpanding else { return }
    if let start = mutedSince {
      let end = latestEnd
      expandMacros(start..<end)
      mutedSince = nil
      latestEnd = end
    }
    guard inTune else { return }
    if !lineHasBar, tune.diagnostics.count > lineFirstDiagnostic { noticeText() }
    if !tune.voices.isEmpty { tune.voices[tune.voice].endLine() }
  }

  /// `ABC215`: a line without a bar sign in which hardly anything is music is text.
  private mutating func noticeText() {
    let line = musicLineStart..<max(latestEnd, musicLineStart)
    let isProse = holdsWords(line)
    guard isProse || tune.diagnostics.count > lineFirstDiagnostic + 3 else { return }
    tune.diagnostics.collapse(
      from: lineFirstDiagnostic,
      [
        .unknownCharacter, .strayLength, .strayAccidental, .reservedCharacter, .undefinedSymbol,
        .typographicSign,
        .unmatchedSlur, .unmatchedClose, .unclosedChord, .unclosedQuote, .strayTie, .malformedTuplet,
        .strayBrokenRhythm,
      ],
      atLeast: isProse ? 1 : 4,
      into: Diagnostic(
        .textAmongMusic, text.trimmed(line), "this line looks like text, not music; put '%' or 'N:' before it"
      ))
  }

  /// Whether any word of a line is one: three letters or more, two of which are nothing that music is full of.
  private func holdsWords(_ line: Range<Int>) -> Bool {
    var letters = 0
    var foreign = 0
    var sign: UInt8?
    for offset in line {
      let byte = text[offset]
      if let open = sign {
        // Texts and decorations may say anything.
        if byte == open { sign = nil }
        continue
      }
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "[") {
        sign = byte == UInt8(ascii: "[") ? UInt8(ascii: "]") : byte
      }
      let letter = byte | 0x20
      guard (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) || byte >= 0x80 else {
        letters = 0
        foreign = 0
        continue
      }
      letters += 1
      if byte >= 0x80 || !byte.looksLikeMusic && !byte.isDecorationShorthand
        || (UInt8(ascii: "i")...UInt8(ascii: "t")).contains(byte)
      {
        foreign += 1
      }
      if letters >= 3, foreign >= 2 { return true }
    }
    return false
  }

  mutating func readMark(_ token: Token) {
    guard inTune else { return }
    switch token.kind {
    case .space, .newline, .comment, .backquote, .lineBreak, .unknown, .octave, .length, .accidental: return
    case .continuation:
      continues = true
      return
    default: break
    }
    if tune.inHeader { tune.endHeader(at: token.range.lowerBound) }
    let voice = tune.voice
    let range = place(token.range)
    switch token.kind {
    case .barLine:
      lineHasBar = true
      var sign =
        token.range.count == 1
        ? BarLine.plain : BarLine(parsing: text.bytes[text.local(token.range)])
      if tune.voices[voice].pendingDot != nil {
        sign.isDotted = true
        tune.voices[voice].pendingDot = nil
      }
      tune.voices[voice].bar(sign, range, &tune.diagnostics)
    case .ending:
      tune.voices[voice].startEnding(
        PassSet(parsing: text.bytes[text.local(token.range)]), range, &tune.diagnostics)
    case .brokenRhythm:
      let count = token.range.count
      let isLong = token.lead == UInt8(ascii: ">")
      tune.voices[voice].breakRhythm(isLong ? count : -count, range, &tune.diagnostics)
    case .tuplet: startTuplet(token)
    case .tie:
      let isDotted = tune.voices[voice].pendingDot != nil
      tune.voices[voice].pendingDot = nil
      tune.voices[voice].tieLast(range, isDotted: isDotted, &tune.diagnostics)
    case .overlay: tune.voices[voice].startOverlay()
    case .slurOpen:
      tune.voices[voice].pendingDot = nil
      tune.slurs.begin(range)
    case .slurClose:
      tune.voices[voice].pendingDot = nil
      tune.slurs.end(range, &tune.diagnostics)
    case .shorthand: readShorthand(token)
    case .decoration: readDecoration(token)
    case .unclosedDecoration:
      guard keepsScore else { return }
      let name = text.string((token.range.lowerBound + 1)..<token.range.upperBound)
      attach(Attachment.Meaning(kind: .decoration, text: name), range)
    case .quoted:
      guard keepsScore else { return }
      let quoted = TextString.decode(
        text.bytes[text.local((token.range.lowerBound + 1)..<(token.range.upperBound - 1))],
        encoding: text.encoding)
      attach(Attachment.Meaning(quoted: quoted), range)
    default: break
    }
  }

  private mutating func readShorthand(_ token: Token) {
    if token.lead == UInt8(ascii: ".") {
      tune.voices[tune.voice].pendingDot = place(token.range)
      return
    }
    guard let meaning = tune.symbols.meaning(of: token.lead) else {
      let bit = UInt64(1) << UInt64(token.lead & 63)
      // `J` and `R` were a slide and a roll to early programs, and still are to some.
      let isOld = token.lead == UInt8(ascii: "J") || token.lead == UInt8(ascii: "R")
      if !isOld, tune.symbolsReported & bit == 0, !tune.symbols.isDefined(token.lead) {
        let letter = Character(Unicode.Scalar(token.lead))
        report(
          .undefinedSymbol, token.range,
          "'\(letter)' stands for nothing; 'U:\(letter) = !…!' gives it a meaning")
        tune.symbolsReported |= bit
      }
      return
    }
    if token.lead == UInt8(ascii: "S") || token.lead == UInt8(ascii: "O") {
      tune.jumps.meet(meaning.text, place(token.range))
    }
    if keepsScore { attach(meaning, place(token.range)) }
  }

  private mutating func readDecoration(_ token: Token) {
    let inner = (token.range.lowerBound + 1)..<(token.range.upperBound - 1)
    if token.lead == UInt8(ascii: "!"), tune.bangBreaksLines {
      // Both signs break the line; what stands between them is music.
      return expand(Array(text.bytes[text.local(inner)]), origins: Array(inner) + [inner.upperBound])
    }
    if token.lead == UInt8(ascii: "!"), tune.decorationSign != token.lead {
      report(
        .wrongDecorationSign, token.range, "'I:decoration +' is in force; write this decoration between '+'")
    }
    if token.lead == UInt8(ascii: "+"), isOldChord(inner) {
      // The chords of ABC 1.2 to 1.5: `+CEG+` (ABC 2.1, 12.1.3).
      var bytes = Array(text.bytes[text.local(token.range)])
      bytes[0] = UInt8(ascii: "[")
      bytes[bytes.count - 1] = UInt8(ascii: "]")
      return expand(bytes, origins: Array(token.range))
    }
    let name = text.string(inner)
    tune.jumps.meet(name, place(token.range))
    if !tune.definesDecorations, !DecorationName.isKnown(name) { reportDecoration(name, token) }
    if keepsScore { attach(Attachment.Meaning(kind: .decoration, text: name), place(token.range)) }
  }

  private mutating func reportDecoration(_ name: String, _ token: Token) {
    let sign = Character(Unicode.Scalar(token.lead))
    let meant = DecorationName.misspelt(name).map { "\(sign)\($0)\(sign)" }
    let advice = meant.map { "; '\($0)' may be meant" } ?? ""
    report(
      Diagnostic(
        .unknownDecoration, token.range, "no decoration is called '\(name)'\(advice)", replacement: meant))
  }

  private func isOldChord(_ range: Range<Int>) -> Bool { Self.isOldChord(range, in: text) }

  /// Whether a name between two `+` is rather a row of notes.
  static func isOldChord(_ range: Range<Int>, in text: TextWindow) -> Bool {
    guard text[range.lowerBound].isNoteLetter || "^_=".utf8.contains(text[range.lowerBound]) else {
      return false
    }
    var letters = 0
    for offset in range {
      let byte = text[offset]
      if byte.isNoteLetter {
        letters += 1
      } else if !(byte.isDigit || "^_=,'/".utf8.contains(byte)) {
        return false
      }
    }
    let dynamics: Set<String> = ["f", "ff", "fff", "ffff"]
    return letters > 0 && !dynamics.contains(text.string(range))
  }

  private mutating func attach(_ meaning: Attachment.Meaning, _ range: Range<Int>) {
    if let dot = tune.voices[tune.voice].pendingDot {
      tune.voices[tune.voice].pendingDot = nil
      tune.voices[tune.voice].pendingAttachments.append(
        Attachment(kind: .decoration, text: "staccato", range: dot))
    }
    tune.voices[tune.voice].pendingAttachments.append(
      Attachment(kind: meaning.kind, text: meaning.text, range: range))
  }

  /// `(p`, `(p:q`, `(p:q:r`; q and r may be left out.
  private mutating func startTuplet(_ token: Token) {
    var scanner = text.scanner((token.range.lowerBound + 1)..<token.range.upperBound)
    let notes = scanner.takeNumber()
    var time: Int?
    var count: Int?
    if scanner.take(":") { time = scanner.takeNumber() }
    if scanner.take(":") { count = scanner.takeNumber() }
    let meter = tune.voices[tune.voice].meter
    guard let notes, (1...64).contains(notes),
      let tuplet = Tuplet(
        notes: notes, time: time, count: count, isCompound: meter.isCompound, range: place(token.range))
    else {
      report(
        .malformedTuplet, token.range,
        "this tuplet needs to say how many notes go into the time of how many, as in (11:8")
      return
    }
    tune.voices[tune.voice].tuplets.append(tuplet)
  }
}
