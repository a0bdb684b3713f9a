extension Rule {
  static let unclosedRepeat = Rule(
    .unclosedRepeat, section: "4.8",
    summary: "A repeat is opened and never closed.",
    reason: "Players and programs do not know what is to be repeated.",
    mend: "Write ':|' where the section ends, or '|' in place of '|:'.",
    bad: "|:C8|C8|]",
    good: "|:C8|C8:|",
    record: Record(right: 14, judged: 14),
    fix: .unsafe("The colon is taken away; nothing is repeated.") { diagnostic, context in
      let start = diagnostic.range.lowerBound
      guard context.byte(at: start) == UInt8(ascii: "|"), context.byte(at: start + 1) == UInt8(ascii: ":")
      else {
        return []
      }
      return [TextEdit((start + 1)..<(start + 2), "")]
    })
}
