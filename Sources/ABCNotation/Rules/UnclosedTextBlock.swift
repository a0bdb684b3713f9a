extension Rule {
  static let unclosedTextBlock = Rule(
    .unclosedTextBlock, section: "11.4.1",
    summary: "A block of text such as %%begintext is not closed.",
    reason: "All that follows is taken for text, music too.",
    mend: "Write '%%endtext' behind the text.",
    bad: """
      X:1
      T:The Tune
      K:C
      C4|
      %%begintext
      A fine tune.

      """,
    good: """
      X:1
      T:The Tune
      K:C
      C4|
      %%begintext
      A fine tune.
      %%endtext

      """)
}
