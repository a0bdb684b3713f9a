extension Rule {
  static let malformedVoice = Rule(
    .malformedVoice, section: "3.1.18",
    summary: "A V: field names no voice.",
    reason: "Nobody can tell which voice the music behind it belongs to.",
    mend: """
      Write a name without blanks behind 'V:', then what is said of it: 'V:T1
      clef=treble'.
      """,
    bad: """
      X:1
      T:The Tune
      K:C
      V:
      C4|

      """,
    good: """
      X:1
      T:The Tune
      K:C
      V:1
      C4|

      """)
}
