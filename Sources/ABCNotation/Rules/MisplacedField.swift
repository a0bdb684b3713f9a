extension Rule {
  static let misplacedField = Rule(
    .misplacedField, section: "3",
    summary: "A field of the header stands among the music.",
    reason: """
      The standard has composer, source, history and the like in the header alone.
      Programs pass it over here.
      """,
    mend: "Move the line into the header.",
    bad: """
      X:1
      T:The Tune
      K:C
      C4 C4|
      C:Trad.
      C4 C4|]

      """,
    good: """
      X:1
      T:The Tune
      C:Trad.
      K:C
      C4 C4|
      C4 C4|]

      """,
    fix: .safe("The line is moved before 'K:'.") { diagnostic, context in
      guard let key = context.headerLine("K", ofTuneAt: diagnostic.range.lowerBound) else { return [] }
      let line = context.line(at: diagnostic.range.lowerBound, withEnd: true)
      var text = context.source.string(line)
      if !text.utf8.contains(where: \.isLineEnd) { text += "\n" }
      return [TextEdit(key.lowerBound..<key.lowerBound, text), TextEdit(line, "")]
    },
    check: { tune in
      for field in tune.fieldLines where field.isInBody && "ABCDFGHOSZ".utf8.contains(field.letter) {
        let letter = Character(Unicode.Scalar(field.letter))
        tune.report(field.line, "'\(letter):' belongs into the header, before 'K:'")
      }
    })
}
