extension Rule {
  static let malformedLength = Rule(
    .malformedLength, section: "4.3",
    summary: "A length cannot be: it is zero, or absurdly large.",
    reason: "No note has such a length, so the bar cannot be played as it is written.",
    mend: "Write a number such as 2, 3/2 or /2.",
    bad: "C4 C/0 C4|",
    good: "C4 C2 C2|")
}
