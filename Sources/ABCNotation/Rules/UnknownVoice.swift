extension Rule {
  static let unknownVoice = Rule(
    .unknownVoice, section: "11.2",
    summary: "%%score or %%staves names a voice that the tune does not have.",
    reason: "A staff stays empty, or the program stops.",
    mend: "Write the name as 'V:' does.",
    bad: """
      X:1
      T:The Tune
      %%score (1 3)
      M:4/4
      L:1/8
      K:C
      V:1
      C8|]
      V:2
      C8|]

      """,
    good: """
      X:1
      T:The Tune
      %%score (1 2)
      M:4/4
      L:1/8
      K:C
      V:1
      C8|]
      V:2
      C8|]

      """)
}
