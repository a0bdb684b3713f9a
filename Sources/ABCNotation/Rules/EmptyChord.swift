extension Rule {
  static let emptyChord = Rule(
    .emptyChord, section: "4.17",
    summary: "A chord holds no note.",
    reason: "Nothing sounds, and no time passes.",
    mend: "Write notes between the brackets, or take them away.",
    bad: "C4 [] C4|",
    good: "C4 [CE]4|",
    fix: .safe("The brackets are taken away.", Fix.remove))
}
