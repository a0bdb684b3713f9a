extension Rule {
  static let emptyField = Rule(
    .emptyField, section: "3",
    summary: "A field says nothing.",
    reason: "It is a form that nobody filled in; lists and sheets show an empty line.",
    mend: "Fill it in, or take the line away.",
    bad: """
      X:1
      T:The Tune
      C:
      K:C
      C8|]

      """,
    good: """
      X:1
      T:The Tune
      C:Trad.
      K:C
      C8|]

      """,
    fix: .safe("The line is taken away.", Fix.removeLine),
    check: { tune in
      for field in tune.fieldLines where field.text.isEmpty && "ABCDFGHNORSZ".utf8.contains(field.letter) {
        // A comment behind it would be lost.
        guard !field.line.contains(where: { tune.text[$0] == UInt8(ascii: "%") }) else { continue }
        tune.report(field.line, "'\(Character(Unicode.Scalar(field.letter))):' says nothing")
      }
    })
}
