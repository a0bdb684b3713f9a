import ABCNotation

/// An ornament that is played with more notes than its own.
///
/// The standard (4.14) names them and says nothing of their rhythm. A roll is that of a fiddler: the note is cut
/// from above, then tapped from below. All are shares of the time of the note that they adorn.
enum Ornament: Sendable {
  case trill, roll, lowerMordent, upperMordent, turn, invertedTurn

  /// The ornament of this name, if it is one.
  init?(_ decoration: String) {
    switch decoration {
    case "trill": self = .trill
    case "roll": self = .roll
    case "mordent", "lowermordent": self = .lowerMordent
    case "uppermordent", "pralltriller": self = .upperMordent
    case "turn", "turnx": self = .turn
    case "invertedturn", "invertedturnx": self = .invertedTurn
    default: return nil
    }
  }

  /// A note of an ornament: how long, and how many steps of the scale above the adorned note.
  struct Piece: Hashable, Sendable {
    let duration: Fraction
    let steps: Int
  }

  private static let thirtySecond = Fraction(1, 32)

  /// The notes of which it consists, which fill the time of the note; nil where the note is too short for it.
  func pieces(of duration: Fraction) -> [Piece]? {
    guard duration >= Fraction(1, 32) else { return nil }
    let short = min(Self.thirtySecond, duration * Fraction(1, 4))
    func cut(_ steps: Int, _ length: Fraction) -> [Piece] {
      [Piece(duration: short, steps: steps), Piece(duration: length - short, steps: 0)]
    }
    switch self {
    case .trill:
      let count = Int((duration / short).value.rounded(.down))
      let alternating = (0..<count - 1).map { Piece(duration: short, steps: $0 % 2) }
      let last = duration - short * Fraction(count - 1)
      return alternating + [Piece(duration: last, steps: (count - 1) % 2)]
    case .roll:
      let third = duration * Fraction(1, 3)
      if duration >= Fraction(3, 8) {
        return [Piece(duration: third, steps: 0)] + cut(1, third) + cut(-1, third)
      }
      if duration >= Fraction(1, 4) {
        let half = duration * Fraction(1, 2)
        return cut(1, half) + cut(-1, half)
      }
      return cut(1, duration)
    case .lowerMordent, .upperMordent:
      let steps = self == .upperMordent ? 1 : -1
      return [Piece(duration: short, steps: 0)] + cut(steps, duration - short)
    case .turn, .invertedTurn:
      let steps = self == .turn ? 1 : -1
      // A long note is held first and turned in its second half.
      let isLong = duration >= Fraction(3, 8)
      let turned = isLong ? duration * Fraction(1, 2) : duration
      let each = turned * Fraction(1, 4)
      let turn = [steps, 0, -steps, 0].map { Piece(duration: each, steps: $0) }
      return (isLong ? [Piece(duration: duration - turned, steps: 0)] : []) + turn
    }
  }
}

extension ScoreNote {
  /// The key number of the note some steps of the scale away, in a key.
  func neighbor(_ steps: Int, in key: Key) -> Int {
    guard steps != 0 else { return pitch }
    let index = step.rawValue + steps
    let octaves = (index >= 0 ? index : index - 6) / 7
    guard let neighbor = Step(rawValue: index - 7 * octaves) else { return pitch }
    return 60 + 12 * (octave + octaves) + neighbor.semitones + key.alterations[neighbor] + transposition
  }
}
