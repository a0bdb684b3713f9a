extension Rule {
  static let unequalVoices = Rule(
    .unequalVoices, section: "7",
    summary: "The voices of a tune do not have the same number of bars.",
    reason: """
      They sound together from the first bar on. Where one is shorter, a bar has been
      lost, or the voices have come apart.
      """,
    mend: "Look where they part; 'Z4' is a rest of four bars.",
    bad: """
      X:1
      T:The Tune
      M:4/4
      L:1/8
      K:C
      V:1
      C8|D8|E8|]
      V:2
      C8|D8|]

      """,
    good: """
      X:1
      T:The Tune
      M:4/4
      L:1/8
      K:C
      V:1
      C8|D8|E8|]
      V:2
      C8|D8|Z|]

      """,
    record: Record(right: 7, judged: 8))
}
