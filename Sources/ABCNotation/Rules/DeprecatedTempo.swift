extension Rule {
  static let deprecatedTempo = Rule(
    .deprecatedTempo, section: "3.1.8",
    summary: "A tempo does not say which note it counts.",
    reason: """
      'Q:120' and 'Q:C=120' are outdated: programs do not agree whether they count
      unit lengths or beats.
      """,
    mend: "Name the note: 'Q:1/4=120'.",
    bad: """
      X:1
      T:The Tune
      L:1/8
      Q:240
      K:C
      C8|]

      """,
    good: """
      X:1
      T:The Tune
      L:1/8
      Q:1/8=240
      K:C
      C8|]

      """,
    fix: .safe("The unit length is written before the number.", Fix.replace),
    check: { tune in
      guard let field = tune.score.header.last(where: { $0.letter == "Q" }), let tempo = tune.score.tempo,
        let beat = tempo.beat, !field.value.contains("/"), !field.value.contains("\"")
      else { return }
      tune.report(
        field.range, "this tempo counts unit lengths; write 'Q:\(beat)=\(tempo.beatsPerMinute)'",
        replacement: "\(beat)=\(tempo.beatsPerMinute)")
    })
}
