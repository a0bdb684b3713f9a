import ABCNotation

/// The same tune in the other keys that melody instruments play it in, so that a model need not learn each key anew.
public enum KeyAugmentation {
  /// The tune in every key of up to four sharps and three flats, itself left out, where its notes stay within reach.
  ///
  /// - Parameter keepsMarks: whether chord symbols, annotations and decorations stay with their notes.
  public static func transpositions(of tune: NormalForm, keepsMarks: Bool = false) -> [NormalForm] {
    let source = SourceText(name: tune.title, text: tune.abc())
    return (-5...6).compactMap { semitones in
      guard semitones != 0 else { return nil }
      guard let bytes = try? Transposer(.semitones(semitones)).transpose(source) else { return nil }
      let book = Tunebook(parsing: SourceText(name: tune.title, bytes: bytes))
      guard let score = book.tunes.first?.score, (-3...4).contains(score.key.fifths),
        score.voices.first?.notes.allSatisfy({ (55...88).contains($0.pitch) }) == true,
        var normal = try? NormalForm(score, title: tune.title, rhythm: tune.rhythm, keepsMarks: keepsMarks)
      else { return nil }
      normal.fields = tune.fields
      normal.book = tune.book
      return normal
    }
  }
}
