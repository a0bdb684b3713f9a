import ABCNotation

/// A training tune in other keys, written as its author would have: only notes, chord symbols and keys change.
public enum OtherKeys {
  /// A marked tune in every key that instruments like, where its notes stay within reach; none where it has no music.
  public static func forms(of tune: String) -> [String] {
    let abc = TrainingText.unmarked(tune)
    let source = SourceText(name: "tune", text: abc)
    return (-5...6).compactMap { semitones in
      guard semitones != 0, let bytes = try? Transposer(.semitones(semitones)).transpose(source) else {
        return nil
      }
      let text = TextEncoding.decode(bytes[...])
      guard text != abc,
        let score = Tunebook(parsing: SourceText(name: "tune", text: text)).tunes.first?.score,
        (-4...4).contains(score.key.fifths),
        score.voices.allSatisfy({ $0.notes.allSatisfy { (50...90).contains($0.pitch) } })
      else { return nil }
      return TrainingText.marked(text)
    }
  }
}
