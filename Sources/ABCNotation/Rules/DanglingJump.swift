extension Rule {
  static let danglingJump = Rule(
    .danglingJump, section: "4.14",
    summary: "A jump leads to a sign that is not there.",
    reason: "!D.S.! goes back to the !segno!, !dacoda! on to the !coda!.",
    mend: "Write the sign at the note where it belongs.",
    bad: "C8|!D.S.!D8|]",
    good: "!segno!C8|!D.S.!D8|]")
}
