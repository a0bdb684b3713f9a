extension Rule {
  static let malformedTempo = Rule(
    .malformedTempo, section: "3.1.8",
    summary: "A Q: field cannot be understood.",
    reason: "The tune is played at a tempo that nobody asked for.",
    mend: """
      Write a note length and how many there are in a minute, 'Q:1/4=120', or a
      word between quotation marks: 'Q:"Allegro"'.
      """,
    bad: """
      X:1
      T:The Tune
      Q:fast
      K:C
      C4|

      """,
    good: """
      X:1
      T:The Tune
      Q:1/4=120
      K:C
      C4|

      """,
    record: Record(right: 7, judged: 7))
}
