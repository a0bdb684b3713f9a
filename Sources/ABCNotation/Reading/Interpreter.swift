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
  /// Whether the latest tune was no more than a header without its `K:`.
  var latestIsHeader = false
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
  /// Where the line of music began, the number of findings then, and whether a bar sign stands in it.
  var musicLineStart = 0
  var lineFirstDiagnostic = 0
  var lineHasBar = false
  var latestEnd = 0

  // The note, rest or group under way.
  private(set) var note = WrittenNote()
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
    let diagnostic = diagnostic.code == .unknownCharacter ? typographic(diagnostic) : diagnostic
    if diagnostic.code == .strayAccidental, noticeMail(at: diagnostic.range.lowerBound) { return }
    if isExpanding {
      tune.diagnostics.append(diagnostic.moved(to: place(diagnostic.range)))
      return
    }
    if inTune { tune.diagnostics.append(diagnostic) } else { fileDiagnostics.append(diagnostic) }
  }

  mutating func report(_ code: DiagnosticCode, _ range: Range<Int>, _ message: String) {
    report(Diagnostic(code, range, message))
  }

  /// Whether what stands there comes from e-mail; the first time in a tune it is told.
  mutating func noticeMail(at offset: Int) -> Bool {
    let bytes = text.bytes
    let base = text.base
    guard inTune, MailSigns.isSign(at: offset, { bytes.indices.contains($0 - base) ? bytes[$0 - base] : nil })
    else { return false }
    if !tune.hasMailSigns {
      tune.hasMailSigns = true
      report(
        .quotedPrintable, offset..<(offset + 1),
        "this tune has come by e-mail: '=20', '=3D' and '=' at the ends of lines are signs of the transfer")
    }
    return true
  }

  /// A character that means nothing may still look like one that does.
  private func typographic(_ diagnostic: Diagnostic) -> Diagnostic {
    let written = text.string(diagnostic.range)
    guard let plain = Rule.plainSigns(for: written) else { return diagnostic }
    let message = plain.allSatisfy { $0 == " " } ? "this is no plain blank" : "this is no plain \(plain)"
    return Diagnostic(.typographicSign, diagnostic.range, message, replacement: plain)
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
    tune.fieldsSeen = 0
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
    noticeTornHeader()
  }

  /// Puts a finding about a tune that is over, or about what stands outside, among the others.
  mutating func add(_ diagnostic: Diagnostic) {
    let place = diagnostic.range.lowerBound
    // The last tune that begins before it.
    let index = results.partitionIndex { $0.range.lowerBound > place } - 1
    guard index >= 0, place <= results[index].range.upperBound else {
      return fileDiagnostics.append(diagnostic)
    }
    guard !results[index].ignored.contains(diagnostic.code) else { return }
    // Where the character means nothing in music that has been said.
    if diagnostic.code == .controlCharacter,
      results[index].diagnostics.contains(where: {
        $0.range.overlaps(diagnostic.range) && $0.code == .unknownCharacter
      })
    {
      return
    }
    let next = results[index].diagnostics.firstIndex { $0.range.lowerBound > place }
    results[index].diagnostics.insert(diagnostic, at: next ?? results[index].diagnostics.count)
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
      checkAccidental(token)
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

extension Array {
  /// The index of the first element for which something holds, where it holds for all behind it too.
  package func partitionIndex(_ holds: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
