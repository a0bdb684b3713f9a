/// A chord symbol: `"Am7"`, `"D/F#"`, `"G(Em)"` (ABC 2.1, 4.18).
///
/// A text of several chords (`"G D"`, `"G;D"`) is one symbol: its first chord sounds, the others are alternates
/// for printing, as those in parentheses are. The standard leaves such texts open; `;` and `\n` in them are line
/// breaks for printing, and a blank mostly parts a choice from the main chord.
public struct ChordSymbol: Hashable, Sendable {
  /// A note by its name, without an octave.
  public struct Note: Hashable, Sendable {
    /// The letter of the note.
    public let step: Step
    /// Sharps (positive) or flats (negative).
    public let alteration: Int
    /// The note as it is written: a bass note may be in lower case, an accidental may be `♯` or `=`.
    public let text: String

    /// Semitones above C, 0…11.
    public var pitchClass: Int { (step.semitones + alteration + 12) % 12 }
  }

  /// The root of the chord.
  public let root: Note
  /// What is written between the root and the bass note: `m7`, `sus4`; empty for a major chord.
  public let kind: String
  /// The intervals that ``kind`` stands for.
  public let quality: Quality
  /// The bass note behind a slash: the lowest note, one of the chord or not.
  public let bass: Note?
  /// What follows the sounding chord.
  let tail: [TailPiece]

  /// The chords to be printed but not played.
  public var alternates: [ChordSymbol] {
    tail.flatMap { piece -> [ChordSymbol] in
      guard case .chord(let chord) = piece else { return [] }
      return [chord] + chord.alternates
    }
  }

  /// The symbol as it is written between its quotes, less blanks at either end.
  public var text: String {
    var text = root.text + kind
    if let bass { text += "/" + bass.text }
    for piece in tail {
      switch piece {
      case .chord(let chord): text += chord.text
      case .separator(let separator): text += separator
      }
    }
    return text
  }

  /// The symbol some semitones higher, with all its alternates. Whole octaves leave it as it is written.
  public func transposed(by semitones: Int, preferFlats: Bool) -> ChordSymbol {
    guard semitones % 12 != 0 else { return self }
    return ChordSymbol(
      root: root.transposed(by: semitones, preferFlats: preferFlats), kind: kind, quality: quality,
      bass: bass?.transposed(by: semitones, preferFlats: preferFlats),
      tail: tail.map { piece in
        guard case .chord(let chord) = piece else { return piece }
        return .chord(chord.transposed(by: semitones, preferFlats: preferFlats))
      })
  }

  /// What may follow the sounding chord: more chords, and the blanks, parentheses and the like about them.
  enum TailPiece: Hashable, Sendable {
    case chord(ChordSymbol)
    case separator(String)
  }
}

extension ChordSymbol.Note {
  private static let flats = ["C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"]
  private static let sharps = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]

  /// The note some semitones higher. It keeps to the signs and the case that it is written with.
  fileprivate func transposed(by semitones: Int, preferFlats: Bool) -> ChordSymbol.Note {
    let pitchClass = (pitchClass + semitones % 12 + 12) % 12
    let name = preferFlats ? Self.flats[pitchClass] : Self.sharps[pitchClass]
    let letter = Array(name.utf8)[0]
    guard let step = Step(letter: letter) else { return self }
    let isLowercase = text.utf8.first.map { $0 >= UInt8(ascii: "a") } ?? false
    var result = isLowercase ? name.prefix(1).lowercased() : String(name.prefix(1))
    if name.utf8.count > 1 {
      let hasUnicodeSign = text.utf8.contains { $0 >= 0x80 }
      result += hasUnicodeSign ? (preferFlats ? "♭" : "♯") : (preferFlats ? "b" : "#")
    }
    return ChordSymbol.Note(
      step: step, alteration: name.utf8.count == 1 ? 0 : preferFlats ? -1 : 1, text: result)
  }
}
