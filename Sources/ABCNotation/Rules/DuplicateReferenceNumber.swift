extension Rule {
  static let duplicateReferenceNumber = Rule(
    .duplicateReferenceNumber, section: "3.1.1",
    summary: "Two tunes of one file share a reference number.",
    reason: """
      Whoever asks for a tune by its number gets only one of them; files named by
      number overwrite each other.
      """,
    mend: "Give each tune of the file a number of its own.",
    bad: """
      X:1
      T:One
      K:C
      C4|

      X:1
      T:Two
      K:C
      C4|

      """,
    good: """
      X:1
      T:One
      K:C
      C4|

      X:2
      T:Two
      K:C
      C4|

      """,
    record: Record(right: 8, judged: 8),
    fix: .safe("The later tune gets a number that is free.", isLocal: false) { diagnostic, context in
      [TextEdit(diagnostic.range, "\(context.unusedNumber())")]
    })
}
