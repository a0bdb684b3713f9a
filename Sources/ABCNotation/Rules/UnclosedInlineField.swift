extension Rule {
  static let unclosedInlineField = Rule(
    .unclosedInlineField, section: "3",
    summary: "An inline field is not closed on its line.",
    reason: "The music behind it is taken for the field.",
    mend: "Write ']' behind the field: '[K:G]'.",
    bad: "C8|[K:G C8|",
    good: "C8|[K:G]C8|")
}
