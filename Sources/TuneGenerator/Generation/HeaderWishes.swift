/// What the header of a tune must say; nil leaves it to the model.
struct HeaderWishes: Sendable, Equatable {
  var title: String?
  var style: String?
  var rhythm: String?
  var meter: String?
  var key: String?

  /// Prescribed fields in their order.
  static let letters: [Character] = ["T", "N", "R", "M", "K"]

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

  /// Whether each of them can be said in a header.
  var isPossible: Bool {
    Self.letters.allSatisfy { letter in
      guard let line = line(letter) else { return true }
      let before = letter == "T" ? "X:1\n" : letter == "K" ? "X:1\nT:A\nM:4/4\nL:1/8\n" : "X:1\nT:A\n"
      return TuneConstraint().taking(before + line) != nil
    }
  }

  /// A constraint for a tune with this header.
  func constraint(_ plan: FormPlan) -> TuneConstraint {
    TuneConstraint(plan: plan, joinsRhythmAndMeter: rhythm == nil || meter == nil)
  }
}
