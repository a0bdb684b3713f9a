extension Rule {
  static let misspeltDirective = Rule(
    .misspeltDirective, section: "11",
    summary: "A directive looks like another one, misspelt.",
    reason: """
      Directives that nobody knows are passed over without a word by every
      program.
      """,
    mend: "Write it as the message says.",
    bad: """
      X:1
      T:The Tune
      %%propagate-accidental pitch
      K:C
      C4|

      """,
    good: """
      X:1
      T:The Tune
      %%propagate-accidentals pitch
      K:C
      C4|

      """,
    fix: .unsafe("The directive is written as it may be meant, and takes effect.", Fix.replace))
}
