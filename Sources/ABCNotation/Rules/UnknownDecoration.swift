extension Rule {
  static let unknownDecoration = Rule(
    .unknownDecoration, section: "4.14",
    summary: "A decoration has a name that nobody knows.",
    reason: "It is neither played nor printed.",
    mend: "Write a name of the standard, such as !trill!, !fermata! or !mf!.",
    bad: "!tril!C8|",
    good: "!trill!C8|",
    record: Record(right: 5, judged: 5),
    fix: .unsafe("The name that differs by one letter is written, if there is one.", Fix.replace))
}
