/// Says what the syntax means: takes the parser's events and keeps, for every voice, key, meter, bar and time.
///
/// A value like the tokenizer and the parser in front of it: a copy is a snapshot. What it finds wrong goes to the
/// tune's diagnostics as soon as it is certain. With `keepsScore` it builds a ``Score``; without, it only checks,
/// in memory that does not grow with the tune.
struct Interpreter: SyntaxSink, Sendable {
  /// A tune that has been read to its end.
  struct Result: Sendable {
    let range: Range<Int>
    /// Its number, and where it stands.
    let number: Int?
    let numberRange: Range<Int>?
    /// What is not to be told of this tune.
    let ignored: [DiagnosticCode]
    var diagnostics: [Diagnostic]
  }

  let keepsScore: Bool
  var text = TextWindow()
  /// What the file header says: where every tune starts.
  var defaults: TuneState
  var tune: TuneState
  var inTune = false
  var hasSeenTune = false
  var results: [Result] = []
  /// The scores of these tunes, if they are kept.
  private(set) var scores: [Score] = []
  /// What is wrong outside any tune.
  var fileDiagnostics: [Diagnostic] = []

  // The nodes that are open, the innermost last; the parser never nests deeper than chords in grace notes.
  private var nodes = InlineArray<16, SyntaxKind>(repeating: .file)
  private var depth = 0
  private var node = SyntaxKind.file
  private var line: SyntaxKind = .file
  private var lineStart = 0
  var latestEnd = 0

  // The note, rest or group under way.
  private var note = WrittenNote()
  private var noteStart = 0
  private var restKind: TokenKind = .rest
  private var inChord = false
  /// Whether the notes that come are grace notes.
  var inGrace = false
  var chordStart = 0
  var chordFirstNote = 0
  var chordOuter = Fraction(1)
  var chordIsTied = false
  var chordLength = Fraction(1)
  var graceBreak: (factor: Fraction, first: Int)?
  var field: (letter: UInt8, text: Range<Int>) = (0, 0..<0)
  var continues = false
  var openBlock: Range<Int>?
  /// Whether the text says which characters its bytes stand for.
  var declaresCharset = false
  /// Whether music is read that stands for other music, and where each of its bytes comes from.
  var isExpanding = false
  var origins: [Int] = []
  /// Where the line began whose macros are still to be put in.
  var mutedSince: Int?

  init(keepsScore: Bool) {
    self.keepsScore = keepsScore
    defaults = TuneState(keepsScore: keepsScore)
    tune = defaults
  }

  // MARK: - Nodes

  mutating func open(_ kind: SyntaxKind, at offset: Int) {
    nodes[depth & 15] = node
    depth += 1
    node = kind
    switch kind {
    case .note, .rest:
      note = WrittenNote()
      noteStart = offset
    case .chord:
      inChord = true
      beginChord(at: offset)
    case .graceGroup: beginGrace()
    case .inlineField: field = (0, offset..<offset)
    case .tune: beginTune(at: offset)
    case .file: break
    default:
      line = kind
      lineStart = offset
      field = (0, offset..<offset)
      if kind == .musicLine { beginMusicLine(at: offset) }
    }
  }

  mutating func close() {
    let kind = node
    depth -= 1
    node = nodes[depth & 15]
    switch kind {
    case .note: if !isMuted { endNote() }
    case .rest: if !isMuted { endRest() }
    case .chord:
      inChord = false
      if !isMuted { endChord() }
    case .graceGroup:
      inGrace = false
      graceBreak = nil
    case .inlineField: if field.letter != 0, !isMuted { applyField(isInline: true) }
    case .fieldLine: if field.letter != 0 { applyField(isInline: false) }
    case .musicLine: endMusicLine()
    case .tune: endTune()
    case .textLine: continueHistory()
    default: break
    }
  }

  /// Whether the tokens of this line are only a shape: macros in it mean something else.
  @inline(__always)
  var isMuted: Bool { mutedSince != nil && !isExpanding }

  @inline(__always)
  mutating func append(_ token: Token) {
    latestEnd = token.range.upperBound
    if node == .note {
      appendToNote(token)
    } else if node != .musicLine {
      appendElsewhere(token)
    } else if token.kind != .space, !isMuted {
      readMark(token)
    }
  }

  private mutating func appendElsewhere(_ token: Token) {
    switch node {
    case .rest:
      switch token.kind {
      case .length: note.length = length(token)
      case .unknown: break
      default: restKind = token.kind
      }
    case .chord:
      switch token.kind {
      case .length: chordOuter = length(token)
      case .tie: chordIsTied = true
      case .decoration, .unclosedDecoration, .shorthand, .quoted, .slurOpen, .slurClose:
        if !isMuted { readMark(token) }
      default: break
      }
    case .graceGroup: if !isMuted { readInGrace(token) }
    case .fieldLine, .inlineField:
      switch token.kind {
      case .fieldName, .inlineFieldOpen: field = (token.lead, token.range.upperBound..<token.range.upperBound)
      case .fieldText, .inlineFieldText: field.text = token.range
      default: break
      }
    case .directiveLine: if token.kind == .directive { readDirectiveLine(token.range) }
    case .commentLine: if token.kind == .comment { readComment(token.range) }
    case .textLine: if token.kind == .text { field.text = token.range }
    default: break
    }
  }

  mutating func report(_ diagnostic: Diagnostic) {
    if isMuted { return }
    if isExpanding {
      tune.diagnostics.append(Diagnostic(diagnostic.code, place(diagnostic.range), diagnostic.message))
      return
    }
    if inTune { tune.diagnostics.append(diagnostic) } else { fileDiagnostics.append(diagnostic) }
  }

  mutating func report(_ code: DiagnosticCode, _ range: Range<Int>, _ message: String) {
    report(Diagnostic(code, range, message))
  }

  // MARK: - Tunes

  private mutating func beginTune(at offset: Int) {
    // No block of text before a tune goes on into it.
    if let block = openBlock { reportOpenBlock(block) }
    hasSeenTune = true
    inTune = true
    let room = tune.room
    tune = defaults
    tune.room = room
    tune.score.range = offset..<offset
    continues = false
  }

  private mutating func endTune() {
    flushField()
    if let block = openBlock { reportOpenBlock(block) }
    if keepsScore { finishLyrics() }
    tune.finish(at: latestEnd)
    inTune = false
    if keepsScore { scores.append(tune.score) }
    results.append(
      Result(
        range: tune.score.range, number: tune.score.referenceNumber, numberRange: tune.xField,
        ignored: tune.ignored,
        diagnostics: tune.ignored.isEmpty
          ? tune.diagnostics.ordered : tune.diagnostics.ordered.filter { !tune.ignored.contains($0.code) }))
  }

  /// The text is over.
  mutating func finish() {
    flushField()
    if let block = openBlock { reportOpenBlock(block) }
  }

  // MARK: - Notes

  @inline(__always)
  private mutating func appendToNote(_ token: Token) {
    switch token.kind {
    case .noteLetter:
      guard let step = Step(letter: token.lead) else { return }
      note.step = step
      note.octave = token.lead >= UInt8(ascii: "a") ? 1 : 0
      note.hasLetter = true
    case .accidental:
      note.hasAccidental = true
      note.accidental = accidental(token)
    case .octave:
      for offset in token.range { note.octave += text[offset] == UInt8(ascii: "'") ? 1 : -1 }
    case .length: note.length = length(token)
    case .tie: note.isTied = true
    default: break
    }
  }

  private mutating func endNote() {
    guard note.hasLetter, inTune else { return }
    take(note, noteStart..<latestEnd)
  }

  @inline(__always)
  mutating func append(_ note: PlainNote) {
    latestEnd = note.end
    guard inTune, !isMuted, let step = Step(letter: note.letter) else { return }
    var written = WrittenNote()
    written.step = step
    written.octave = Int(note.octave) &+ (note.letter >= UInt8(ascii: "a") ? 1 : 0)
    if note.accidental != 0 {
      written.hasAccidental = true
      written.accidental = AccidentalMemory.Value(sign: note.accidental)
    }
    if note.lengthBytes > 0 { written.length = Fraction(Int(note.numerator), Int(note.denominator)) }
    written.isTied = note.isTied
    take(written, note.start..<note.end)
  }

  @inline(__always)
  private mutating func take(_ note: WrittenNote, _ range: Range<Int>) {
    if tune.inHeader { tune.endHeader(at: range.lowerBound) }
    let range = place(range)
    if inGrace { return appendGrace(note, range) }
    if inChord { return appendToChord(note, range) }
    tune.voices[tune.voice].append(note, range, tune.propagation, &tune.diagnostics)
  }

  private mutating func endRest() {
    guard inTune else { return }
    if tune.inHeader { tune.endHeader(at: noteStart) }
    let range = place(noteStart..<latestEnd)
    if inGrace || inChord {
      report(.misplacedInGroup, noteStart..<latestEnd, "a rest cannot stand among the notes of a group")
      return
    }
    switch restKind {
    case .rest:
      let isVisible = text[noteStart] == UInt8(ascii: "z")
      tune.voices[tune.voice].append(
        isVisible ? .rest : .invisibleRest, range,
        written: note.length * tune.voices[tune.voice].unitLength,
        firstNote: tune.voices[tune.voice].voice.notes.count, &tune.diagnostics)
    case .multiMeasureRest:
      let count = note.length.numerator / note.length.denominator
      tune.voices[tune.voice].appendMeasureRest(count: count, range, &tune.diagnostics)
    default: tune.voices[tune.voice].appendSpacer(range)
    }
  }

  // MARK: - What is under way

  /// Whether what is under way, if it is a rest, is a spacer or a rest over whole bars.
  var isSpacerUnderWay: Bool { restKind == .spacer }
  var isMeasureRestUnderWay: Bool { restKind == .multiMeasureRest }
}
