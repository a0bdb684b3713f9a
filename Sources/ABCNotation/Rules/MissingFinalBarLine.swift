extension Rule {
  static let missingFinalBarLine = Rule(
    .missingFinalBarLine, section: "4.8",
    summary: "The tune does not end with a double bar or a repeat.",
    reason: "Players see by it that nothing is lost.",
    mend: "End the tune with '|]'.",
    bad: "C8|D8|",
    good: "C8|D8|]",
    fix: .safe("'|]' is written in place of the last '|'.", Fix.replace),
    check: { tune in
      guard let voice = tune.score.voices.first, let last = voice.measures.last else { return }
      if let closing = last.closing, closing.isSectionEnd { return }
      let end = last.range.upperBound
      let hasBar = last.closing != nil && tune.text[end - 1] == UInt8(ascii: "|")
      tune.report(
        hasBar ? (end - 1)..<end : end..<end, "the tune ends without a double bar; write '|]'",
        replacement: hasBar ? "|]" : nil)
    })
}
