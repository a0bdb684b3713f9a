extension Rule {
  static let malformedSymbol = Rule(
    .malformedSymbol, section: "4.16",
    summary: "A U: field cannot be understood.",
    reason: "The letter keeps its old meaning, or none.",
    mend: """
      Write a letter from H to Y or h to w, '=', and a decoration: 'U:T =
      !trill!'.
      """,
    bad: """
      X:1
      T:The Tune
      U:T trill
      K:C
      TC4|

      """,
    good: """
      X:1
      T:The Tune
      U:T = !trill!
      K:C
      TC4|

      """)
}
