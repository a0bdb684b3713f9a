extension Rule {
  static let missingReferenceNumber = Rule(
    .missingReferenceNumber, section: "3.1.1",
    summary: "A tune starts without its X: field.",
    reason: """
      X: tells programs where a tune begins. Without it they join the tune to the
      one before, or pass it over.
      """,
    mend: "Write 'X:' and a number as the first line of the tune.",
    bad: """
      T:The Tune
      K:C
      C4|

      """,
    good: """
      X:1
      T:The Tune
      K:C
      C4|

      """,
    fix: .safe("'X:' and a number that is free are written before the tune.", isLocal: false) {
      diagnostic, context in
      var start = diagnostic.range.lowerBound
      // Not before the marker that opens a tune of a training text.
      if context.byte(at: start) == UInt8(ascii: "<") {
        start = context.line(at: start, withEnd: true).upperBound
      }
      return [TextEdit(start..<start, "X:\(context.unusedNumber())\n")]
    })
}
