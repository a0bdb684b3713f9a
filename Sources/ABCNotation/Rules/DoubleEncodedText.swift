extension Rule {
  static let doubleEncodedText = Rule(
    .doubleEncodedText, section: "2.2.2",
    summary: "Text that was UTF-8 has been taken for Latin-1 and made UTF-8 once more.",
    reason: "Readers see two or three odd characters in place of one letter.",
    mend: "Write the letter that is meant.",
    bad: """
      X:1
      T:CafÃ© Orchestra
      K:C
      C4|

      """,
    good: """
      X:1
      T:Café Orchestra
      K:C
      C4|

      """,
    fix: .safe("The letter that was meant is written.", Fix.replace))
}
