extension Rule {
  static let malformedReferenceNumber = Rule(
    .malformedReferenceNumber, section: "3.1.1",
    summary: "An X: field does not hold a number.",
    reason: "Programs find and name tunes by this number.",
    mend: """
      Write a whole number behind 'X:', and whatever else is to be said in another
      field.
      """,
    bad: """
      X:one
      T:The Tune
      K:C
      C4|

      """,
    good: """
      X:1
      T:The Tune
      K:C
      C4|

      """,
    record: Record(right: 1, judged: 1),
    fix: .unsafe("The field gets a number that is free.", isLocal: false) { diagnostic, context in
      [TextEdit(diagnostic.range, "\(context.unusedNumber())")]
    })
}
