import ABCNotation

/// The tempo of a tune that gives none: what dancers expect of its rhythm, else of its meter.
enum DefaultTempo {
  private static let dotted = Fraction(3, 8)
  private static let quarter = Fraction(1, 4)
  private static let half = Fraction(1, 2)

  /// What a rhythm is danced to; of two names that both fit, the first one counts.
  private static let rhythms: [(name: [UInt8], beat: Fraction, rate: Int)] = [
    ("slip jig", dotted, 112), ("single jig", dotted, 124), ("slide", dotted, 132), ("jig", dotted, 116),
    ("reel", half, 104), ("hornpipe", half, 76), ("polka", quarter, 126), ("waltz", quarter, 132),
    ("mazurka", quarter, 132), ("strathspey", half, 64), ("march", quarter, 104), ("barndance", half, 84),
    ("schottische", half, 76), ("air", quarter, 80), ("fling", half, 80), ("clog", half, 76),
  ].map { (Array($0.0.utf8), $0.1, $0.2) }

  static func tempo(rhythm: String?, meter: Meter) -> ABCNotation.Tempo {
    if let rhythm, !rhythm.isEmpty {
      for known in rhythms where (known.beat == dotted) == meter.isCompound {
        if rhythm.names(known.name) {
          return ABCNotation.Tempo(beat: known.beat, beatsPerMinute: known.rate)
        }
      }
    }
    if meter.isCompound { return ABCNotation.Tempo(beat: dotted, beatsPerMinute: 112) }
    if meter.noteValue == 2 { return ABCNotation.Tempo(beat: half, beatsPerMinute: 90) }
    return ABCNotation.Tempo(beat: quarter, beatsPerMinute: 120)
  }

  /// Quarter notes a minute at the start of a tune.
  static func start(of score: Score) -> Fraction {
    if let rate = score.tempo?.quartersPerMinute ?? score.tempo?.text.flatMap(rate(ofWord:)) { return rate }
    return tempo(rhythm: score.firstValue(of: "R"), meter: score.meter).quartersPerMinute ?? Fraction(120)
  }

  /// Quarter notes a minute of a tempo that is only a word, as abc2midi's guide lists them. Nil for other words.
  static func rate(ofWord text: String) -> Fraction? {
    let words: [String: Int] = [
      "larghissimo": 40, "adagissimo": 44, "lentissimo": 48, "largo": 56, "adagio": 59, "lento": 62,
      "larghetto": 66, "adagietto": 76, "andante": 88, "andantino": 96, "moderato": 104, "allegretto": 112,
      "allegro": 120, "vivace": 168, "vivo": 180, "presto": 192, "allegrissimo": 208, "vivacissimo": 220,
      "prestissimo": 240,
    ]
    let word = text.lowercased().split { !$0.isLetter }.first { words[String($0)] != nil }
    return word.flatMap { words[String($0)] }.map { Fraction($0) }
  }
}
