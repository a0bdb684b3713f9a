/// Macros (ABC 2.1, section 9) whose notes move with those of the tune.
enum MacroDefinition {
  /// The new text of an `m:` field. A static macro, `~G2 = {A}G{F}G`, is moved on both sides; one for any note
  /// (`n`) stays as it is.
  static func moved(_ bytes: [UInt8], by shift: TonalShift, from key: Key, to newKey: Key?) -> [UInt8] {
    let inner = bytes.trimmed(0..<bytes.count)
    guard let macro = Macro(parsing: bytes[inner]), macro.tail == nil,
      let sign = bytes[inner].dropFirst().firstIndex(of: UInt8(ascii: "="))
    else { return bytes }
    return moved(music: Array(bytes[..<sign]), by: shift, from: key, to: newKey) + [UInt8(ascii: "=")]
      + moved(music: Array(bytes[(sign + 1)...]), by: shift, from: key, to: newKey)
  }

  /// Whether a macro puts notes of its own into a tune.
  static func hasNotes(_ macro: Macro) -> Bool {
    guard macro.tail == nil else { return false }
    return [macro.target, macro.replacement].contains { music in
      var finder = NoteFinder()
      TuneReader.feed(music: music, to: &finder)
      return !finder.notes.isEmpty
    }
  }

  private static func moved(music: [UInt8], by shift: TonalShift, from key: Key, to newKey: Key?) -> [UInt8] {
    var finder = NoteFinder()
    TuneReader.feed(music: music, to: &finder)
    let reader = TuneReader.interpreter(music, .utf8, nil)
    var result: [UInt8] = []
    var position = 0
    for range in finder.notes {
      let tokens = WrittenNoteTokens.find(in: music, range)
      guard let letter = tokens.first(where: { $0.kind == .noteLetter }),
        let step = Step(letter: letter.lead),
        let end = tokens.last?.range.upperBound
      else { continue }
      let accidental = tokens.first { $0.kind == .accidental }
      let value = accidental.map { reader.accidental($0) }
      let marks = Array(music[letter.range.upperBound..<end])
      let octave =
        marks.reduce(letter.lead >= UInt8(ascii: "a") ? 1 : 0) { $0 + ($1 == UInt8(ascii: "'") ? 1 : -1) }
      let pitch = SpelledPitch(
        step: step, octave: octave, alteration: value.map { Int($0.semitones) } ?? key.alterations[step],
        cents: value.map { Int($0.cents) } ?? 0)
      let note = SourceNote(
        pitch: pitch, accidental: accidental.map { Array(music[$0.range]) } ?? [], letter: letter.lead,
        marks: marks)
      result += music[position..<range.lowerBound] + note.moved(by: shift, in: newKey, octaveShift: 0).bytes
      position = end
    }
    return result + music[position...]
  }
}

/// Finds the notes in a piece of music.
private struct NoteFinder: SyntaxSink {
  private(set) var notes: [Range<Int>] = []
  private var inNote = false
  private var first: Int?
  private var hasLetter = false
  private var end = 0

  mutating func open(_ kind: SyntaxKind, at offset: Int) {
    guard kind == .note else { return }
    inNote = true
    first = offset
    hasLetter = false
  }

  mutating func append(_ token: Token) {
    if inNote, token.kind == .noteLetter { hasLetter = true }
    end = token.range.upperBound
  }

  mutating func close() {
    if inNote, hasLetter, let first { notes.append(first..<end) }
    inNote = false
  }

  mutating func report(_ diagnostic: Diagnostic) {}
}
