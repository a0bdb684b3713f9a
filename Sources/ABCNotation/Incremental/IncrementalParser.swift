/// Reads one tune character by character, and says at once whether it can still become a clean one.
///
/// It is the tokenizer, parser and interpreter that read every file, as one value: a copy is a fork, and what is
/// pushed into the copy leaves the original alone. So a program that writes a tune can try a character before it
/// writes it:
///
/// ```swift
/// var tune = IncrementalParser()
/// tune.push("X:1\nT:Example\nM:3/4\nL:1/4\nK:C\nCD")
/// tune.barRemaining  // 1/4 of a whole note
/// tune.accepts("E")  // true
/// tune.accepts("#")  // false
/// ```
///
/// Memory and the time for a character do not grow with the tune.
public struct IncrementalParser: Sendable {
  private var tokenizer = Tokenizer()
  private var parser = Parser()
  private var interpreter = Interpreter(keepsScore: false)
  /// How many of the tune's findings have been looked at.
  private var seen = 0
  private var isFaulty = false

  /// A parser at the start of a text.
  public init() {}

  // MARK: - Pushing

  /// Takes the next byte of the text, as UTF-8.
  public mutating func push(_ byte: UInt8) {
    interpreter.text.bytes.append(byte)
    tokenizer.push(byte) { parser.push($0, into: &interpreter) }
    if parser.line == .none { forgetLine() }
    look()
  }

  /// Takes the next characters.
  public mutating func push(_ text: some StringProtocol) {
    for byte in text.utf8 { push(byte) }
  }

  /// Takes the next character.
  public mutating func push(_ character: Unicode.Scalar) {
    if character.isASCII { return push(UInt8(truncatingIfNeeded: character.value)) }
    push(String(Character(character)))
  }

  /// Takes the next character and says what is asked for most often behind it. To ask this parser, which is large, for one
  /// after the other takes longer than to push the character.
  package mutating func outlook(pushing character: Unicode.Scalar) -> Outlook {
    push(character)
    return outlook()
  }

  /// What stands behind the latest character. `mutating`, though it changes nothing: so it is asked where it stands, and
  /// not as a copy.
  private mutating func outlook() -> Outlook {
    var outlook = Outlook()
    if let voice = voiceIndex {
      outlook.barLength = interpreter.tune.voices[voice].expectedLength
      outlook.finishedPosition = interpreter.tune.voices[voice].position
    }
    outlook.canBecomeClean =
      !isFaulty && !isHeaderText && canFieldBeCompleted && canBarBeCompleted(outlook)
    return outlook
  }

  /// What a parser says behind a character: see its properties of the same names.
  package struct Outlook: Sendable {
    package fileprivate(set) var canBecomeClean = true
    package fileprivate(set) var barLength: Fraction?
    package fileprivate(set) var finishedPosition = Fraction.zero

    /// Before the first character.
    package init() {}
  }

  /// The lines that are over are not needed any more, but for lyrics, which wait for lines that continue them.
  private mutating func forgetLine() {
    let end = min(tokenizer.start, interpreter.tune.lyricRanges.first?.lowerBound ?? .max)
    let done = end - interpreter.text.base
    guard done > 0 else { return }
    interpreter.text.bytes.removeFirst(done)
    interpreter.text.base = end
  }

  private mutating func look() {
    if !interpreter.results.isEmpty {
      // More than one tune, or something behind it that is wrong, makes no clean tune.
      if interpreter.results.count > 1 || interpreter.inTune { isFaulty = true }
      if let first = interpreter.results.first, !first.diagnostics.allSatisfy({ $0.severity == .info }) {
        isFaulty = true
      }
    }
    if !interpreter.fileDiagnostics.isEmpty { isFaulty = true }
    let found = interpreter.tune.diagnostics.items
    if found.count > seen {
      if !found[seen...].allSatisfy({ $0.severity == .info }) { isFaulty = true }
      seen = found.count
    } else if found.count < seen {
      seen = found.count
    }
  }

  // MARK: - Asking

  /// Whether a character may come next: whether the text with it can still become a clean tune.
  public func accepts(_ next: Unicode.Scalar) -> Bool {
    var fork = self
    return fork.outlook(pushing: next).canBecomeClean
  }

  /// Whether some continuation makes of this text a tune in which the validator finds nothing worse than an
  /// `info`.
  public var canBecomeClean: Bool {
    var fork = self
    return fork.outlook().canBecomeClean
  }

  /// Whether the text, if it ended here, would be a clean tune: one tune with music, in which the validator finds
  /// nothing worse than an `info`.
  public var isClean: Bool {
    guard !isFaulty else { return false }
    var fork = self
    fork.finish()
    return !fork.isFaulty && fork.interpreter.results.count == 1
      && fork.interpreter.results.allSatisfy { !$0.diagnostics.contains { $0.code == .emptyTune } }
  }

  /// The length that the bar under way should have, in whole notes; nil in free meter and outside the music.
  public var barLength: Fraction? {
    voiceIndex.flatMap { interpreter.tune.voices[$0].expectedLength }
  }

  /// The unit note length in force; nil outside the music.
  public var unitLength: Fraction? { voiceIndex.map { interpreter.tune.voices[$0].unitLength } }

  /// The length of the notes of the bar under way that have ended, in whole notes.
  public var finishedPosition: Fraction {
    voiceIndex.map { interpreter.tune.voices[$0].position } ?? .zero
  }

  /// The length of what stands in the bar under way, in whole notes. The note under way counts as if it ended here.
  public var barPosition: Fraction { plainBarPosition ?? barPositionByFork }

  /// `barPosition` as whatever stands there would have it.
  var barPositionByFork: Fraction {
    var fork = self
    // A back-quote says nothing, and ends the note before it.
    if tokenizer.section == .body, tokenizer.state != .quoted { fork.push(UInt8(ascii: "`")) }
    return fork.finishedPosition
  }

  /// `barPosition` as it nearly always is, in a fraction of the time that a fork takes: behind a bar sign, or behind a note
  /// that stands by itself and whose length is short to say. Nil elsewhere.
  private var plainBarPosition: Fraction? {
    guard tokenizer.section == .body, parser.group == .none, !interpreter.inGrace, !interpreter.isMuted,
      let index = voiceIndex, interpreter.tune.voices[index].hasPlainRhythm
    else { return nil }
    let finished = interpreter.tune.voices[index].position
    let length: Fraction
    switch tokenizer.state {
    case .bar: return .zero
    case .music, .space, .lineStart:
      if parser.note == .none { return finished }
      length = interpreter.note.length
    case .octave: length = interpreter.note.length
    case .length:
      switch tokenizer.position - tokenizer.start {
      case 1 where tokenizer.lead == UInt8(ascii: "/"): length = Fraction(1, 2)
      case 1 where tokenizer.lead > UInt8(ascii: "0"): length = Fraction(Int(tokenizer.lead & 0x0F))
      case 2 where tokenizer.lead == UInt8(ascii: "/") && tokenizer.last > UInt8(ascii: "0"):
        length = Fraction(1, Int(tokenizer.last & 0x0F))
      default: return nil
      }
    default: return nil
    }
    guard !parser.isRest, parser.note == .letter || parser.note == .octave else { return nil }
    return finished + length * interpreter.tune.voices[index].unitLength
  }

  /// How much is left of the bar under way, in whole notes: 0 where it is full, negative where it is too long.
  /// The note under way counts as if it ended here. Nil in free meter and outside the music.
  public var barRemaining: Fraction? {
    barLength.map { $0 - barPosition }
  }

  /// The key in force where the next note comes; nil outside the music.
  public var key: Key? { voiceIndex.map { interpreter.tune.voices[$0].measure.key } }

  /// Whether lines of music may come: the header has ended.
  public var isInBody: Bool { interpreter.inTune && !interpreter.tune.inHeader }

  /// What has been found so far, `info` included.
  public var diagnostics: [Diagnostic] {
    interpreter.fileDiagnostics + interpreter.results.flatMap(\.diagnostics)
      + (interpreter.inTune ? interpreter.tune.diagnostics.items : [])
  }

  private mutating func finish() {
    tokenizer.finish { parser.push($0, into: &interpreter) }
    parser.finish(at: tokenizer.position, into: &interpreter)
    interpreter.finish()
    look()
  }

  /// Where the voice under way is; to copy the voice itself would take longer than to push a character.
  private var voiceIndex: Int? {
    interpreter.inTune && !interpreter.tune.voices.isEmpty ? interpreter.tune.voice : nil
  }

  // MARK: - What can still become right

  /// A line of the header that is no field is a fault as soon as it is certain to be none.
  private var isHeaderText: Bool {
    tokenizer.section == .header && tokenizer.state == .text && parser.fieldLetter != UInt8(ascii: "H")
  }

  /// Whether the field under way can become one that is understood.
  private var canFieldBeCompleted: Bool {
    let isLine = tokenizer.state == .fieldText && parser.line == .field
    guard isLine || tokenizer.state == .inlineField else { return true }
    let range = tokenizer.start..<tokenizer.position
    let inHeader = interpreter.tune.inHeader
    if isLine, parser.fieldLetter == UInt8(ascii: "+") {
      guard let field = interpreter.tune.latestField, let text = interpreter.continuation(range) else {
        return true
      }
      return FieldCompletion.exists(for: field.letter, inHeader: inHeader, text)
    }
    return FieldCompletion.exists(
      for: isLine ? parser.fieldLetter : interpreter.field.letter, inHeader: inHeader,
      Array(interpreter.text.bytes[interpreter.text.local(range)]))
  }

  /// Whether the bar under way can come to its length.
  private mutating func canBarBeCompleted(_ outlook: Outlook) -> Bool {
    guard let expected = outlook.barLength, let voice = voiceIndex else { return true }
    let left = expected - outlook.finishedPosition
    if startsTimedEvent, left <= .zero { return false }
    if startsWholeBars, outlook.finishedPosition > .zero { return false }
    // As it is nearly always: room is left.
    if left > .zero { return true }
    let isBroken = interpreter.tune.voices[voice].pendingBreak != nil
    if left == .zero, !isBroken, interpreter.tune.voices[voice].tuplets.isEmpty { return true }
    // Only `<` can still take something off the last note.
    guard !isBroken, interpreter.tune.voices[voice].lastWritten != nil,
      let last = interpreter.tune.voices[voice].voice.events.last?.duration
    else { return false }
    return left + last > .zero && !startsTimedEvent
  }

  /// Whether a note, chord or rest has begun that will take time.
  private var startsTimedEvent: Bool {
    guard tokenizer.section == .body, !interpreter.inGrace else { return false }
    if parser.group == .chord || parser.group == .chordTail { return true }
    return parser.note != .none && !(parser.isRest && interpreter.isSpacerUnderWay) && parser.group != .grace
  }

  private var startsWholeBars: Bool {
    parser.note != .none && parser.isRest && interpreter.isMeasureRestUnderWay
  }
}
