import ABCNotation

/// The rhythm of the chords where no `%%MIDI gchord` gives one.
///
/// The meters that abc2midi knows have its patterns: 2/2, 4/4, free meter, 2/4, 3/4, 3/8, 6/4, 6/8, 9/8, 12/8,
/// and 5 and 7 over 4 or 8. Where abc2midi is silent, a pattern is made after theirs: bass on the beat, chord behind
/// it. A meter that gives its groups, such as (3+2)/8, has a bass note at the start of each group.
enum DefaultChordPattern {
  /// The pattern of one bar.
  static func pattern(for meter: Meter) -> StrokePattern<ChordStroke> {
    let letters = letters(for: meter)
    return StrokePattern(chordLetters: letters.utf8) ?? wholeBar
  }

  /// Bass and chord once a bar, for meters too long for a pattern.
  private static var wholeBar: StrokePattern<ChordStroke> {
    guard let pattern = StrokePattern(chordLetters: "b".utf8) else { preconditionFailure("b is a letter") }
    return pattern
  }

  /// The letters of the pattern, as a `gchord` command would have them.
  static func letters(for meter: Meter) -> String {
    if meter.isFree { return "fzczfzcz" }
    let beats = meter.numerator
    let isSlow = meter.noteValue <= 4
    guard beats <= 60 else { return "b" }
    if meter.beats.count > 1 { return meter.beats.map { group($0, isSlow: isSlow) }.joined() }
    switch (beats, meter.noteValue) {
    case (2, 2): return "fzczfzcz"
    case (3, _): return "fzczcz"
    case (5, _): return "fzbcz"
    case (7, _): return "fzbczcz"
    case (6, ...4): return "fzczfzczfzcz"
    default: break
    }
    if meter.isCompound { return String(repeating: "fzc", count: beats / 3) }
    if isSlow, beats % 2 == 0 { return String(repeating: "fzcz", count: beats / 2) }
    if !isSlow, beats % 4 == 0 { return String(repeating: "fzcz", count: beats / 4) }
    return groups(beats).map { group($0, isSlow: isSlow) }.joined()
  }

  /// One group of beats: a bass note, then chords. Slow beats have two letters each.
  private static func group(_ beats: Int, isSlow: Bool) -> String {
    if beats > 4 { return groups(beats).map { group($0, isSlow: isSlow) }.joined() }
    if isSlow { return beats == 1 ? "fc" : "fz" + String(repeating: "cz", count: beats - 1) }
    return ["f", "fc", "fzc", "fzcz"][max(beats, 1) - 1]
  }

  /// Splits beats into groups of three and four, and two where need be.
  private static func groups(_ beats: Int) -> [Int] {
    var groups: [Int] = []
    var rest = beats
    while rest > 4 {
      let next = rest % 4 == 0 ? 4 : 3
      groups.append(next)
      rest -= next
    }
    return groups + [rest]
  }
}
