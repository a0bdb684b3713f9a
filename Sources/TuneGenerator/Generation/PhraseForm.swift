import CharacterModel

/// Bars that come again, as they do in tunes: a strain's fifth bar is most often its first, its last ones are often those
/// of the strain before. A model that reads character by character has forgotten them by then.
struct PhraseForm: Sendable {
  /// A bar that has been written.
  private struct Bar: Sendable {
    let strain: Int
    let index: Int
    let start: Int
    let end: Int
    let source: Source?
  }

  /// Where a bar is taken from.
  enum Source: Sendable { case fourBarsBefore, strainBefore }

  /// How often a bar is the one four bars before it, by its place in an eight-bar strain: in a first strain and in a later
  /// one. From the fifth bar on, each where the bar before was taken from there too. Counted in the training tunes.
  private static let fourBarsBefore: [(first: Double, later: Double)] = [
    (0.71, 0.45), (0.69, 0.56), (0.35, 0.18), (0.16, 0.13),
  ]
  /// How often a bar is that of the strain before, by its place: where the bar before was not, and where it was.
  private static let strainBefore: [(beginning: Double, goingOn: Double)] = [
    (0, 0), (0.01, 0), (0.05, 0.2), (0.08, 0.5), (0.05, 0.4), (0.05, 0.84), (0.27, 0.84), (0.42, 0.95),
  ]

  private var bars: [Bar] = []

  /// Keeps where a bar stands in the text, and from where it was taken.
  mutating func add(strain: Int, index: Int, start: Int, end: Int, source: Source?) {
    bars.append(Bar(strain: strain, index: index, start: start, end: end, source: source))
  }

  /// Forgets what stands behind a place in the text.
  mutating func forget(behind length: Int) {
    bars.removeAll { $0.end > length }
  }

  /// Draws whether the bar that begins is one that has been written, and which; nil where it is to be a new one.
  func draw(
    strain: Int, index: Int, using random: inout RandomSource
  ) -> (range: Range<Int>, source: Source)? {
    guard index < Self.strainBefore.count else { return nil }
    let before = bars.last { $0.strain == strain && $0.index == index - 1 }?.source
    var chances: [(source: Source, chance: Double)] = []
    if strain > 0 {
      let chance = Self.strainBefore[index]
      chances.append((.strainBefore, before == .strainBefore ? chance.goingOn : chance.beginning))
    }
    if index >= 4, index == 4 || before == .fourBarsBefore {
      let chance = Self.fourBarsBefore[index - 4]
      chances.append((.fourBarsBefore, strain == 0 ? chance.first : chance.later))
    }
    for (source, chance) in chances where random.nextUnit() < chance {
      let (fromStrain, fromIndex) = source == .fourBarsBefore ? (strain, index - 4) : (strain - 1, index)
      guard let bar = bars.last(where: { $0.strain == fromStrain && $0.index == fromIndex }) else { continue }
      return (bar.start..<bar.end, source)
    }
    return nil
  }
}
