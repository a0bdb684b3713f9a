extension Rule {
  static let emptyTune = Rule(
    .emptyTune, section: "2.2",
    summary: "A tune has no music.",
    reason: """
      A header alone is allowed, but as a rule something has been lost: often an
      empty line between header and music.
      """,
    mend: "Write the music behind the K: field, with no empty line between.",
    bad: """
      X:1
      T:The Tune
      K:C

      """,
    good: """
      X:1
      T:The Tune
      K:C
      C4|

      """)
}
