/// The names of decorations that a lone `!` may begin.
enum DecorationName {
  /// Those of the standard (ABC 2.1, 4.14) that cannot be taken for notes: behind a `!` that breaks the line, `f` is
  /// music, and `trill(` the start of a slur.
  private static let names: [[UInt8]] = [
    "trill", "lowermordent", "uppermordent", "mordent", "pralltriller", "roll", "turn", "turnx",
    "invertedturn", "invertedturnx", "arpeggio", "accent", "emphasis", "fermata", "invertedfermata", "tenuto",
    "plus",
    "snap", "slide", "wedge", "upbow", "downbow", "open", "thumb", "breath", "crescendo(", "crescendo)",
    "diminuendo(",
    "diminuendo)", "segno", "coda", "fine", "dacapo", "dacoda", "shortphrase", "mediumphrase", "longphrase",
    "staccato", "D.C.", "D.S.",
  ].map { Array($0.utf8) }

  /// The length of the longest name at a place of some bytes; 0 if there is none.
  static func length(atStartOf bytes: InlineArray<40, UInt8>, from start: Int, count: Int) -> Int {
    var longest = 0
    for name in names where name.count > longest && start + name.count <= count {
      if name.indices.allSatisfy({ bytes[start + $0] == name[$0] }) { longest = name.count }
    }
    return longest
  }
}
