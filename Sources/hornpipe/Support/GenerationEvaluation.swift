import ABCNotation
import ArgumentParser
import CharacterModel
import TuneGenerator

/// What the tunes of a model are like: how many are clean, what they copy, how they are built.
struct GenerationEvaluation {
  let command: Evaluate
  let model: RecurrentModel
  let temperatures: [Double]

  /// Writes so many tunes at each temperature and reports on them.
  func run(_ count: Int) throws {
    Interruption.listen()
    if let page = command.page { try OutputFile.check(page) }
    let training = try command.training.map { LearntTunes(try CopyLimit.scores($0)) }
    let people = try command.heldOut.map { TuneSetReport(try CopyLimit.scores($0), beside: training) }
    var page = GenerationPage(
      title: command.model[0], isConstrained: !command.unconstrained, training: training, people: people)
    if !command.json, let training { show(training, people) }
    for temperature in temperatures {
      let options = TuneWriter.Options(
        sampling: SamplingOptions(temperature: temperature), isConstrained: !command.unconstrained)
      var cleanliness = CleanlinessReport()
      var scores: [Score] = []
      var progress = ProgressBar(quiet: command.json)
      try TuneRun(writer: TuneWriter(model: model), options: options, jobs: nil).write(
        (0..<count).map { command.seed &+ UInt64($0) }
      ) { index, tune in
        cleanliness.add(tune)
        if let score = tune.score { scores.append(score) }
        progress.draw(
          Double(index + 1) / Double(count), "temperature \(temperature): \(index + 1) of \(count) tunes")
      }
      progress.clear()
      let tunes = TuneSetReport(scores, beside: training)
      page.add(temperature: temperature, cleanliness, tunes)
      if command.json {
        try Console.writeJSON(Evaluate.Cleanliness(cleanliness, tunes, temperature: temperature))
      } else {
        show(cleanliness, tunes, temperature: temperature)
      }
    }
    if let path = command.page { try OutputFile.write(page.html.utf8, to: path) }
  }

  private func show(_ training: LearntTunes, _ people: TuneSetReport?) {
    let halves = training.halves
    Console.write(
      "training tunes: \(training.index.count); between their halves: \(Self.text(halves))\n")
    show(training.structure)
    guard let people else { return }
    Console.write("held-out tunes: \(people.count)\n")
    show(people)
  }

  private func show(_ report: CleanlinessReport, _ tunes: TuneSetReport, temperature: Double) {
    Console.write("temperature \(temperature), \(report.ended.total) tunes\n")
    for (name, rate) in [
      ("ended", report.ended), ("without error", report.withoutError), ("clean", report.clean),
      ("right bars", report.rightBars),
    ] { Console.write("  \(name): \(rate.text())\n") }
    if let kept = report.keptProbability {
      Console.write("  the constraint leaves \(kept.percent) % of the probability\n")
      Console.write("  brought to an end where the model found none: \(report.completed.text())\n")
    }
    for (code, count) in report.findings.sorted(by: { $0.key < $1.key }) {
      Console.write("  \(code): \(count)\n")
    }
    show(tunes)
    for tune in report.worst {
      let findings = tune.tunebook.diagnostics.filter { $0.severity > .info }.map(\.message)
      Console.write(
        "  among the worst: \(tune.score?.title ?? "no tune"): \(findings.prefix(2).joined(separator: "; "))\n"
      )
    }
  }

  private func show(_ tunes: TuneSetReport) {
    show(tunes.structure)
    if let novelty = tunes.novelty {
      Console.write(
        "  shared with a training tune (median, ninth tenth): notes in a row \(novelty.longestRun.text()), "
          + "bars in a row \(novelty.copiedBars.text()), "
          + "distance to the nearest \(novelty.nearestDistance.text(decimals: 2))\n")
      for (title, training, distance) in novelty.nearest {
        Console.write("    nearest: \(title), \(distance.text(decimals: 2)) from \(training)\n")
      }
    }
    if let divergences = tunes.divergences {
      Console.write("  from the training tunes: \(Self.text(divergences))\n")
    }
  }

  private func show(_ structure: TuneSetReport.Structure) {
    Console.write("  forms: \(structure.commonestForms(5))\n")
    Console.write(
      "  strains of eight bars: \(structure.eightBarStrains.text()); ends on the tonic: "
        + "\(structure.endsOnTonic.text())\n")
    Console.write(
      "  range \(structure.range.text()) semitones; bars that come again "
        + "\(structure.repeatedBars.text(decimals: 2))\n")
  }

  private static func text(_ divergences: TuneSetReport.Divergences) -> String {
    "pitches \(divergences.pitchClass.text(decimals: 4)), intervals \(divergences.interval.text(decimals: 4)), "
      + "lengths \(divergences.duration.text(decimals: 4)) bits"
  }
}
