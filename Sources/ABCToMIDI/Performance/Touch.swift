import ABCNotation

/// How a note is played: what its decorations say.
struct Touch: Sendable {
  var ornament: Ornament?
  /// Struck harder by so much.
  private(set) var accent = 0
  /// The share of its time that it sounds.
  private(set) var share = Fraction(1)
  /// Whether a fermata is above it.
  private(set) var isHeld = false
  private(set) var isArpeggio = false

  /// Takes a decoration into account.
  mutating func take(_ decoration: String) {
    if let ornament = Ornament(decoration) {
      self.ornament = ornament
      return
    }
    switch decoration {
    case "staccato": share = Fraction(1, 2)
    case "wedge": share = Fraction(1, 4)
    case "breath": share = min(share, Fraction(3, 4))
    case "accent", ">", "emphasis": accent = 15
    case "^", "marcato": accent = 20
    case "sfz": accent = 30
    case "fermata", "invertedfermata": isHeld = true
    case "arpeggio": isArpeggio = true
    default: break
    }
  }
}
