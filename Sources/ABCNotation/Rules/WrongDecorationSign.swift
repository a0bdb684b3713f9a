extension Rule {
  static let wrongDecorationSign = Rule(
    .wrongDecorationSign, section: "4.14",
    summary: """
      A decoration stands between signs that a directive has given another
      meaning.
      """,
    reason: """
      'I:decoration +' says that decorations stand between '+'; programs that obey
      do not see this one.
      """,
    mend: "Write it between '+', or take the directive away.",
    bad: """
      X:1
      T:The Tune
      I:decoration +
      K:C
      !trill!C4|

      """,
    good: """
      X:1
      T:The Tune
      I:decoration +
      K:C
      +trill+C4|

      """,
    fix: .safe("The signs become '+'.") { diagnostic, context in
      let inner = (diagnostic.range.lowerBound + 1)..<(diagnostic.range.upperBound - 1)
      return [TextEdit(diagnostic.range, "+\(context.source.string(inner))+")]
    })
}
