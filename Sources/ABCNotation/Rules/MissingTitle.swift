extension Rule {
  static let missingTitle = Rule(
    .missingTitle, section: "3.1.2",
    summary: "A tune has no T: field.",
    reason: """
      The standard asks for a title as the second line of every tune; lists, file
      names and sheet music show it.
      """,
    mend: "Write 'T:' and the title behind the X: field.",
    bad: """
      X:1
      K:C
      C4|

      """,
    good: """
      X:1
      T:The Tune
      K:C
      C4|

      """,
    fix: .unsafe("'T:Untitled' is written behind 'X:'.") { diagnostic, context in
      guard let number = context.headerLine("X", ofTuneAt: diagnostic.range.lowerBound) else { return [] }
      return [TextEdit(number.upperBound..<number.upperBound, "T:Untitled\n")]
    })
}
