extension Rule {
  static let shortBar = Rule(
    .shortBar, section: "4.8",
    summary: "A bar has fewer beats than the meter asks for.",
    reason: """
      Voices and accompaniment come apart from there on. Pickups, the last bars
      that make up for them, and bars that a repeat sign splits are no faults.
      """,
    mend: """
      Count the notes of the bar: one may be missing, or too short. A change of
      meter is written '[M:3/4]'.
      """,
    bad: "C8|C4 D2|C8|",
    good: "C8|C4 D4|C8|",
    record: Record(right: 12, judged: 12))
}
