import ABCNotation

/// The tempo of a tune that gives none: what dancers expect of its rhythm, else of its meter.
enum DefaultTempo {
  static func tempo(rhythm: String?, meter: Meter) -> ABCNotation.Tempo {
    let dotted = Fraction(3, 8)
    let quarter = Fraction(1, 4)
    let half = Fraction(1, 2)
    let rhythm = (rhythm ?? "").lowercased()
    let known: [(String, Fraction, Int)] = [
      ("slip jig", dotted, 112), ("single jig", dotted, 124), ("slide", dotted, 132), ("jig", dotted, 116),
      ("reel", half, 104), ("hornpipe", half, 76), ("polka", quarter, 126), ("waltz", quarter, 132),
      ("mazurka", quarter, 132), ("strathspey", half, 64), ("march", quarter, 104), ("barndance", half, 84),
      ("schottische", half, 76), ("air", quarter, 80), ("fling", half, 80), ("clog", half, 76),
    ]
    for (name, beat, rate) in known where rhythm.contains(name) && (beat == dotted) == meter.isCompound {
      return ABCNotation.Tempo(beat: beat, beatsPerMinute: rate)
    }
    if meter.isCompound { return ABCNotation.Tempo(beat: dotted, beatsPerMinute: 112) }
    if meter.noteValue == 2 { return ABCNotation.Tempo(beat: half, beatsPerMinute: 90) }
    return ABCNotation.Tempo(beat: quarter, beatsPerMinute: 120)
  }
}
