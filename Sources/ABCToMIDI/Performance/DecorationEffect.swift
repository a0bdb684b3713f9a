/// What a decoration asks of whoever plays the note at it.
enum DecorationEffect: Sendable {
  /// `p`, `ff` and the like: from here on so loud.
  case mark
  /// The beginning or end of a hairpin.
  case hairpin
  case trillBegins
  case trillEnds
  case touch(Touch.Change)
  case nothing

  init(_ decoration: String) {
    switch decoration {
    case "trill(": self = .trillBegins
    case "trill)": self = .trillEnds
    case "crescendo(", "<(", "diminuendo(", ">(", "crescendo)", "<)", "diminuendo)", ">)": self = .hairpin
    default:
      if Dynamics.isMark(decoration) {
        self = .mark
      } else {
        self = Touch.Change(decoration).map { .touch($0) } ?? .nothing
      }
    }
  }
}

/// The effects of the decorations of a voice, which are few and come again and again.
struct DecorationEffects: Sendable {
  private var known: [(name: String, effect: DecorationEffect)] = []

  /// What a decoration asks for.
  mutating func effect(of decoration: String) -> DecorationEffect {
    for (name, effect) in known where name == decoration { return effect }
    let effect = DecorationEffect(decoration)
    if known.count < 16 { known.append((decoration, effect)) }
    return effect
  }
}
