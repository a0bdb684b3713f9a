extension Rule {
  static let notUTF8 = Rule(
    .notUTF8, section: "2.2.2",
    summary: "The file is not UTF-8 although nothing says so.",
    reason: """
      Without a first line such as '%abc-2.1' or a charset of its own a file is
      taken for UTF-8. Bytes that are no UTF-8 are read as Latin-1, which is right
      for most old collections and shows wrong letters for the others.
      """,
    mend: """
      Save the file as UTF-8, or say which characters it has: '%%abc-charset
      iso-8859-1'.
      """,
    bad: """
      X:1
      T:Café
      K:C
      C4|

      """,
    good: """
      X:1
      T:Café
      K:C
      C4|

      """,
    fix: .safe("The file becomes UTF-8.", isLocal: false) { diagnostic, _ in
      [TextEdit(diagnostic.range.lowerBound..<diagnostic.range.lowerBound, "")]
    })
}
