extension Rule {
  static let deprecatedPlusSign = Rule(
    .deprecatedPlusSign, section: "12.1.3",
    summary: "A decoration or a chord stands between '+'.",
    reason: """
      Early versions of ABC wrote chords so, and one version decorations. Programs
      of today may know neither.
      """,
    mend: "Write !trill! and [CEG].",
    bad: "+trill+C8|]",
    good: "!trill!C8|]",
    fix: .safe("Decorations get '!', chords brackets.") { diagnostic, context in
      guard let replacement = diagnostic.replacement else { return [] }
      return [TextEdit(diagnostic.range, replacement)]
    },
    check: { tune in
      guard !tune.score.directives.contains(where: { $0.name == "decoration" || $0.name == "linebreak" })
      else { return }
      for token in tune.tokens([.decoration]) where token.lead == UInt8(ascii: "+") {
        let inner = (token.range.lowerBound + 1)..<(token.range.upperBound - 1)
        let isChord = Interpreter.isOldChord(inner, in: tune.text)
        let name = tune.text.string(inner)
        tune.report(
          token.range, isChord ? "write the chord as [\(name)]" : "write the decoration as !\(name)!",
          replacement: isChord ? "[\(name)]" : "!\(name)!")
      }
    })
}
