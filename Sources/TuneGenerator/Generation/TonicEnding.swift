import ABCNotation

/// Lets a tune end on its tonic, as five of six tunes by people do: a model that reads character by character has often
/// forgotten the key by then.
enum TonicEnding {
  /// The text with its last note moved to the nearest tonic; nil where it is there already, or where that cannot be
  /// done by the name of the note alone.
  static func applied(to text: String, key: Key?) -> String? {
    guard let key, let tonic = key.tonic else { return nil }
    let scalars = Array(text.unicodeScalars)
    guard let last = scalars.lastIndex(where: MusicRules.noteLetters.contains) else { return nil }
    var end = last + 1
    while end < scalars.count, scalars[end] == "," || scalars[end] == "'" { end += 1 }
    let bar = (scalars[..<last].lastIndex { $0 == "|" || $0 == ":" } ?? 0) + 1
    // An accidental in the bar would change what the name means, a tie asks for the note that it has.
    guard last > bar, !scalars[bar...].contains(where: { "^_=-".unicodeScalars.contains($0) }),
      let note = height(of: scalars[last..<end])
    else { return nil }
    let distance = (tonic.rawValue - note) % 7
    // Up or down, whichever is nearer.
    let step = distance > 3 ? distance - 7 : distance < -3 ? distance + 7 : distance
    guard step != 0 else { return nil }
    let octave = Int((Double(note + step) / 7).rounded(.down))
    guard let moved = Step(rawValue: note + step - 7 * octave) else { return nil }
    let name = MelodyLayout.name(step: moved, octave: octave)
    return String(String.UnicodeScalarView(scalars[..<last] + name.unicodeScalars + scalars[end...]))
  }

  /// Diatonic steps above the C of capital letters.
  private static func height(of name: ArraySlice<Unicode.Scalar>) -> Int? {
    guard let letter = name.first,
      let step = ["C", "D", "E", "F", "G", "A", "B"].firstIndex(of: String(Character(letter)).uppercased())
    else { return nil }
    let octaves = name.dropFirst().reduce(letter.value >= 0x61 ? 1 : 0) { $0 + ($1 == "'" ? 1 : -1) }
    return 7 * octaves + step
  }
}
