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

  /// What one decoration changes.
  enum Change: Sendable {
    case ornament(Ornament)
    case share(Fraction)
    case shareAtMost(Fraction)
    case accent(Int)
    case hold
    case arpeggio

    /// Nil for a decoration that changes nothing.
    init?(_ decoration: String) {
      if let ornament = Ornament(decoration) {
        self = .ornament(ornament)
        return
      }
      switch decoration {
      case "staccato": self = .share(Fraction(1, 2))
      case "wedge": self = .share(Fraction(1, 4))
      case "breath": self = .shareAtMost(Fraction(3, 4))
      case "accent", ">", "emphasis": self = .accent(15)
      case "^", "marcato": self = .accent(20)
      case "sfz": self = .accent(30)
      case "fermata", "invertedfermata": self = .hold
      case "arpeggio": self = .arpeggio
      default: return nil
      }
    }
  }

  /// Takes a decoration into account.
  mutating func take(_ change: Change) {
    switch change {
    case .ornament(let ornament): self.ornament = ornament
    case .share(let share): self.share = share
    case .shareAtMost(let share): self.share = min(self.share, share)
    case .accent(let accent): self.accent = accent
    case .hold: isHeld = true
    case .arpeggio: isArpeggio = true
    }
  }
}
