/// Notes, chords, rests and grace notes.
extension ScoreBuilder {
  /// What a note node says, before key and bar have had their word.
  private struct WrittenNote {
    var step: Step
    var octave: Int
    var accidental: Int?
    var length: Fraction
    var isTied: Bool
    var range: Range<Int>
  }

  mutating func readNote(_ element: SyntaxNode) {
    guard let written = written(element) else { return }
    let note = sound(written)
    states[voice].append(
      ScoreEvent(range: element.range, onset: .zero, duration: written.length, notes: [note]),
      reporting: &diagnostics)
  }

  mutating func readRest(_ element: SyntaxNode) {
    var length = Fraction(1)
    var kind: TokenKind = .rest
    for child in element.children {
      guard let token = child.token else { continue }
      if token.kind == .length { length = readLength(token) } else { kind = token.kind }
    }
    switch kind {
    case .rest:
      let event = ScoreEvent(
        range: element.range, onset: .zero, duration: length * current.unitLength, notes: [])
      states[voice].append(event, reporting: &diagnostics)
    case .multiMeasureRest:
      let count = max(length.numerator / length.denominator, 1)
      states[voice].appendMeasureRest(count: count, element.range, reporting: &diagnostics)
    default: break
    }
  }

  mutating func readChord(_ element: SyntaxNode) {
    var notes: [WrittenNote] = []
    var outer = Fraction(1)
    var isTied = false
    for child in element.children {
      if child.kind == .note, let note = written(child) { notes.append(note) }
      if let token = child.token {
        if token.kind == .length { outer = readLength(token) }
        if token.kind == .tie { isTied = true }
      }
    }
    guard let first = notes.first else { return }
    let sounding = notes.map { note in
      var note = note
      note.length = note.length * outer
      note.isTied = note.isTied || isTied
      return sound(note)
    }
    states[voice].append(
      ScoreEvent(range: element.range, onset: .zero, duration: first.length * outer, notes: sounding),
      reporting: &diagnostics)
  }

  mutating func readGraceNotes(_ element: SyntaxNode) {
    for child in element.children {
      let nodes = child.kind == .chord ? Array(child.children) : [child]
      for node in nodes where node.kind == .note {
        if let note = written(node) { current.pendingGraceNotes.append(sound(note)) }
      }
    }
  }

  private mutating func written(_ node: SyntaxNode) -> WrittenNote? {
    var note: WrittenNote?
    var accidental: Int?
    for child in node.children {
      guard let token = child.token else { continue }
      switch token.kind {
      case .accidental: accidental = Self.alteration(source.bytes[token.range])
      case .noteLetter:
        guard let step = Step(letter: token.lead) else { continue }
        let octave = token.lead >= UInt8(ascii: "a") ? 1 : 0
        note = WrittenNote(
          step: step, octave: octave, accidental: accidental, length: current.unitLength, isTied: false,
          range: node.range)
      case .octave:
        for byte in source.bytes[token.range] { note?.octave += byte == UInt8(ascii: "'") ? 1 : -1 }
      case .length: note?.length = readLength(token) * current.unitLength
      case .tie: note?.isTied = true
      default: break
      }
    }
    return note
  }

  private static func alteration(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { sum, byte in
      switch byte {
      case UInt8(ascii: "^"): sum + 1
      case UInt8(ascii: "_"): sum - 1
      default: sum
      }
    }
  }

  /// Gives a note its pitch: by its own accidental, else by one earlier in the bar, else by the key. An accidental
  /// holds to the bar line in all octaves (ABC 2.1, 11.3).
  private mutating func sound(_ note: WrittenNote) -> ScoreNote {
    let alteration: Int
    if let accidental = note.accidental {
      alteration = accidental
      current.accidentals[note.step.rawValue] = accidental
    } else if let tied = current.tiedAlteration(
      step: note.step, octave: note.octave + current.key.octaveShift)
    {
      alteration = tied
    } else {
      alteration = current.accidentals[note.step.rawValue] ?? current.key.alterations[note.step.rawValue]
    }
    let result = ScoreNote(
      step: note.step, octave: note.octave + current.key.octaveShift, alteration: alteration,
      transposition: current.key.transposition, duration: note.length, isTied: note.isTied, range: note.range)
    if !(0...127).contains(result.pitch) {
      report(.pitchOutOfRange, note.range, "this note is out of reach of any instrument (and of MIDI)")
    }
    return result
  }

  /// `2`, `3/2`, `/2`, `/`, `//`: a length in unit lengths (ABC 2.1, 4.3).
  private mutating func readLength(_ token: Token) -> Fraction {
    var scanner = Scanner(source.string(token.range))
    let numerator = scanner.takeNumber() ?? 1
    var denominator = 1
    var isMalformed = numerator == 0
    while scanner.take("/") {
      let divisor = scanner.takeNumber() ?? 2
      isMalformed = isMalformed || divisor == 0 || denominator > 4096
      if !isMalformed { denominator *= divisor }
    }
    if isMalformed || numerator > 4096 || denominator > 4096 {
      if token.range.count <= 7 {
        report(
          .malformedLength, token.range, "no note has this length; a length is a number such as 2, 3/2 or /2")
      }
      return Fraction(1)
    }
    return Fraction(numerator, denominator)
  }
}
