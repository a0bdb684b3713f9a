extension Rule {
  static let mixedEncodings = Rule(
    .mixedEncodings, section: "2.2.2",
    summary: "A file holds characters of two encodings.",
    reason: """
      Most of its letters beyond ASCII are UTF-8, and some are single bytes of
      Latin-1, or the other way round. Files that were put together from others
      often look so. Whichever way it is read, some names are wrong.
      """,
    mend: "Save it as UTF-8, and look at the letters that the message points to.",
    bad: """
      X:1
      T:Café
      C:Éamonn
      K:C
      C4|

      """,
    good: """
      X:1
      T:Café
      C:Éamonn
      K:C
      C4|

      """,
    fix: .safe("The file becomes UTF-8; the single bytes are taken for Latin-1.", isLocal: false) {
      diagnostic, _ in
      [TextEdit(diagnostic.range.lowerBound..<diagnostic.range.lowerBound, "")]
    })
}
