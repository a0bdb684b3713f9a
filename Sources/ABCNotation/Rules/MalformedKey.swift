extension Rule {
  static let malformedKey = Rule(
    .malformedKey, section: "3.1.14",
    summary: "A K: field cannot be understood.",
    reason: "All notes of the tune may be wrong by a semitone.",
    mend: """
      Write a letter from A to G, '#' or 'b' where needed, and a mode: 'K:Bb',
      'K:Ador', 'K:F#m'; 'K:none' for no key.
      """,
    bad: """
      X:1
      T:The Tune
      K:H
      C4|

      """,
    good: """
      X:1
      T:The Tune
      K:Bm
      C4|

      """,
    record: Record(right: 5, judged: 5))
}
