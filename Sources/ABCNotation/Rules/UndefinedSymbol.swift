extension Rule {
  static let undefinedSymbol = Rule(
    .undefinedSymbol, section: "4.16",
    summary: "A letter that may stand for a symbol stands for none.",
    reason: """
      The letters H to W and h to w are free for a 'U:' field to give them a
      meaning. Without one nothing is played or printed there. Where several stand in
      a row it is rather text.
      """,
    mend: "Give it a meaning, 'U:h = !fermata!', or take it away.",
    bad: "C4 hC4|",
    good: """
      X:1
      T:The Tune
      M:4/4
      L:1/8
      U:h = !fermata!
      K:C
      C4 hC4|

      """,
    record: Record(right: 6, judged: 6),
    fix: .unsafe("The letter is taken away.", Fix.remove))
}
