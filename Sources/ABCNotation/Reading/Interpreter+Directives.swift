/// `%%` lines and `I:` fields (ABC 2.1, 3.1.17 and section 11).
extension Interpreter {
  /// A `%%` line.
  mutating func readDirectiveLine(_ range: Range<Int>) {
    var range = text.trimmed((range.lowerBound + 2)..<range.upperBound)
    // A comment may follow, though not within quotes or texts.
    if let percent = firstComment(in: range) { range = text.trimmed(range.lowerBound..<percent) }
    let name = name(of: range)
    if name.hasPrefix("end") {
      openBlock = nil
    } else if openBlock != nil {
      // What stands between `%%begin…` and `%%end…` is text, whatever it looks like.
      return
    } else if name.hasPrefix("begin") {
      openBlock = range
    }
    if !inTune, !hasSeenTune {
      swap(&tune, &defaults)
      obey(range)
      fileDiagnostics += tune.diagnostics.items
      tune.diagnostics.removeAll()
      swap(&tune, &defaults)
    } else if inTune {
      obey(range)
    }
  }

  private func name(of range: Range<Int>) -> String {
    var scanner = text.scanner(range)
    return scanner.takeWord()
  }

  private func firstComment(in range: Range<Int>) -> Int? {
    var offset = range.lowerBound
    while offset < range.upperBound, text[offset].isLetter { offset += 1 }
    let word = text.string(range.lowerBound..<offset)
    if word.hasPrefix("text") || word.hasPrefix("center") || word.hasPrefix("begin") { return nil }
    return range.first { text[$0] == UInt8(ascii: "%") && text[$0 - 1] != UInt8(ascii: "\\") }
  }

  /// Does what a directive says; its text is without `%%` or `I:`.
  mutating func obey(_ range: Range<Int>) {
    var scanner = text.scanner(range)
    let name = scanner.takeWord()
    scanner.skipBlanks()
    act(name, (scanner.position + text.base)..<range.upperBound, range)
  }

  private mutating func act(_ name: String, _ value: Range<Int>, _ range: Range<Int>) {
    switch name {
    case "propagate-accidentals":
      switch text.string(value) {
      case "not": tune.propagation = .not
      case "octave": tune.propagation = .octave
      case "pitch": tune.propagation = .pitch
      default:
        report(
          .malformedDirective, range, "'propagate-accidentals' takes one of the words not, octave and pitch")
      }
    case "MIDI":
      // Music without bar lines, as abc2midi calls it: an accidental holds for its note alone.
      switch text.string(value) {
      case "nobarlines":
        tune.propagation = .not
        tune.hasNoBarLines = true
      case "barlines": tune.propagation = .pitch
      default: break
      }
    case "score", "staves": tune.staves = (text.string(value), range)
    case "deco": tune.definesDecorations = true
    case "abc-charset": declaresCharset = true
    case "abc-include":
      report(
        .includeNotRead, range,
        "the file \(text.string(value)) is not read; put what it says into this file")
    case "linebreak":
      let signs = text.string(value)
      tune.bangBreaksLines = signs.contains("!")
      if tune.bangBreaksLines { tune.decorationSign = UInt8(ascii: "+") }
    case "decoration": tune.decorationSign = text.string(value) == "+" ? UInt8(ascii: "+") : UInt8(ascii: "!")
    case "abc-version": if tune.inHeader { tune.score.version = text.string(value) }
    default:
      if let meant = Self.misspelt(name) {
        report(
          Diagnostic(
            .misspeltDirective, range, "'\(name)' is no directive; '\(meant)' may be meant",
            replacement: meant + text.string(range).dropFirst(name.count)))
      }
    }
    guard keepsScore else { return }
    let isText = name == "text" || name == "center"
    let directive = Score.Directive(
      name: name,
      value: isText
        ? TextString.decode(text.bytes[text.local(value)], encoding: text.encoding) : text.string(value),
      range: range)
    if tune.inHeader {
      tune.score.directives.append(directive)
    } else {
      tune.voices[tune.voice].addChange(.directive(directive), range)
    }
  }

  /// A comment may say which version the file has, or what is not to be reported: `% hornpipe: ignore ABC301`, for
  /// the tune it stands in, or before the first tune for all.
  mutating func readComment(_ range: Range<Int>) {
    var start = range.lowerBound + 1
    while start < range.upperBound, text[start].isBlank { start += 1 }
    if start < range.upperBound, text[start] == UInt8(ascii: "h") {
      readSuppression(start..<range.upperBound)
    } else {
      readVersion(range)
    }
  }

  private mutating func readSuppression(_ range: Range<Int>) {
    let words = text.string(range).split { $0 == " " || $0 == "\t" || $0 == "," || $0 == ":" }
    guard words.count > 1, words[0] == "hornpipe", words[1] == "ignore" else { return }
    for word in words.dropFirst(2) {
      let codes = DiagnosticCode.named(word)
      if codes.isEmpty {
        report(.malformedDirective, range, "'\(word)' names no rule; write a code such as ABC301")
      }
      if inTune { tune.ignored += codes } else if !hasSeenTune { defaults.ignored += codes }
    }
  }

  /// `%abc-2.1` at the start of the file, or of a tune.
  private mutating func readVersion(_ range: Range<Int>) {
    guard range.count >= 5, range.count < 20 else { return }
    let line = text.string(range)
    guard line.hasPrefix("%abc-") else { return }
    let version = String(line.dropFirst(5).prefix { $0.isNumber || $0 == "." })
    guard !version.isEmpty else { return }
    if inTune { tune.score.version = version } else if !hasSeenTune { defaults.score.version = version }
  }

  mutating func reportOpenBlock(_ range: Range<Int>) {
    report(
      .unclosedTextBlock, range, "this block of text is never closed; end it with '%%end…'")
    openBlock = nil
  }

  /// The directives that decide what sounds or who plays: a slip of the pen there silently changes the music.
  private static let known = ["score", "staves", "MIDI", "propagate-accidentals", "begintext", "endtext"]

  /// The directive that a name differs from by one letter too many, too few, wrong or in the wrong case.
  static func misspelt(_ name: String) -> String? {
    guard !known.contains(name), (3...24).contains(name.utf8.count) else { return nil }
    let letters = Array(name.lowercased().utf8)
    return known.first { Spelling.isOneSlip(letters, Array($0.lowercased().utf8)) }
  }
}
