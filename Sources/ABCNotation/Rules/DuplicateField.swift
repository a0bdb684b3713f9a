extension Rule {
  static let duplicateField = Rule(
    .duplicateField, section: "3.1",
    summary: "A field that can hold but once stands twice in a header.",
    reason: """
      The later one holds, and some programs take the first. One of them is a
      mistake.
      """,
    mend: "Keep the one that is right.",
    bad: """
      X:1
      T:The Tune
      M:4/4
      M:3/4
      K:C
      C6|

      """,
    good: """
      X:1
      T:The Tune
      M:3/4
      K:C
      C6|

      """,
    record: Record(right: 1, judged: 1))
}
