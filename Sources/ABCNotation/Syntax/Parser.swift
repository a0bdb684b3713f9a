/// Turns tokens into nodes, one token at a time.
///
/// Like ``Tokenizer`` a value without references: a copy is a snapshot. It never throws and never loses a token:
/// what does not fit is put where it stands, with a diagnostic, and the line goes on. A group that is not closed
/// ends at the next bar sign or at the end of its line.
struct Parser: Sendable {
  enum Line: UInt8, Sendable { case none, field, music, text, directive, comment, empty, marker }

  /// The group that encloses the notes under way.
  enum Group: UInt8, Sendable { case none, chord, chordTail, grace, inlineField }

  /// How far the note under way has come.
  enum NotePart: UInt8, Sendable { case none, accidental, letter, octave, length }

  var line: Line = .none
  var group: Group = .none
  var chordInGrace = false
  var graceOffset = 0
  var note: NotePart = .none
  var isRest = false
  var noteOffset = 0
  var groupOffset = 0
  var groupHasNotes = false
  var bracketFollowsBracket = false
  /// Whether a chord has been reported in this line whose `]` may still come.
  var awaitsClose = false
  /// Where a `]` ended that closes nothing: a length there belongs to it.
  var lengthOffset = -1
  var inTune = false
  var tuneHasKey = false
  var tuneHasNumber = false
  var tuneOffset = 0
  /// Where the lines begin that may be the music of a tune without `K:`.
  var bodyOffset: Int?
  var fieldLetter: UInt8 = 0
  var bodyReached = false
  var isOpen = false
  var reportedMissingKey = false
  var lineIsBlank = true
  /// Whether the line stands for another one, so that it ends no tune.
  var isNested = false

  /// Takes the next token.
  mutating func push<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) {
    if !isOpen {
      isOpen = true
      sink.open(.file, at: token.range.lowerBound)
    }
    if line == .none { startLine(token, into: &sink) }
    switch line {
    case .music: pushMusic(token, into: &sink)
    default:
      sink.append(token)
      checkField(token, into: &sink)
    }
    if token.kind == .newline || token.kind == .byteOrderMark { endLine(into: &sink) }
  }

  /// Says that the text is over, `end` bytes long.
  mutating func finish<Sink: SyntaxSink>(at end: Int, into sink: inout Sink) {
    if !isOpen { sink.open(.file, at: 0) }
    if line == .music { closeGroups(into: &sink) }
    if line != .none { endLine(into: &sink) }
    endTune(into: &sink)
    sink.close()
  }

  /// Takes what follows for a line of music in the body of a tune.
  mutating func enterBody() {
    isNested = true
    isOpen = true
    inTune = true
    tuneHasKey = true
    tuneHasNumber = true
    bodyReached = true
  }

  /// Ends that line, and nothing else.
  mutating func leaveBody<Sink: SyntaxSink>(into sink: inout Sink) {
    guard line != .none else { return }
    if line == .music { closeGroups(into: &sink) }
    line = .none
    sink.close()
  }

  // MARK: - Lines

  mutating func startLine<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) {
    let offset = token.range.lowerBound
    switch token.kind {
    case .fieldName:
      fieldLetter = token.lead
      let starts = [UInt8(ascii: "X"), UInt8(ascii: "T"), UInt8(ascii: "K")].contains(fieldLetter)
      if fieldLetter == UInt8(ascii: "X"), inTune, tuneHasNumber || bodyReached { endTune(into: &sink) }
      if !inTune, starts { startTune(at: offset, into: &sink) }
      open(.field, .fieldLine, at: offset, into: &sink)
    case .text: open(.text, .textLine, at: offset, into: &sink)
    case .directive: open(.directive, .directiveLine, at: offset, into: &sink)
    case .comment: open(.comment, .commentLine, at: offset, into: &sink)
    case .newline:
      endTune(into: &sink)
      open(.empty, .emptyLine, at: offset, into: &sink)
    case .byteOrderMark: open(.empty, .emptyLine, at: offset, into: &sink)
    case .marker:
      endTune(into: &sink)
      let isStart = token.range.count == 7
      if isStart { startTune(at: offset, into: &sink) }
      open(.marker, .markerLine, at: offset, into: &sink)
    case .space:
      open(.music, .musicLine, at: offset, into: &sink)
      lineIsBlank = true
    default: startMusicLine(at: offset, into: &sink)
    }
  }

  mutating func startMusicLine<Sink: SyntaxSink>(at offset: Int, into sink: inout Sink) {
    open(.music, .musicLine, at: offset, into: &sink)
    lineIsBlank = true
    noticeMusic(at: offset, into: &sink)
  }

  mutating func open<Sink: SyntaxSink>(
    _ line: Line, _ kind: SyntaxKind, at offset: Int, into sink: inout Sink
  ) {
    self.line = line
    sink.open(kind, at: offset)
  }

  mutating func endLine<Sink: SyntaxSink>(into sink: inout Sink) {
    let endsTune = line == .music && lineIsBlank
    awaitsClose = false
    line = .none
    sink.close()
    if endsTune, !isNested { endTune(into: &sink) }
  }

  mutating func startTune<Sink: SyntaxSink>(at offset: Int, into sink: inout Sink) {
    inTune = true
    tuneHasKey = false
    tuneHasNumber = false
    bodyReached = false
    reportedMissingKey = false
    bodyOffset = nil
    tuneOffset = offset
    sink.open(.tune, at: offset)
  }

  mutating func endTune<Sink: SyntaxSink>(into sink: inout Sink) {
    guard inTune else { return }
    let start = tuneOffset..<tuneOffset
    if !tuneHasNumber {
      sink.report(
        Diagnostic(
          .missingReferenceNumber, start, "this tune has no 'X:' field; write 'X:1' as its first line"))
    }
    if !tuneHasKey, !reportedMissingKey {
      sink.report(
        Diagnostic(
          .missingKey, start,
          "this tune has no 'K:' field, so it has no music; end the header with a line such as 'K:G'"
        ))
    }
    inTune = false
    sink.close()
  }

  /// Music where a header has not ended: says so once, and takes it as music all the same.
  mutating func noticeMusic<Sink: SyntaxSink>(at offset: Int, into sink: inout Sink) {
    bodyReached = true
    guard inTune, !tuneHasKey, !reportedMissingKey else { return }
    reportedMissingKey = true
    let place = bodyOffset ?? offset
    sink.report(
      Diagnostic(
        .missingKey, place..<place, "the music starts before a 'K:' field; put a line such as 'K:G' here"))
  }

  mutating func checkField<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) {
    switch token.kind {
    case .fieldName:
      // The name of a part may be the first line of the music.
      if fieldLetter != UInt8(ascii: "P") {
        bodyOffset = nil
      } else if bodyOffset == nil {
        bodyOffset = token.range.lowerBound
      }
      switch fieldLetter {
      case UInt8(ascii: "X"): tuneHasNumber = true
      case UInt8(ascii: "K"): tuneHasKey = true
      default:
        if !Self.isKnownField(fieldLetter) {
          let name = TextEncoding.decode([fieldLetter])
          sink.report(
            Diagnostic(.unknownField, token.range, "'\(name):' is no field of ABC; it is passed over"))
        }
      }
    case .text:
      // `H:` goes on over the lines that follow, in old files.
      if inTune, !tuneHasKey, fieldLetter != UInt8(ascii: "H") {
        if bodyOffset == nil { bodyOffset = token.range.lowerBound }
        sink.report(
          Diagnostic(
            .textInHeader, token.range,
            "this line of the tune header is no field; write it as 'N:…', or put '%' before it"))
      }
    default: break
    }
  }

  /// The fields of ABC 2.1, section 3, those of 2.2, and the obsolete ones (3.3).
  static func isKnownField(_ letter: UInt8) -> Bool {
    switch letter {
    case UInt8(ascii: "A")...UInt8(ascii: "I"), UInt8(ascii: "K")...UInt8(ascii: "X"), UInt8(ascii: "Z"),
      UInt8(ascii: "m"), UInt8(ascii: "r"), UInt8(ascii: "s"), UInt8(ascii: "w"), UInt8(ascii: "+"):
      return true
    default: return false
    }
  }
}
