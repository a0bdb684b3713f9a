extension Rule {
  static let excessSyllables = Rule(
    .excessSyllables, section: "5.1",
    summary: "A line of lyrics has more syllables than the music has notes.",
    reason: "The last words have no note to be sung on.",
    mend: """
      Count: a '-' parts two syllables, '~' joins two words under one note, '_' holds
      a syllable for one more note, and '*' leaves a note out.
      """,
    bad: """
      C4 D4|
      w: one two three
      """,
    good: """
      C4 D2D2|
      w: one two three
      """,
    record: Record(right: 4, judged: 4))
}
