import ABCNotation

/// The same tune in the other keys that melody instruments play it in, so that a model need not learn each key anew.
public enum KeyAugmentation {
  /// The tune in every key of up to four sharps and three flats, itself left out, where its notes stay within reach.
  ///
  /// - Parameter keepsMarks: whether chord symbols, annotations and decorations stay with their notes.
  public static func transpositions(of tune: NormalForm, keepsMarks: Bool = false) -> [NormalForm] {
    let source = SourceText(name: tune.title, text: tune.abc())
    return OtherKeys.transpositions(of: source, fifths: -3...4, pitches: 55...88).compactMap { _, score in
      guard
        var normal = try? NormalForm(score, title: tune.title, rhythm: tune.rhythm, keepsMarks: keepsMarks)
      else { return nil }
      normal.fields = tune.fields
      normal.book = tune.book
      normal.style = tune.style
      return normal
    }
  }
}
