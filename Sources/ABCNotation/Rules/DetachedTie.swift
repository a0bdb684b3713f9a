extension Rule {
  static let detachedTie = Rule(
    .detachedTie, section: "4.11",
    summary: "A tie does not stand straight behind its note.",
    reason: "The standard asks for it; programs that take it strictly lose the tie.",
    mend: "Take the blank before the '-' away.",
    bad: "C4 -C4|",
    good: "C4-C4|")
}
