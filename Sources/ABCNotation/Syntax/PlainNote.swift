/// A note that is written as nearly all are: at most one sign before the letter, octave marks, single digits in its
/// length, a tie. Where all of its bytes are at hand it is read at once, without a token for each part.
struct PlainNote: Sendable {
  /// The offset of its first byte.
  var start: Int
  /// `^`, `_`, `=`, or 0.
  var accidental: UInt8 = 0
  var letter: UInt8 = 0
  /// How many `'` and `,` there are, the first of them, and how far up they lead.
  var octaveMarks: UInt8 = 0
  var octaveLead: UInt8 = 0
  var octave: Int8 = 0
  /// The length in unit lengths, how many bytes it takes, and the first of them.
  var numerator: UInt8 = 1
  var denominator: UInt8 = 1
  var lengthBytes: UInt8 = 0
  var lengthLead: UInt8 = 0
  var isTied = false

  /// The offset behind its last byte.
  @inline(__always)
  var end: Int {
    let signs = (accidental == 0 ? 1 : 2) &+ Int(octaveMarks) &+ Int(lengthBytes)
    return start &+ signs &+ (isTied ? 1 : 0)
  }
}

extension SyntaxSink {
  /// The same as a node with a token for each part.
  mutating func append(_ note: PlainNote) {
    open(.note, at: note.start)
    var offset = note.start
    func token(_ kind: TokenKind, _ lead: UInt8, _ count: UInt8) -> Token {
      defer { offset += Int(count) }
      return Token(kind, lead: lead, offset..<(offset + Int(count)))
    }
    if note.accidental != 0 { append(token(.accidental, note.accidental, 1)) }
    append(token(.noteLetter, note.letter, 1))
    if note.octaveMarks > 0 { append(token(.octave, note.octaveLead, note.octaveMarks)) }
    if note.lengthBytes > 0 { append(token(.length, note.lengthLead, note.lengthBytes)) }
    if note.isTied { append(token(.tie, UInt8(ascii: "-"), 1)) }
    close()
  }
}

extension Tokenizer {
  /// Takes the note at `index`, where a token of music may start, together with the byte that shows its end. Nil,
  /// and nothing taken, if there is no plain note: then its bytes are to be pushed one by one, which comes to the
  /// same for any note.
  @inline(__always)
  mutating func takeNote(of bytes: [UInt8], at index: inout Int) -> PlainNote? {
    let end = bytes.count
    var next = index
    var byte = bytes[next]
    var note = PlainNote(start: position)
    if !byte.isNoteLetter {
      guard byte.startsNote else { return nil }
      note.accidental = byte
      next &+= 1
      guard next < end, bytes[next].isNoteLetter else { return nil }
      byte = bytes[next]
    }
    note.letter = byte
    next &+= 1
    guard next < end else { return nil }
    byte = bytes[next]
    note.octaveLead = byte
    while byte == UInt8(ascii: "'") || byte == UInt8(ascii: ",") {
      note.octave += byte == UInt8(ascii: "'") ? 1 : -1
      note.octaveMarks += 1
      next &+= 1
      if note.octaveMarks > 9 { return nil }
      guard next < end else { return nil }
      byte = bytes[next]
    }
    if byte.isDigit || byte == UInt8(ascii: "/") {
      let first = next
      note.lengthLead = byte
      if byte.isDigit {
        guard byte != UInt8(ascii: "0"), next + 1 < end else { return nil }
        note.numerator = byte & 0x0F
        next &+= 1
        byte = bytes[next]
        if byte.isDigit { return nil }
      }
      if byte == UInt8(ascii: "/") {
        guard next + 1 < end else { return nil }
        note.denominator = 2
        next &+= 1
        byte = bytes[next]
        if byte.isDigit {
          guard byte != UInt8(ascii: "0"), next + 1 < end else { return nil }
          note.denominator = byte & 0x0F
          next &+= 1
          byte = bytes[next]
        }
        if byte.isDigit || byte == UInt8(ascii: "/") { return nil }
      }
      note.lengthBytes = UInt8(truncatingIfNeeded: next &- first)
    }
    if byte.isReserved { return nil }
    if byte == UInt8(ascii: "-") {
      note.isTied = true
      next &+= 1
    }
    position &+= next &- index
    start = position
    index = next
    lineIsBlank = false
    afterBar = false
    afterNote = false
    return note
  }

  /// Takes the mark at `index` together with the byte that shows its end, in the same way.
  @inline(__always)
  mutating func takeMark(of bytes: [UInt8], at index: inout Int) -> Token? {
    let byte = bytes[index]
    guard index + 1 < bytes.count else { return nil }
    var next = index + 1
    let kind: TokenKind
    switch byte {
    case UInt8(ascii: " "):
      while bytes[next].isBlank {
        next &+= 1
        if next == bytes.count { return nil }
      }
      kind = .space
    case UInt8(ascii: "|"):
      switch bytes[next] {
      case UInt8(ascii: "|"), UInt8(ascii: ":"), UInt8(ascii: "]"): return nil
      default: kind = .barLine
      }
    case UInt8(ascii: "("):
      if bytes[next].isDigit { return nil }
      kind = .slurOpen
    case UInt8(ascii: ")"): kind = .slurClose
    case UInt8(ascii: ">"), UInt8(ascii: "<"):
      if bytes[next] == byte { return nil }
      kind = .brokenRhythm
    case UInt8(ascii: "}"): kind = .graceClose
    case UInt8(ascii: "."), UInt8(ascii: "~"): kind = .shorthand
    default: return nil
    }
    if kind != .space { lineIsBlank = false }
    start = position &+ (next &- index)
    defer {
      position = start
      index = next
    }
    afterBar = kind == .barLine
    afterNote = false
    return Token(kind, lead: byte, position..<start)
  }

  /// Begins a line of music with the note at `index`, where that is certain from the bytes at hand.
  @inline(__always)
  mutating func startMusicLine(of bytes: [UInt8], at index: Int) {
    guard section == .body, bytes[index].startsNote, index + 1 < bytes.count,
      bytes[index + 1] != UInt8(ascii: ":")
    else { return }
    lineIsBlank = true
    afterBar = false
    barContinues = false
    afterNote = false
    endsHeader = false
    state = .music
  }

  /// Whether a byte that starts a note ends the token under way, whatever follows.
  @inline(__always)
  func isEnded(by byte: UInt8) -> Bool {
    guard byte.startsNote else { return false }
    switch state {
    case .space, .octave, .length, .brokenRhythm, .bar, .barColonFirst, .bracketBar, .ending, .tuplet,
      .openBrace:
      return true
    default: return false
    }
  }
}
