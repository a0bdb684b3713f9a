extension Rule {
  static let missingKey = Rule(
    .missingKey, section: "3.1.14",
    summary: "A tune header has no K: field.",
    reason: """
      K: ends the header. Without it nobody can tell where the music begins, and
      most programs play nothing.
      """,
    mend: "Put a line such as 'K:G' before the first line of music.",
    bad: """
      X:1
      T:The Tune
      M:4/4
      C4 G4|

      """,
    good: """
      X:1
      T:The Tune
      M:4/4
      K:C
      C4 G4|

      """,
    record: Record(right: 2, judged: 3),
    fix: .unsafe("'K:C' is written before the music.") { diagnostic, context in
      let start = context.line(at: diagnostic.range.lowerBound).lowerBound
      return [TextEdit(start..<start, "K:C\n")]
    })
}
