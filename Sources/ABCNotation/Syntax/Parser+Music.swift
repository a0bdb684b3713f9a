/// Notes, rests, chords, grace notes and the marks between them.
extension Parser {
  @inline(__always)
  mutating func pushMusic<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) {
    if lineIsBlank, token.kind != .space, token.kind != .newline {
      lineIsBlank = false
      if !bodyReached, token.kind != .comment { noticeMusic(at: token.range.lowerBound, into: &sink) }
    }
    if token.kind == .unknown, passOver(token, into: &sink) { return }
    if extendNote(token, into: &sink) { return }
    endNote(into: &sink)
    switch token.kind {
    case .space: sink.append(token)
    case .noteLetter, .accidental: startNote(token, into: &sink)
    case .rest, .multiMeasureRest, .spacer:
      if group == .chordTail { endChord(into: &sink) }
      startNote(token, into: &sink)
      isRest = true
      note = .letter
    default: pushMark(token, into: &sink)
    }
  }

  /// Whether a whole note may be taken at once.
  @inline(__always)
  var canTakeNote: Bool { note != .accidental && group != .inlineField && (line == .music || line == .none) }

  /// A whole note follows: ends what is under way.
  @inline(__always)
  mutating func beginNote<Sink: SyntaxSink>(at offset: Int, into sink: inout Sink) {
    if note != .none || group == .chordTail || line == .none || !bodyReached {
      clearWay(at: offset, into: &sink)
    }
    lineIsBlank = false
    groupHasNotes = true
  }

  @inline(never)
  private mutating func clearWay<Sink: SyntaxSink>(at offset: Int, into sink: inout Sink) {
    if line == .none { startMusicLine(at: offset, into: &sink) }
    if !bodyReached { noticeMusic(at: offset, into: &sink) }
    if group == .chordTail {
      note = .none
      endChord(into: &sink)
    } else {
      endNote(into: &sink)
    }
  }

  /// A reserved character within a note or behind a chord: the note goes on as if it were not there.
  private mutating func passOver<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) -> Bool {
    guard token.lead.isReserved, note == .letter || note == .octave || group == .chordTail && note == .none
    else { return false }
    sink.append(token)
    checkMark(token, into: &sink)
    return true
  }

  /// Gives a token to the note under way, if it belongs there.
  @inline(__always)
  mutating func extendNote<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) -> Bool {
    if note == .none, group != .chordTail { return false }
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

  mutating func checkLength<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) {
    guard token.range.count > 7 else { return }
    sink.report(
      Diagnostic(
        .malformedLength, token.range, "no note is that long; a length is a number such as 2, 3/2 or /2"))
  }

  @inline(__always)
  mutating func startNote<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) {
    note = token.kind == .accidental ? .accidental : .letter
    isRest = token.kind != .accidental && token.kind != .noteLetter
    noteOffset = token.range.lowerBound
    groupHasNotes = true
    sink.open(isRest ? .rest : .note, at: noteOffset)
    sink.append(token)
  }

  @inline(__always)
  mutating func endNote<Sink: SyntaxSink>(into sink: inout Sink) {
    guard note != .none else { return }
    if note == .accidental {
      sink.report(
        Diagnostic(.strayAccidental, noteOffset..<(noteOffset + 1), "this accidental stands before no note"))
    }
    note = .none
    sink.close()
  }

  mutating func endChord<Sink: SyntaxSink>(into sink: inout Sink) {
    group = chordInGrace ? .grace : .none
    chordInGrace = false
    sink.close()
  }

  /// Everything in a line of music that is neither note nor rest.
  mutating func pushMark<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) {
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
      if group != .none { closeGroups(into: &sink) }
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
      lengthOffset = token.range.upperBound
      // The other half of a mistake that has been reported is none of its own.
      if token.kind == .chordClose, awaitsClose {
        awaitsClose = false
        return
      }
      let sign = token.kind == .chordClose ? "]" : "}"
      sink.report(Diagnostic(.unmatchedClose, token.range, "this '\(sign)' closes nothing"))
    case .inlineFieldOpen:
      closeGroups(into: &sink)
      group = .inlineField
      groupOffset = token.range.lowerBound
      sink.open(.inlineField, at: groupOffset)
      sink.append(token)
    case .inlineFieldClose:
      sink.append(token)
      group = .none
      sink.close()
    case .barLine, .ending, .newline, .overlay, .comment:
      closeGroups(into: &sink)
      sink.append(token)
    case .tuplet where group == .chord:
      // No tuplet starts within a chord: its bracket has been forgotten.
      closeGroups(into: &sink)
      sink.append(token)
    default:
      sink.append(token)
      checkMark(token, into: &sink)
    }
  }

  mutating func openChord<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) {
    if group == .chord {
      // Brackets in a row are one mistake.
      if groupHasNotes || !bracketFollowsBracket { reportUnclosedChord(into: &sink) }
      bracketFollowsBracket = !groupHasNotes
      endChord(into: &sink)
    } else {
      bracketFollowsBracket = false
    }
    chordInGrace = group == .grace
    group = .chord
    groupOffset = token.range.lowerBound
    groupHasNotes = false
    sink.open(.chord, at: groupOffset)
    sink.append(token)
  }

  mutating func reportUnclosedChord<Sink: SyntaxSink>(into sink: inout Sink) {
    awaitsClose = true
    sink.report(
      Diagnostic(.unclosedChord, groupOffset..<(groupOffset + 1), "this '[' opens a chord that no ']' closes")
    )
  }

  /// Closes whatever is open in the line, with a diagnostic for what should have been closed.
  mutating func closeGroups<Sink: SyntaxSink>(into sink: inout Sink) {
    // The length behind a chord is no note of its own.
    if group == .chordTail { note = .none }
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
    if group != .none { closeGroups(into: &sink) }
  }

  func checkMark<Sink: SyntaxSink>(_ token: Token, into sink: inout Sink) {
    switch token.kind {
    case .unknown:
      if token.lead.isReserved {
        sink.report(
          Diagnostic(.reservedCharacter, token.range, "this character has no meaning yet; it is passed over"))
        return
      }
      let message =
        token.lead.isDigit
        ? "this number stands behind no note" : "this character means nothing in a line of music"
      sink.report(Diagnostic(token.lead.isDigit ? .strayLength : .unknownCharacter, token.range, message))
    case .length where token.range.lowerBound == lengthOffset: break
    case .length, .octave:
      sink.report(Diagnostic(.strayLength, token.range, "this stands behind no note that it could change"))
    case .unclosedQuote:
      let place = token.range.lowerBound..<(token.range.lowerBound + 1)
      sink.report(Diagnostic(.unclosedQuote, place, "this quotation mark has no partner on its line"))
    case .unclosedDecoration:
      sink.report(
        Diagnostic(
          .unclosedDecoration, token.range, "this decoration lacks its second '!'; write it as '!trill!' is"))
    case .brokenRhythm, .tie:
      if group == .chord {
        sink.report(Diagnostic(.misplacedInGroup, token.range, "this cannot stand inside a chord"))
      }
    default: break
    }
  }
}
