extension Rule {
  static let longBar = Rule(
    .longBar, section: "4.8",
    summary: "A bar has more beats than the meter allows.",
    reason: "Voices and accompaniment come apart from there on.",
    mend: """
      Count the notes of the bar: a bar line may be missing, or a note be too
      long. A change of meter is written '[M:3/4]'.
      """,
    bad: "C8|C4 D4 E2|C8|",
    good: "C8|C4 D2 E2|C8|",
    record: Record(right: 11, judged: 12))
}
