/// The form that a tune is to have: its strains, which of them are repeated, and how many bars each has.
public struct FormPlan: Sendable, Equatable {
  /// For each strain whether it is repeated; nil leaves number and repeats to the model.
  public let repeats: [Bool]?
  /// The bars of each strain, a pickup not counted; nil leaves them to the model.
  public let bars: Int?

  /// No form is asked for.
  static let any = FormPlan(repeats: nil, bars: nil)

  private init(repeats: [Bool]?, bars: Int?) {
    self.repeats = repeats
    self.bars = bars
  }

  /// Reads a form in letters, one for each time that a strain is played: `AABB`, `AAB`, `ABC`.
  ///
  /// Nil where the letters do not come in order, where one is played more than twice, or where `bars` is not 2...64.
  public init?(parts: String?, bars: Int?) {
    if let bars, !(2...64).contains(bars) { return nil }
    self.bars = bars
    guard let parts else {
      repeats = nil
      return
    }
    var repeats: [Bool] = []
    var latest: UInt32 = 64
    for letter in parts.uppercased().unicodeScalars {
      guard ("A"..."Z").contains(letter) else { return nil }
      if letter.value == latest, repeats.last == false {
        repeats[repeats.count - 1] = true
      } else if letter.value == latest + 1 {
        repeats.append(false)
        latest = letter.value
      } else {
        return nil
      }
    }
    guard !repeats.isEmpty else { return nil }
    self.repeats = repeats
  }

  /// Characters that the plainest way to the end can take.
  var charactersAtMost: Int { self == .any ? 40 : 60 + 6 * (repeats?.count ?? 1) * (bars ?? 2) }

  /// Whether a strain, counted from 0, may be repeated or not.
  func allows(strain: Int, isRepeated: Bool) -> Bool {
    guard let repeats else { return true }
    return strain < repeats.count && repeats[strain] == isRepeated
  }

  /// Whether the tune may end behind a strain.
  func mayEnd(afterStrain strain: Int) -> Bool { repeats.map { strain + 1 == $0.count } ?? true }

  /// Whether more may come behind a strain.
  func goesOn(afterStrain strain: Int) -> Bool { repeats.map { strain + 1 < $0.count } ?? true }
}
