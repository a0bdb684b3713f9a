extension Rule {
  static let missingBarLine = Rule(
    .missingBarLine, section: "2.2.1",
    summary: """
      A line of music ends with a full bar and no bar line, and the next line goes
      on.
      """,
    reason: """
      The end of a line is no bar line. To a program the bar goes on into the next
      line and is too long; accidentals hold on, and accompaniment comes apart.
      """,
    mend: "Write '|' at the end of the line.",
    bad: "C8|C4 D4\nE8|C8|",
    good: "C8|C4 D4|\nE8|C8|",
    record: Record(right: 13, judged: 14),
    fix: .safe(
      """
      '|' is written there. Where an accidental would then no longer hold in the next line, only with \
      --unsafe-fixes.
      """
    ) { diagnostic, context in
      var start = diagnostic.range.lowerBound
      while let byte = context.byte(at: start - 1), byte != UInt8(ascii: "|") {
        if "^_=".utf8.contains(byte), !context.allowsUnsafe { return [] }
        start -= 1
      }
      return [TextEdit(diagnostic.range, "|")]
    })
}
