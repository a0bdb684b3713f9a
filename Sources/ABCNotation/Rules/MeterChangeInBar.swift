extension Rule {
  static let meterChangeInBar = Rule(
    .meterChangeInBar, section: "3.1.6",
    summary: "The meter changes within a bar.",
    reason: "A meter holds for whole bars; from which beat on it counts here nobody can tell.",
    mend: "Write the change behind a bar line.",
    bad: "C4[M:3/4]D4|E6|]",
    good: "C4D4|[M:3/4]E6|]",
    check: { tune in
      for voice in tune.score.voices {
        for measure in voice.measures {
          for change in measure.changes where change.onset > .zero && change.onset < measure.length {
            if case .meter = change.kind { tune.report(change.range, "the meter changes within a bar") }
          }
        }
      }
    })
}
