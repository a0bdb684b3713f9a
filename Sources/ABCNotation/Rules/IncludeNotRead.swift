extension Rule {
  static let includeNotRead = Rule(
    .includeNotRead, section: "3.3",
    summary: "A file is asked for and not read.",
    reason: """
      What it says is missing here: 'I:abc-include' names a file of fields, which
      this program does not look for.
      """,
    mend: "Write its lines into the file.",
    bad: """
      %abc-2.1
      I:abc-include symbols.abh

      X:1
      T:The Tune
      K:C
      C4|

      """,
    good: """
      %abc-2.1
      U:T = !trill!

      X:1
      T:The Tune
      K:C
      C4|

      """)
}
