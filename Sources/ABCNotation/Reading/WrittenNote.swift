/// What a note says by itself, before key and bar have had their word.
struct WrittenNote: Sendable {
  var step = Step.c
  var hasLetter = false
  var isTied = false
  var hasAccidental = false
  var accidental = AccidentalMemory.Value(semitones: 0, cents: 0)
  private var octaveByte: Int8 = 0
  /// In unit lengths.
  var length = Fraction(1)

  var octave: Int {
    get { Int(octaveByte) }
    // With the shifts of clef and key it still fits into a byte.
    set { octaveByte = Int8(min(max(newValue, -100), 100)) }
  }
}

/// Accidentals, lengths, pitches and chords.
extension Interpreter {
  /// `^`, `__`, `=`, and with a fraction: `^/`, `_3/2` (a fraction of a semitone or more, as ABC 2.2 has it).
  @inline(__always)
  func accidental(_ token: Token) -> AccidentalMemory.Value {
    if token.range.count == 1 {
      return AccidentalMemory.Value(sign: token.lead)
    }
    return Self.accidental(token, text)
  }

  /// `=3D` is a natural with a fraction to the tokenizer; it is never meant.
  mutating func checkAccidental(_ token: Token) {
    if token.range.count > 1, token.lead == UInt8(ascii: "=") { _ = noticeMail(at: token.range.lowerBound) }
  }

  private static func accidental(_ token: Token, _ text: TextWindow) -> AccidentalMemory.Value {
    var sign: Int
    switch token.lead {
    case UInt8(ascii: "^"): sign = 1
    case UInt8(ascii: "_"): sign = -1
    default: return AccidentalMemory.Value(semitones: 0, cents: 0)
    }
    var offset = token.range.lowerBound + 1
    while offset < token.range.upperBound, text[offset] == token.lead {
      sign += token.lead == UInt8(ascii: "^") ? 1 : -1
      offset += 1
    }
    if offset == token.range.upperBound {
      return AccidentalMemory.Value(semitones: Int8(clamping: sign), cents: 0)
    }
    let scanner = text.scanner(offset..<token.range.upperBound)
    let share = fraction(scanner) ?? Fraction(1)
    let hundredths = 100 * sign * share.numerator / share.denominator
    return AccidentalMemory.Value(
      semitones: Int8(clamping: hundredths / 100), cents: Int8(clamping: hundredths % 100))
  }

  private static func fraction(_ scanner: consuming Scanner) -> Fraction? {
    let numerator = scanner.takeNumber() ?? 1
    var denominator = 1
    while scanner.take("/") {
      denominator *= max(scanner.takeNumber() ?? 2, 1)
      if denominator > 1000 { return nil }
    }
    return Fraction(min(numerator, 1000), denominator)
  }

  /// `2`, `3/2`, `/2`, `/`, `//`: a length in unit lengths (ABC 2.1, 4.3).
  mutating func length(_ token: Token) -> Fraction {
    if token.range.count == 1 {
      if token.lead == UInt8(ascii: "/") { return Fraction(1, 2) }
      if token.lead != UInt8(ascii: "0") { return Fraction(Int(token.lead & 0x0F)) }
    }
    var scanner = text.scanner(token.range)
    let numerator = scanner.takeNumber() ?? (scanner.peek?.isDigit == true ? 0 : 1)
    var denominator = 1
    var isMalformed = numerator == 0
    while !isMalformed, scanner.take("/") {
      let divisor = scanner.takeNumber() ?? 2
      isMalformed = divisor == 0 || denominator > 4096
      if !isMalformed { denominator *= divisor }
    }
    if isMalformed || numerator > 4096 || denominator > 4096 || !scanner.isAtEnd {
      if token.range.count <= 7, !isMuted {
        report(
          .malformedLength, token.range, "no note has this length; a length is a number such as 2, 3/2 or /2")
      }
      return Fraction(1)
    }
    return Fraction(numerator, denominator)
  }

  // MARK: - Chords

  mutating func beginChord(at offset: Int) {
    chordStart = offset
    chordOuter = Fraction(1)
    chordIsTied = false
    chordLength = Fraction(1)
    guard inTune, !isMuted else { return }
    if tune.inHeader { tune.endHeader(at: offset) }
    chordFirstNote = tune.voices[tune.voice].voice.notes.count
  }

  mutating func appendToChord(_ note: WrittenNote, _ range: Range<Int>) {
    let written = tune.voices[tune.voice].sound(note, range, tune.propagation, &tune.diagnostics)
    if tune.voices[tune.voice].voice.notes.count == chordFirstNote + 1 { chordLength = written }
  }

  /// The outer length multiplies the inner ones; the first note gives the length of the chord (ABC 2.1, 4.17).
  mutating func endChord() {
    guard inTune, !tune.voices.isEmpty else { return }
    let index = tune.voice
    let notes = chordFirstNote..<tune.voices[index].voice.notes.count
    guard !notes.isEmpty else { return }
    let isTied = chordIsTied && !inGrace
    if chordOuter != Fraction(1) || isTied {
      for note in notes {
        let duration = tune.voices[index].voice.notes[note].duration
        tune.voices[index].voice.notes[note].duration = duration * chordOuter
        if isTied { tune.voices[index].voice.notes[note].isTied = true }
      }
      if isTied { tune.voices[index].hasTie = true }
    }
    if inGrace {
      for note in notes.dropFirst() { tune.voices[index].voice.notes[note].soundsWithPrevious = true }
      return
    }
    tune.voices[index].append(
      .chord, place(chordStart..<latestEnd), written: chordLength * chordOuter, firstNote: chordFirstNote,
      &tune.diagnostics)
  }
}
