/// Writes one tune anew while it is read.
///
/// Two interpreters run side by side: one takes what the parser finds in the old text, the other takes the same
/// with the new notes, keys and chord symbols in it. So at every note it is known what the old note sounds like,
/// and whether the new one needs an accidental there: by key, bar, overlay, tie and voice, as any reader of the new
/// text will understand it.
struct TuneTransposition: SyntaxSink {
  private var old: Interpreter
  /// Its text is the new text.
  private var new: Interpreter
  private let plan: TranspositionPlan
  private let score: Score
  private let keepsMacros: Bool
  /// The bars in which every note gets an accidental.
  private let explicitBars: [Range<Int>]

  /// The tokens of the note under way; nil outside of notes.
  private var note: [Token]?
  private var fieldLetter: UInt8 = 0
  /// The field that a `+:` line goes on with.
  private var continuedLetter: UInt8 = 0

  /// What is to be done to a tune.
  struct Request {
    /// The text of the tune.
    let text: [UInt8]
    let encoding: TextEncoding
    /// What the file header says, before and behind the transposition.
    let oldDefaults: TuneState
    let newDefaults: TuneState
    /// What the text says.
    let score: Score
    let plan: TranspositionPlan
    /// Whether the text still has its macros; if not, the macros of the file header do not count either.
    let keepsMacros: Bool
  }

  /// The new text of a tune.
  static func text(_ request: Request, explicitBars: [Range<Int>]) -> [UInt8] {
    var sink = TuneTransposition(request, explicitBars)
    TuneReader.feed(request.text, to: &sink)
    return sink.new.text.bytes
  }

  private init(_ request: Request, _ explicitBars: [Range<Int>]) {
    old = TuneReader.interpreter(request.text, request.encoding, request.oldDefaults)
    new = TuneReader.interpreter([], request.encoding, request.newDefaults)
    plan = request.plan
    score = request.score
    keepsMacros = request.keepsMacros
    self.explicitBars = explicitBars
  }

  // MARK: - What the parser finds

  mutating func open(_ kind: SyntaxKind, at offset: Int) {
    old.open(kind, at: offset)
    if kind == .note {
      note = []
      return
    }
    new.open(kind, at: new.text.bytes.count)
    if kind == .tune, !keepsMacros {
      old.tune.macros = []
      new.tune.macros = []
    }
  }

  mutating func append(_ token: Token) {
    if note != nil {
      old.append(token)
      note?.append(token)
      return
    }
    switch token.kind {
    case .fieldName:
      if fieldLetter != UInt8(ascii: "+") { continuedLetter = fieldLetter }
      fieldLetter = token.lead
    case .inlineFieldOpen: fieldLetter = token.lead
    default: break
    }
    if token.kind == .decoration, token.lead == UInt8(ascii: "+") { return appendOldChord(token) }
    let bytes = rewritten(token)
    old.append(token)
    write(token, bytes)
  }

  mutating func close() {
    if let tokens = note {
      note = nil
      closeNote(tokens)
    } else {
      old.close()
      new.close()
    }
  }

  mutating func report(_ diagnostic: Diagnostic) {}

  private mutating func write(_ token: Token, _ bytes: [UInt8]) {
    write(token.kind, lead: token.lead, bytes)
  }

  private mutating func write(_ kind: TokenKind, lead: UInt8, _ bytes: [UInt8]) {
    let start = new.text.bytes.count
    new.text.bytes += bytes
    new.append(Token(kind, lead: lead, start..<(start + bytes.count)))
  }

  // MARK: - Fields and chord symbols

  private func rewritten(_ token: Token) -> [UInt8] {
    let bytes = Array(old.text.bytes[token.range])
    switch token.kind {
    case .quoted: return ChordSymbolTransposition.moved(bytes, by: shift.shift, encoding: old.text.encoding)
    case .fieldText, .inlineFieldText:
      let isContinued = fieldLetter == UInt8(ascii: "+")
      switch isContinued ? continuedLetter : fieldLetter {
      case UInt8(ascii: "K"): return movedKey(bytes)
      case UInt8(ascii: "s"):
        return ChordSymbolTransposition.moved(line: bytes, by: shift.shift, encoding: old.text.encoding)
      case UInt8(ascii: "m") where keepsMacros && !isContinued: return movedMacro(bytes)
      default: return bytes
      }
    default: return bytes
    }
  }

  private func movedKey(_ bytes: [UInt8]) -> [UInt8] {
    if old.tune.inHeader { return KeyFieldTransposition.moved(bytes, current: nil, plan: plan) }
    let context = PitchContext(old)
    if plan.fixedVoices.contains(context.voice) { return bytes }
    return KeyFieldTransposition.moved(bytes, current: context.key, plan: plan)
  }

  /// A macro is defined before the key is known; it is moved by the key at the start.
  private func movedMacro(_ bytes: [UInt8]) -> [UInt8] {
    let shift = TonalShift(semitones: plan.shift.semitones, fifths: plan.fifths(for: score.key))
    return MacroDefinition.moved(bytes, by: shift, from: score.key, to: plan.key(for: score.key))
  }

  /// The shift in force, for what is no note.
  private var shift: (shift: TonalShift, key: Key?) {
    old.tune.inHeader ? (plan.shift, nil) : plan.shift(from: PitchContext(old).key, to: PitchContext(new).key)
  }

  // MARK: - Notes

  private func shift(_ before: PitchContext, _ after: PitchContext) -> (shift: TonalShift, key: Key?) {
    plan.fixedVoices.contains(before.voice) ? (.none, nil) : plan.shift(from: before.key, to: after.key)
  }

  private mutating func closeNote(_ tokens: [Token]) {
    let before = PitchContext(old)
    let isMuted = old.isMuted
    old.close()
    new.open(.note, at: new.text.bytes.count)
    var rest = tokens[...]
    if let source = sourceNote(tokens, before, isMuted: isMuted) {
      let after = PitchContext(new)
      let (shift, key) = shift(before, after)
      let result =
        isMuted
        ? source.moved(by: shift, in: key, octaveShift: after.octaveShift)
        : source.moved(by: shift, in: key, after, isExplicit: isExplicit(at: tokens[0].range.lowerBound))
      if let lead = result.accidental.first { write(.accidental, lead: lead, result.accidental) }
      write(.noteLetter, lead: result.letter, [result.letter])
      if let lead = result.marks.first { write(.octave, lead: lead, result.marks) }
      rest = rest.drop { [.accidental, .noteLetter, .octave].contains($0.kind) }
    }
    for token in rest { write(token, Array(old.text.bytes[token.range])) }
    new.close()
  }

  private func isExplicit(at offset: Int) -> Bool { explicitBars.contains { $0.contains(offset) } }

  /// The note that has just been read; nil for an accidental without a note.
  private func sourceNote(_ tokens: [Token], _ before: PitchContext, isMuted: Bool) -> SourceNote? {
    guard let letter = tokens.first(where: { $0.kind == .noteLetter }), let step = Step(letter: letter.lead)
    else { return nil }
    let accidental = tokens.first { $0.kind == .accidental }
    let marks = tokens.first { $0.kind == .octave }
    var octave = letter.lead >= UInt8(ascii: "a") ? 1 : 0
    for byte in marks.map({ old.text.bytes[$0.range] }) ?? [] { octave += byte == UInt8(ascii: "'") ? 1 : -1 }
    octave += before.octaveShift
    let implied = before.hundredths(of: step, octave: octave)
    var hundredths = implied
    if let accidental {
      let value = old.accidental(accidental)
      hundredths = 100 * Int(value.semitones) + Int(value.cents)
    } else if isMuted {
      // Within a macro, or near one, nothing is known of the bar.
      hundredths = 100 * before.key.alterations[step]
    }
    return SourceNote(
      pitch: SpelledPitch(
        step: step, octave: octave, alteration: hundredths / 100, cents: hundredths % 100),
      accidental: accidental.map { Array(old.text.bytes[$0.range]) } ?? [], letter: letter.lead,
      marks: marks.map { Array(old.text.bytes[$0.range]) } ?? [],
      isCourtesy: accidental != nil && hundredths == implied)
  }

  // MARK: - Chords between plus signs

  /// `+CEG+` was a chord before it was a decoration; only the interpreter can tell.
  private mutating func appendOldChord(_ token: Token) {
    var before = PitchContext(old)
    let count = notes(of: old).count
    old.append(token)
    let found = notes(of: old).dropFirst(count)
    var after = PitchContext(new)
    var bytes: [UInt8] = []
    var position = token.range.lowerBound
    for note in found {
      let tokens = WrittenNoteTokens.find(in: old.text.bytes, note.range)
      guard let source = sourceNote(tokens, before, isMuted: false), let last = tokens.last else { continue }
      let (shift, key) = shift(before, after)
      let result = source.moved(by: shift, in: key, after, isExplicit: isExplicit(at: note.range.lowerBound))
      if !source.accidental.isEmpty { before.set(source.pitch) }
      if !result.accidental.isEmpty { after.set(result.pitch) }
      bytes += old.text.bytes[position..<note.range.lowerBound] + result.bytes
      position = last.range.upperBound
    }
    write(token, bytes + old.text.bytes[position..<token.range.upperBound])
  }

  private func notes(of interpreter: Interpreter) -> [ScoreNote] {
    let tune = interpreter.tune
    return tune.voices.indices.contains(tune.voice) ? tune.voices[tune.voice].voice.notes : []
  }
}

/// Finds accidental, letter and octave marks among the bytes of a note.
enum WrittenNoteTokens {
  /// Their tokens, in order.
  static func find(in bytes: [UInt8], _ range: Range<Int>) -> [Token] {
    guard let letter = range.first(where: { bytes[$0].isNoteLetter }) else { return [] }
    var tokens: [Token] = []
    if letter > range.lowerBound {
      tokens.append(Token(.accidental, lead: bytes[range.lowerBound], range.lowerBound..<letter))
    }
    tokens.append(Token(.noteLetter, lead: bytes[letter], letter..<(letter + 1)))
    var end = letter + 1
    while end < range.upperBound, bytes[end] == UInt8(ascii: "'") || bytes[end] == UInt8(ascii: ",") {
      end += 1
    }
    if end > letter + 1 { tokens.append(Token(.octave, lead: bytes[letter + 1], (letter + 1)..<end)) }
    return tokens
  }
}
