extension Rule {
  static let suspiciousKey = Rule(
    .suspiciousKey, section: "3.1.14",
    summary: "A sharp or flat of the key is taken back at every note.",
    reason: """
      Where a tune in D has nothing but naturals on its Cs it is rather in D
      mixolydian.
      """,
    mend: "Name the mode: 'K:Dmix'.",
    bad: """
      X:1
      T:The Tune
      M:4/4
      L:1/8
      K:D
      A2=c2A2G2|A2=c2A2G2|A2=c2d2=c2|A8|]

      """,
    good: """
      X:1
      T:The Tune
      M:4/4
      L:1/8
      K:Dmix
      A2c2A2G2|A2c2A2G2|A2c2d2c2|A8|]

      """,
    check: { tune in
      guard let field = tune.score.header.last(where: { $0.letter == "K" }) else { return }
      for step in Step.allCases where tune.score.key.alterations[step] != 0 {
        var count = 0
        var written = 0
        var contradicted = 0
        for voice in tune.score.voices {
          guard voice.measures.allSatisfy({ $0.key == tune.score.key }) else { return }
          for note in voice.notes where note.step == step {
            count += 1
            if note.hasAccidental { written += 1 }
            if note.alteration == 0 { contradicted += 1 }
          }
        }
        guard count >= 4, contradicted == count, written * 2 >= count else { continue }
        tune.report(
          field.range, "every \("\(step)".uppercased()) of this tune is a natural, but the key alters it")
      }
    })
}
