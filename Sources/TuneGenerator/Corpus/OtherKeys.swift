import ABCNotation

/// A training tune in other keys, written as its author would have: only notes, chord symbols and keys change.
public enum OtherKeys {
  /// A marked tune in every key that instruments like, where its notes stay within reach; none where it has no music.
  public static func forms(of tune: String) -> [String] {
    let abc = TrainingText.unmarked(tune)
    let source = SourceText(name: "tune", text: abc)
    return transpositions(of: source, fifths: -4...4, pitches: 50...90)
      .filter { $0.text != abc }.map { TrainingText.marked($0.text) }
  }

  /// A tune by every number of semitones up to half an octave that leads to a key of the circle of fifths, with all notes
  /// within reach.
  static func transpositions(
    of source: SourceText, fifths: ClosedRange<Int>, pitches: ClosedRange<Int>
  ) -> [(text: String, score: Score)] {
    (-5...6).compactMap { semitones in
      guard semitones != 0, let bytes = try? Transposer(.semitones(semitones)).transpose(source) else {
        return nil
      }
      let text = TextEncoding.decode(bytes[...])
      guard let score = Tunebook(parsing: SourceText(name: source.name, text: text)).tunes.first?.score,
        fifths.contains(score.key.fifths),
        score.voices.allSatisfy({ $0.notes.allSatisfy { pitches.contains($0.pitch) } })
      else { return nil }
      return (text, score)
    }
  }
}
