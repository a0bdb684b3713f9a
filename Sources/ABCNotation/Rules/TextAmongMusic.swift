extension Rule {
  static let textAmongMusic = Rule(
    .textAmongMusic, section: "2.2.1",
    summary: "A line among the music is text.",
    reason: """
      Every letter from A to G in it is played as a note, and the rest is passed
      over.
      """,
    mend: "Put '%' before it, or 'N:' if it is to be kept as a note.",
    bad: """
      C8|
      Tune given by my uncle Joe, 1911
      C8|
      """,
    good: """
      C8|
      % Tune given by my uncle Joe, 1911
      C8|
      """,
    record: Record(right: 8, judged: 8),
    fix: .unsafe("The line becomes a comment.") { diagnostic, context in
      let start = context.line(at: diagnostic.range.lowerBound).lowerBound
      return [TextEdit(start..<start, "% ")]
    })
}
