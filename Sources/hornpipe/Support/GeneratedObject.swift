import TuneGenerator

/// A tune that a model wrote, as an object of JSON.
struct GeneratedObject: Encodable {
  let abc, title: String
  let seed: UInt64
  let ended, clean, completed: Bool
  let draws, kept, characters, errors, warnings: Int

  init(_ tune: GeneratedTune, text: String, of provenance: Provenance) {
    abc = text
    title = tune.score?.title ?? ""
    seed = provenance.seed
    (ended, clean, completed) = (tune.hasEnded, tune.isClean, tune.wasCompleted)
    (draws, kept, characters) = (tune.draws, tune.acceptedDraws, tune.characters)
    (errors, warnings) = (tune.count(.error), tune.count(.warning))
  }
}

extension GeneratedTune {
  /// One sentence on how clean it is.
  var verdict: String {
    if isClean {
      return wasCompleted
        ? "clean: no fault found; brought to an end where the model found none" : "clean: no fault found"
    }
    var faults: [String] = []
    if score == nil { faults.append("no music") }
    if !hasEnded { faults.append("cut off at \(characters) characters") }
    let (errors, warnings) = (count(.error), count(.warning))
    if errors > 0 { faults.append(errors == 1 ? "1 error" : "\(errors) errors") }
    if warnings > 0 { faults.append(warnings == 1 ? "1 warning" : "\(warnings) warnings") }
    if tunebook.tunes.count > 1 { faults.append("\(tunebook.tunes.count) tunes in one") }
    let first = tunebook.diagnostics.first { $0.severity > .info }
    return "not clean: " + faults.joined(separator: ", ") + (first.map { " (first: \($0.message))" } ?? "")
  }
}
