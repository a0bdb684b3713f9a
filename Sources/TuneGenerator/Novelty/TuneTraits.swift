import ABCNotation

/// What a musician sees of a tune at a glance: its form, where it ends, how far it reaches, how much comes again.
struct TuneTraits: Sendable {
  /// The strains in letters, one for each time it is played, equal strains alike: `AABB`; nil where there is no simple form.
  let form: String?
  /// Whether every strain has eight bars, a pickup not counted.
  let hasEightBarStrains: Bool
  /// Whether the last note is the tonic.
  let endsOnTonic: Bool
  /// From the lowest note to the highest, in semitones.
  let range: Int
  /// The part of the bars that have come before, notes and lengths, 0…1.
  let repeatedBars: Double

  /// Nil for a score without notes.
  init?(_ score: Score) {
    guard let melody = Melody(score), let low = melody.pitches.min(), let high = melody.pitches.max(),
      let last = melody.pitches.last
    else { return nil }
    range = high - low
    endsOnTonic = score.key.tonicPitchClass.map { last % 12 == $0 } ?? false
    var seen: Set<[Int]> = []
    var (count, again) = (0, 0)
    for bar in melody.bars.indices where !melody.bars[bar].isEmpty {
      count += 1
      if !seen.insert(melody.content(ofBar: bar)).inserted { again += 1 }
    }
    repeatedBars = Double(again) / Double(max(count, 1))
    let strains = TuneForm(score)?.strains
    let measures = score.voices[0].measures
    form = strains.map { Self.letters(of: $0, melody) }
    // A pickup before `|:` is no strain.
    let whole = strains?.filter { $0.firstPass.count > 1 }
    hasEightBarStrains = whole?.allSatisfy { Self.bars(of: $0, measures) == 8 } ?? false
  }

  /// The bars of one pass without a pickup: a short bar counts only at the end.
  private static func bars(of strain: TuneForm.Strain, _ measures: [Measure]) -> Int {
    let bars = strain.firstPass
    guard let first = bars.first, bars.count > 1, let full = measures[first].expectedLength,
      measures[first].length < full
    else { return bars.count }
    return bars.count - 1
  }

  private static func letters(of strains: [TuneForm.Strain], _ melody: Melody) -> String {
    var known: [[Int]] = []
    var text = ""
    for strain in strains where strain.firstPass.count > 1 {
      let content = strain.firstPass.flatMap { melody.content(ofBar: $0) }
      let number = known.firstIndex(of: content) ?? known.count
      if number == known.count { known.append(content) }
      let letter = String(UnicodeScalar(UInt8(65 + min(number, 25))))
      text += strain.isRepeated ? letter + letter : letter
    }
    return text
  }
}

extension Key {
  /// The tonic, 0 for C to 11 for B; nil without one.
  var tonicPitchClass: Int? {
    guard let tonic else { return nil }
    return (tonic.semitones + tonicAlteration + 12) % 12
  }
}
