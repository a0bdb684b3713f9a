/// How far notes move: in sound, and in spelling.
struct TonalShift: Equatable, Sendable {
  /// What the notes move by in sound.
  var semitones: Int
  /// What their names move by on the circle of fifths. Seven fifths are a semitone: `7 * fifths` and `semitones`
  /// are the same, whole octaves apart.
  var fifths: Int

  /// Nothing moves.
  static let none = TonalShift(semitones: 0, fifths: 0)

  /// Whether a shift on the circle of fifths belongs to an interval in sound.
  static func agree(semitones: Int, fifths: Int) -> Bool { (7 * fifths - semitones) % 12 == 0 }

  /// Moves a note. Its degree in the key stays, and so does what an accidental makes of the degree: a raised
  /// fourth is a raised fourth again.
  ///
  /// - Parameter key: the new key; nil where none gives the notes their function.
  func moved(_ pitch: SpelledPitch, to key: Key?) -> SpelledPitch {
    let place = pitch.fifths + fifths
    return SpelledPitch(
      height: pitch.height + semitones, fifths: simplified(place, from: pitch.fifths, in: key),
      cents: pitch.cents)
  }

  /// Where a musician would spell the note. What is in the key stays; so does what the writer spelled with a
  /// double sign himself. Otherwise:
  ///
  /// - A double sharp or flat becomes the plain note of the same sound.
  /// - E♯, B♯, C♭ and F♭ stay where they are what a musician expects, up to the leading note of the minor key
  ///   (E♯ in F♯ minor) on one side and the lowered second on the other; farther off they become F, C, B and E.
  private func simplified(_ place: Int, from old: Int, in key: Key?) -> Int {
    guard fifths != 0 else { return place }
    guard let key else { return place > 10 ? place - 12 : place < -6 ? place + 12 : place }
    let note = SpelledPitch.name(fifths: place)
    if key.alterations[note.step] == note.alteration { return place }
    let degree = place - key.fifths
    switch place {
    case 13...: return isDouble(old) && place < 20 ? place : place - 12
    case 11, 12: return degree <= Self.leadingNoteOfMinor ? place : place - 12
    case -8, -7: return degree >= Self.loweredSecond ? place : place + 12
    case ...(-9): return isDouble(old) && place > -16 ? place : place + 12
    default: return place
    }
  }

  private func isDouble(_ place: Int) -> Bool { place >= 13 || place <= -9 }

  /// Fifths above the tonic of the major key of the same signature.
  private static let leadingNoteOfMinor = 8
  private static let loweredSecond = -5
}
