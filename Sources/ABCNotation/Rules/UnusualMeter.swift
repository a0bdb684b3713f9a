extension Rule {
  static let unusualMeter = Rule(
    .unusualMeter, section: "3.1.12",
    summary: "The rhythm in R: and the meter in M: do not go together.",
    reason: """
      A reel has four quarters, a jig six eighths, a waltz three quarters. Where the
      fields disagree one of them is wrong, and players find the tune under the
      wrong name.
      """,
    mend: "Mend the one that is wrong.",
    bad: """
      X:1
      T:The Tune
      R:jig
      M:4/4
      K:C
      C8|]

      """,
    good: """
      X:1
      T:The Tune
      R:reel
      M:4/4
      K:C
      C8|]

      """,
    check: { tune in
      let meters: [(String, [String])] = [
        ("slip jig", ["9/8"]), ("hop jig", ["9/8"]), ("slide", ["12/8", "6/8"]),
        ("double jig", ["6/8"]), ("single jig", ["6/8", "12/8"]), ("jig", ["6/8", "9/8", "12/8"]),
        ("reel", ["4/4", "2/2", "2/4", "C", "C|"]), ("hornpipe", ["4/4", "2/2", "2/4", "3/2", "C", "C|"]),
        ("strathspey", ["4/4", "2/2", "C", "C|"]), ("waltz", ["3/4", "3/8"]), ("polka", ["2/4", "4/4", "C"]),
        ("mazurka", ["3/4"]), ("barndance", ["4/4", "2/2", "C", "C|"]),
      ]
      let fields = tune.score.header
      guard let rhythm = fields.last(where: { $0.letter == "R" }),
        let meter = fields.last(where: { $0.letter == "M" }),
        let (name, usual) = meters.first(where: { rhythm.value.lowercased() == $0.0 })
      else { return }
      let written = meter.value.filter { $0 != " " }
      guard !usual.contains(written), tune.score.meter.barLength != nil else { return }
      tune.report(meter.range, "a \(name) is hardly ever in \(written); \(usual[0]) would be usual")
    })
}
