import ABCNotation

/// The names of rhythms, in one spelling each.
public enum Rhythms {
  /// The rhythm that a tune names in `R:` or in its title, else the one that its meter suggests.
  public static func rhythm(of score: Score, fallback: String? = nil) -> String? {
    let named = score.values(of: "R").first.flatMap { normalized($0, meter: score.meter) }
    let titled = score.title.flatMap { normalized($0, meter: score.meter) }
    return named ?? titled ?? fallback ?? suggested(by: score.meter)
  }

  /// Longer names first, since they hold the shorter ones.
  private static let names: [(word: String, rhythm: String)] = [
    ("slip jig", "slip jig"), ("slipjig", "slip jig"), ("hop jig", "slip jig"), ("slide", "slide"),
    ("hornpipe", "hornpipe"), ("clog", "hornpipe"), ("strathspey", "strathspey"), ("fling", "fling"),
    ("quick step", "march"), ("quickstep", "march"), ("march", "march"), ("waltz", "waltz"),
    ("polka", "polka"), ("barndance", "barndance"), ("barn dance", "barndance"), ("mazurka", "mazurka"),
    ("schottische", "schottische"), ("three-two", "three-two"), ("set dance", "set dance"),
    ("minuet", "minuet"), ("gavot", "gavotte"), ("reel", "reel"), ("jig", "jig"), ("air", "air"),
  ]

  private static func normalized(_ text: String, meter: Meter) -> String? {
    let words = text.lowercased()
    guard let (_, rhythm) = names.first(where: { words.contains($0.word) }) else { return nil }
    return fits(rhythm, meter) ? rhythm : suggested(by: meter)
  }

  /// Whether a rhythm goes with a meter; a title may say "jig" over a 9/8.
  private static func fits(_ rhythm: String, _ meter: Meter) -> Bool {
    switch rhythm {
    case "slip jig": meter.numerator == 9
    case "jig": meter.isCompound && meter.numerator != 9
    case "slide": meter.isCompound
    case "waltz", "minuet", "mazurka": meter.numerator == 3
    case "three-two": meter.numerator == 3 && meter.noteValue == 2
    case "reel", "hornpipe", "polka", "strathspey", "fling": !meter.isCompound && meter.numerator != 3
    default: true
    }
  }

  private static func suggested(by meter: Meter) -> String? {
    switch (meter.numerator, meter.noteValue) {
    case (9, 8): "slip jig"
    case (12, 8): "slide"
    case (6, 8): "jig"
    case (2, 2): "reel"
    default: nil
    }
  }
}
