extension Rule {
  static let strayTie = Rule(
    .strayTie, section: "4.11",
    summary: "A tie leads to a note of another pitch, or to nothing.",
    reason: """
      A tie joins notes of one pitch. Between others a slur is meant, which is
      written in another way.
      """,
    mend: "Write a slur, '(CD)', or take the '-' away.",
    bad: "C4-D4|C8|",
    good: "C4-C4|C8|",
    record: Record(right: 14, judged: 14),
    fix: .unsafe("The tie is taken away.") { diagnostic, context in
      let end = diagnostic.range.upperBound - 1
      guard context.byte(at: end) == UInt8(ascii: "-") else { return [] }
      return [TextEdit(end..<(end + 1), "")]
    })
}
