/// What stands behind the bars that are written anew: the tune goes on with it where enough bars have come.
struct TuneRemainder: Sendable {
  /// The text from the sign of the last new bar on.
  let text: String
  /// The full bars that stand before it.
  let bars: Int

  /// What becomes of a character.
  enum Decision {
    /// It may not come.
    case refuse
    /// It is left to the constraint.
    case goOn
    /// It is the sign of the last bar, and the tune ends with this.
    case end(String)
  }

  /// Only plain bar signs may stand among the new bars.
  func decide(on character: Unicode.Scalar, after constraint: TuneConstraint) -> Decision {
    if constraint.isInSign { return Self.signs.contains(character) ? .refuse : .goOn }
    guard character == "|" || character == ":" else { return .goOn }
    if constraint.barsWritten + 1 < bars { return character == "|" ? .goOn : .refuse }
    return constraint.taking(text)?.mayEnd == true ? .end(text) : .refuse
  }

  private static let signs = ASCIISet("|:[]0123456789")
}
