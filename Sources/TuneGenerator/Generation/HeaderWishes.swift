/// What the header of a tune must say; nil leaves it to the model.
struct HeaderWishes: Sendable, Equatable {
  var title: String?
  var style: String?
  var rhythm: String?
  var meter: String?
  var key: String?

  /// The usual order of the fields of a header.
  static let order: [Character] = ["X", "T", "N", "R", "M", "L", "K"]

  /// Those of them that can be prescribed.
  static let letters = order.filter { $0 != "X" && $0 != "L" }

  /// The field of a letter as a line, if it is prescribed.
  func line(_ letter: Character) -> String? {
    switch letter {
    case "T": title.map { "T:\($0)\n" }
    case "N": style.map(NormalForm.line(style:))
    case "R": rhythm.map { "R:\($0)\n" }
    case "M": meter.map { "M:\($0)\n" }
    case "K": key.map { "K:\($0)\n" }
    default: nil
    }
  }

  /// The first of them that cannot be said in a header.
  var impossible: Character? {
    Self.letters.first { letter in
      guard let line = line(letter) else { return false }
      let before = letter == "T" ? "X:1\n" : letter == "K" ? "X:1\nT:A\nM:4/4\nL:1/8\n" : "X:1\nT:A\n"
      return TuneConstraint().taking(before + line) == nil
    }
  }

  /// What stands behind the colon of a field that is asked for.
  func value(_ letter: Character) -> String { line(letter).map { String($0.dropFirst(2).dropLast()) } ?? "" }

  /// The line of a header that must come next where the model finds none; nil where nothing is missing.
  func missingLine(_ fields: [Character]) -> String? {
    let usual: [Character: String] = [
      "X": "X:1\n", "T": "T:Untitled\n", "M": "M:4/4\n", "L": "L:1/8\n", "K": "K:C\n",
    ]
    return Self.order.filter { !fields.contains($0) }.compactMap { line($0) ?? usual[$0] }.first
  }

  /// A constraint for a tune with this header.
  func constraint(_ plan: FormPlan) -> TuneConstraint {
    TuneConstraint(plan: plan, joinsRhythmAndMeter: rhythm == nil || meter == nil, meter: meter ?? "")
  }
}
