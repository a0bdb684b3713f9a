/// Turns tokens into nodes, one token at a time.
///
/// Like ``Tokenizer`` a value without references: a copy is a snapshot. It never throws and never loses a token:
/// what does not fit is put where it stands, with a diagnostic, and the line goes on. A group that is not closed
/// ends at the next bar sign or at the end of its line.
struct Parser: Sendable {
  private enum Line: UInt8, Sendable { case none, field, music, text, directive, comment, empty, marker }

  /// The group that encloses the notes under way.
  private enum Group: UInt8, Sendable { case none, chord, chordTail, grace, inlineField }

  /// How far the note under way has come.
  private enum NotePart: UInt8, Sendable { case none, accidental, letter, octave, length }

  private var line: Line = .none
  private var group: Group = .none
  private var chordInGrace = false
  private var graceOffset = 0
  private var note: NotePart = .none
  private var isRest = false
  private var noteOffset = 0
  private var groupOffset = 0
  private var groupHasNotes = false
  private var inTune = false
  private var tuneHasKey = false
  private var tuneHasNumber = false
  private var tuneOffset = 0
  private var fieldLetter: UInt8 = 0
  private var bodyReached = false
  private var isOpen = false
  private var reportedMissingKey = false
  private var lineIsBlank = true

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
    if line == .music { closeGroups(at: end, into: &sink) }
    if line != .none { endLine(into: &sink) }
    endTune(into: &sink)
    sink.close()
  }

  // MARK: - Lines

  private mutating func startLine<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) {
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
    default:
      open(.music, .musicLine, at: offset, into: &sink)
      lineIsBlank = true
      if token.kind != .space { noticeMusic(token, into: &sink) }
    }
  }

  private mutating func open<Sink: SyntaxSink>(
    _ line: Line, _ kind: SyntaxKind, at offset: Int, into sink: inout Sink
  ) {
    self.line = line
    sink.open(kind, at: offset)
  }

  private mutating func endLine<Sink: SyntaxSink>(into sink: inout Sink) {
    let endsTune = line == .music && lineIsBlank
    line = .none
    sink.close()
    if endsTune { endTune(into: &sink) }
  }

  private mutating func startTune<Sink: SyntaxSink>(at offset: Int, into sink: inout Sink) {
    inTune = true
    tuneHasKey = false
    tuneHasNumber = false
    bodyReached = false
    reportedMissingKey = false
    tuneOffset = offset
    sink.open(.tune, at: offset)
  }

  private mutating func endTune<Sink: SyntaxSink>(into sink: inout Sink) {
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
  private mutating func noticeMusic<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) {
    bodyReached = true
    guard inTune, !tuneHasKey, !reportedMissingKey else { return }
    reportedMissingKey = true
    let place = token.range.lowerBound..<token.range.lowerBound
    sink.report(
      Diagnostic(.missingKey, place, "the music starts before a 'K:' field; put a line such as 'K:G' here"))
  }

  private mutating func checkField<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) {
    switch token.kind {
    case .fieldName:
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
      if inTune, !tuneHasKey {
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

  // MARK: - Music

  private mutating func pushMusic<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) {
    if token.kind != .space, token.kind != .newline { lineIsBlank = false }
    if extendNote(token, into: &sink) { return }
    endNote(into: &sink)
    switch token.kind {
    case .noteLetter, .accidental: startNote(token, into: &sink)
    case .rest, .multiMeasureRest, .spacer:
      if group == .chordTail { endChord(into: &sink) }
      startNote(token, into: &sink)
      isRest = true
      note = .letter
    default: pushMark(token, into: &sink)
    }
  }

  /// Gives a token to the note under way, if it belongs there.
  private mutating func extendNote<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) -> Bool {
    if group == .chordTail {
      switch token.kind {
      case .length where note == .none:
        checkLength(token, into: &sink)
        sink.append(token)
        note = .length
        return true
      case .tie:
        sink.append(token)
        note = .none
        endChord(into: &sink)
        return true
      default:
        note = .none
        endChord(into: &sink)
        return false
      }
    }
    switch (note, token.kind) {
    case (.accidental, .noteLetter): note = .letter
    case (.letter, .octave) where !isRest: note = .octave
    case (.letter, .length), (.octave, .length):
      note = .length
      checkLength(token, into: &sink)
    case (.letter, .tie) where !isRest, (.octave, .tie) where !isRest, (.length, .tie) where !isRest:
      sink.append(token)
      note = .none
      sink.close()
      return true
    default: return false
    }
    sink.append(token)
    return true
  }

  private mutating func checkLength<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) {
    guard token.range.count > 7 else { return }
    sink.report(
      Diagnostic(
        .malformedLength, token.range, "no note is that long; a length is a number such as 2, 3/2 or /2"))
  }

  private mutating func startNote<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) {
    note = token.kind == .accidental ? .accidental : .letter
    isRest = token.kind != .accidental && token.kind != .noteLetter
    noteOffset = token.range.lowerBound
    groupHasNotes = true
    sink.open(isRest ? .rest : .note, at: noteOffset)
    sink.append(token)
  }

  private mutating func endNote<Sink: SyntaxSink>(into sink: inout Sink) {
    guard note != .none else { return }
    if note == .accidental {
      sink.report(
        Diagnostic(.strayAccidental, noteOffset..<(noteOffset + 1), "this accidental stands before no note"))
    }
    note = .none
    sink.close()
  }

  private mutating func endChord<Sink: SyntaxSink>(into sink: inout Sink) {
    group = chordInGrace ? .grace : .none
    chordInGrace = false
    sink.close()
  }

  /// Everything in a line of music that is neither note nor rest.
  private mutating func pushMark<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) {
    switch token.kind {
    case .chordOpen: openChord(token, into: &sink)
    case .chordClose where group == .chord:
      if !groupHasNotes {
        sink.report(
          Diagnostic(.emptyChord, groupOffset..<token.range.upperBound, "this chord holds no note"))
      }
      sink.append(token)
      group = .chordTail
    case .graceOpen:
      if group != .none { closeGroups(at: token.range.lowerBound, into: &sink) }
      group = .grace
      groupOffset = token.range.lowerBound
      graceOffset = groupOffset
      groupHasNotes = false
      sink.open(.graceGroup, at: groupOffset)
      sink.append(token)
    case .graceClose where group == .grace:
      sink.append(token)
      group = .none
      sink.close()
    case .chordClose, .graceClose:
      // The close of an outer group ends an inner one that was left open.
      if token.kind == .graceClose, group == .chord, chordInGrace {
        reportUnclosedChord(into: &sink)
        endChord(into: &sink)
        return pushMark(token, into: &sink)
      }
      sink.append(token)
      let sign = token.kind == .chordClose ? "]" : "}"
      sink.report(Diagnostic(.unmatchedClose, token.range, "this '\(sign)' closes nothing"))
    case .inlineFieldOpen:
      closeGroups(at: token.range.lowerBound, into: &sink)
      group = .inlineField
      groupOffset = token.range.lowerBound
      sink.open(.inlineField, at: groupOffset)
      sink.append(token)
    case .inlineFieldClose:
      sink.append(token)
      group = .none
      sink.close()
    case .barLine, .ending, .newline, .overlay, .comment:
      closeGroups(at: token.range.lowerBound, into: &sink)
      sink.append(token)
    default:
      sink.append(token)
      checkMark(token, into: &sink)
    }
  }

  private mutating func openChord<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) {
    if group == .chord {
      reportUnclosedChord(into: &sink)
      endChord(into: &sink)
    }
    chordInGrace = group == .grace
    group = .chord
    groupOffset = token.range.lowerBound
    groupHasNotes = false
    sink.open(.chord, at: groupOffset)
    sink.append(token)
  }

  private func reportUnclosedChord<Sink: SyntaxSink>(into sink: inout Sink) {
    sink.report(
      Diagnostic(.unclosedChord, groupOffset..<(groupOffset + 1), "this '[' opens a chord that no ']' closes")
    )
  }

  /// Closes whatever is open in the line, with a diagnostic for what should have been closed.
  private mutating func closeGroups<Sink: SyntaxSink>(at offset: Int, into sink: inout Sink) {
    endNote(into: &sink)
    switch group {
    case .none: return
    case .chordTail: endChord(into: &sink)
    case .chord:
      reportUnclosedChord(into: &sink)
      endChord(into: &sink)
    case .grace:
      let place = graceOffset..<(graceOffset + 1)
      sink.report(Diagnostic(.unclosedGrace, place, "this '{' opens grace notes that no '}' closes"))
      group = .none
      sink.close()
    case .inlineField:
      let place = groupOffset..<(groupOffset + 1)
      sink.report(Diagnostic(.unclosedInlineField, place, "this inline field is not closed by ']'"))
      group = .none
      sink.close()
    }
    if group != .none { closeGroups(at: offset, into: &sink) }
  }

  private func checkMark<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) {
    switch token.kind {
    case .unknown:
      let message =
        token.lead.isDigit
        ? "this number stands behind no note" : "this character means nothing in a line of music"
      sink.report(Diagnostic(token.lead.isDigit ? .strayLength : .unknownCharacter, token.range, message))
    case .length, .octave:
      sink.report(Diagnostic(.strayLength, token.range, "this stands behind no note that it could change"))
    case .unclosedQuote:
      let place = token.range.lowerBound..<(token.range.lowerBound + 1)
      sink.report(Diagnostic(.unclosedQuote, place, "this quotation mark has no partner on its line"))
    case .brokenRhythm, .tuplet, .tie:
      if group == .chord {
        sink.report(Diagnostic(.misplacedInGroup, token.range, "this cannot stand inside a chord"))
      }
    default: break
    }
  }
}
