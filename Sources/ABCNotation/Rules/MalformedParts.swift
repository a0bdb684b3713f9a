extension Rule {
  static let malformedParts = Rule(
    .malformedParts, section: "3.1.9",
    summary: "The order of play in the P: field of a header cannot be understood.",
    reason: "The parts are then played as they stand.",
    mend: "Write letters, counts behind them, and brackets around groups: 'P:A2(BC)2'.",
    bad: """
      X:1
      T:The Tune
      P:A(B2
      K:C
      P:A
      C4|
      P:B
      G4|

      """,
    good: """
      X:1
      T:The Tune
      P:AB2
      K:C
      P:A
      C4|
      P:B
      G4|

      """,
    record: Record(right: 1, judged: 1))
}
