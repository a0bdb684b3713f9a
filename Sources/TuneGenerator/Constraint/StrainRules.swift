import ABCNotation

/// The bars and strains of a tune that is being written: every bar adds up as it is played, repeats are opened and closed,
/// endings come in pairs, and a form that was asked for is kept.
///
/// A strain may begin with a pickup. What it is short of, the bar lacks that is played before it: the last of the strain,
/// on the way back, and the last of the strain before.
struct StrainRules: Sendable {
  /// The bar sign under way.
  private enum Sign { case none, opening, open, bar, numbered, colon, closed, double, final }

  private let plan: FormPlan
  /// The bar, counted from 1 over the tune, with which a repeat is known to close; nil where that is open.
  var closingBar: Int?
  private var sign = Sign.none
  /// The strain under way, counted from 0.
  private var strain = 0
  private var isRepeated = false
  /// The number of the ending under way, 0 before the first.
  private var ending = 0
  private var isFirstBar = true
  /// The length of the strain's pickup, 0 without one, and those of all strains.
  private var pickup = Fraction.zero
  private var pickups: [Fraction] = []
  /// What the first bar of the strain must be; nil where nothing comes before it.
  private var owed: Fraction?
  /// Full bars so far, those of endings but the one under way not counted.
  private var bars = 0
  private var barsBeforeEnding = 0
  private var firstEndingBars = 0
  /// The length of the bar whose sign is under way.
  private var length = Fraction.zero
  private var hasEnded = false

  init(plan: FormPlan) { self.plan = plan }

  /// Whether the tune may end here, at the beginning of a line.
  var mayEnd: Bool { hasEnded }

  /// Bars begun and ended so far, a pickup not counted.
  private(set) var barsWritten = 0

  /// The strain under way and the bar in it, both counted from 0, a pickup not counted; nil in a pickup that has ended and
  /// in endings. Behind a sign that is whole.
  var place: (strain: Int, bar: Int)? { ending == 0 ? (strain, bars) : nil }

  /// Whether a bar sign is under way, so that a digit is the number of an ending.
  var isInSign: Bool { sign != .none }

  /// Whether nothing but the end of the line may come.
  var needsLineEnd: Bool {
    switch sign {
    case .double, .final: true
    case .closed: ending == 0
    default: false
    }
  }

  /// Whether the bar under way may be a pickup, so that its beats are not known yet.
  var mayBePickup: Bool { isFirstBar && sign != .bar && owed != .zero }

  /// The most that the bar under way may hold, in a meter whose bars are `full`.
  func room(full: Fraction, isDrawn: Bool) -> Fraction {
    if isFirstBar { return owed.map { $0 == .zero ? full : $0 } ?? full }
    // The bar with which a repeat must be closed leaves room for the pickup.
    guard isRepeated, ending < 2 else { return full }
    if barsWritten + 1 == closingBar { return full - pickup }
    let most = plan.bars ?? (isDrawn ? Habit.mostBarsRepeated : nil)
    return most == barsWithThis ? full - pickup : full
  }

  /// What the bar under way may be, in the order of what is asked for: lengths that a sign can follow.
  func wantedLengths(full: Fraction) -> [Fraction] {
    if sign == .bar {
      // The next bar is meant: the one before the sign is not counted yet.
      var next = self
      next.countBar(full)
      next.sign = .none
      return next.wantedLengths(full: full)
    }
    guard isRepeated, ending < 2, !isFirstBar, pickup > .zero else {
      return [room(full: full, isDrawn: false)]
    }
    guard plan.bars != nil else { return [full - pickup, full] }
    return [mayStop(barsWithThis, false) ? full - pickup : full]
  }

  /// What tunes are like: strains of four, eight, twelve or sixteen bars, longer only where they are not repeated.
  private enum Habit {
    static let unit = 4
    static let mostBarsRepeated = 16
    static let mostBars = 32
    static let mostStrains = 8
  }

  /// Whether a character may come.
  ///
  /// - Parameters:
  ///   - followsHabit: whether strains are to be as they are in tunes: what a model draws, and not what a person asks for.
  ///   - full: the length of a full bar; nil in free meter.
  ///   - written: the length of what stands in the bar, where the character ends it.
  func canTake(
    _ character: Unicode.Scalar, full: Fraction?, followsHabit habit: Bool, written: Fraction
  ) -> Bool {
    switch sign {
    case .none: return canBeginSign(character, full, habit, written)
    case .opening: return character == ":"
    case .open, .bar:
      switch character {
      case "|": return sign == .bar && mayEndPlainStrain(length, full, habit)
      case "]": return sign == .bar && mayEndTune(length, full, habit)
      case ":": return sign == .bar && isOuterPickup(length, full)
      case "1": return sign == .bar && mayBeginEnding(length, full, habit)
      case "0", "2"..."9", "[": return false
      default: return sign == .open || isPlainBar(length, full, habit)
      }
    case .numbered: return character == " "
    case .colon: return character == "|"
    case .closed: return ending == 1 ? character == "2" : character == "\n"
    case .double, .final: return character == "\n"
    }
  }

  private func canBeginSign(
    _ character: Unicode.Scalar, _ full: Fraction?, _ habit: Bool, _ written: Fraction
  ) -> Bool {
    // Behind a final bar nothing comes.
    if isOver || habit && plan.repeats == nil && strain >= Habit.mostStrains { return false }
    switch character {
    case "|":
      guard written > .zero else {
        return isFirstBar && !isRepeated && plan.allows(strain: strain, isRepeated: true)
      }
      return isPlainBar(written, full, habit) || mayEndPlainStrain(written, full, habit)
        || mayEndTune(written, full, habit)
        || isOuterPickup(written, full)
    case ":": return mayCloseRepeat(written, full, habit)
    case "]", "[": return character == "["
    // A line ends behind a sign.
    case "\n": return false
    default:
      // Before a repeat that must come only a pickup may stand, where there is room for one.
      return isRepeated || plan.allows(strain: strain, isRepeated: false) || isFirstBar && owed != .zero
    }
  }

  private var isOver: Bool { hasEnded && isFinal }
  private var isFinal = false

  private func isShort(_ length: Fraction, _ full: Fraction?) -> Bool { full.map { length < $0 } ?? false }

  /// The bars that the strain has when the one under way is counted, if it is one.
  private var barsWithThis: Int { bars + 1 }

  private func mayGoOn(_ count: Int, _ habit: Bool) -> Bool {
    if let bars = plan.bars { return count < bars }
    return !habit || count < (isRepeated ? Habit.mostBarsRepeated : Habit.mostBars)
  }

  private func mayStop(_ count: Int, _ habit: Bool) -> Bool {
    plan.bars.map { count == $0 } ?? (!habit || count % Habit.unit == 0)
  }

  /// Whether a plain bar sign may stand behind the bar.
  private func isPlainBar(_ length: Fraction, _ full: Fraction?, _ habit: Bool) -> Bool {
    guard isRepeated || plan.allows(strain: strain, isRepeated: false) else { return false }
    guard let full else { return mayGoOn(barsWithThis, habit) }
    if isFirstBar {
      if let owed { return length == (owed == .zero ? full : owed) }
      return length <= full
    }
    return length == full && mayGoOn(barsWithThis, habit)
      && (ending != 2 || barsWithThis - barsBeforeEnding < firstEndingBars)
  }

  /// A strain that is not repeated, or a last ending, ends with the bar, and more comes.
  private func mayEndPlainStrain(_ length: Fraction, _ full: Fraction?, _ habit: Bool) -> Bool {
    mayEndHere(length, full, habit) && plan.goesOn(afterStrain: strain)
      && !(habit && plan.repeats == nil && strain + 1 >= Habit.mostStrains)
  }

  private func mayEndTune(_ length: Fraction, _ full: Fraction?, _ habit: Bool) -> Bool {
    guard mayEndHere(length, full, habit), plan.mayEnd(afterStrain: strain) else { return false }
    // A last bar that is short lacks what some strain began with; people leave it short without that.
    return !habit
      || full.map { full in length == full || pickups.contains { length + $0 == full } } ?? true
  }

  private func mayEndHere(_ length: Fraction, _ full: Fraction?, _ habit: Bool) -> Bool {
    guard !isFirstBar, full.map({ length <= $0 }) ?? true, mayStop(barsWithThis, habit) else { return false }
    if ending == 2 { return barsWithThis - barsBeforeEnding == firstEndingBars }
    return !isRepeated && plan.allows(strain: strain, isRepeated: false)
  }

  private func mayCloseRepeat(_ length: Fraction, _ full: Fraction?, _ habit: Bool) -> Bool {
    guard isRepeated, ending < 2, !isFirstBar, length > .zero, mayStop(barsWithThis, habit) else {
      return false
    }
    return full.map { length + pickup == $0 } ?? true
  }

  /// A pickup before `|:` that is played once.
  private func isOuterPickup(_ length: Fraction, _ full: Fraction?) -> Bool {
    guard isFirstBar, !isRepeated, isShort(length, full), plan.allows(strain: strain, isRepeated: true) else {
      return false
    }
    return owed.map { $0 == length } ?? true
  }

  private func mayBeginEnding(_ length: Fraction, _ full: Fraction?, _ habit: Bool) -> Bool {
    isRepeated && ending == 0 && !isShort(length, full) && mayGoOn(barsWithThis, habit)
      && (!isFirstBar || owed.map { $0 == .zero } ?? true)
  }

  /// Whether a character would begin a sign that ends the bar.
  func isBarEnded(by character: Unicode.Scalar) -> Bool {
    sign == .none && (character == "|" || character == ":")
  }

  /// Takes a character that may come.
  mutating func push(_ character: Unicode.Scalar, full: Fraction?, written: Fraction) {
    switch (sign, character) {
    case (.none, "|"):
      length = written
      sign = length > .zero ? .bar : .opening
    case (.none, ":"):
      length = written
      sign = .colon
    case (.none, _): break
    case (.opening, _):
      (isRepeated, sign) = (true, .open)
    case (.bar, "|"):
      endStrain(full)
      sign = .double
    case (.bar, "]"):
      endStrain(full)
      (isFinal, sign) = (true, .final)
    case (.bar, ":"):
      // The bars within the repeat are full.
      pickups.append(length)
      owed = .zero
      (isRepeated, sign) = (true, .open)
    case (.bar, "1"):
      countBar(full)
      (ending, barsBeforeEnding, sign) = (1, bars, .numbered)
    case (.bar, _):
      countBar(full)
      sign = .none
    case (.colon, _):
      if ending == 1 { firstEndingBars = barsWithThis - barsBeforeEnding } else { endStrain(full) }
      sign = .closed
    case (.closed, "2"):
      (ending, bars, sign) = (2, barsBeforeEnding, .numbered)
      barsWritten += 1
    case (.closed, _), (.double, _), (.final, _):
      (hasEnded, sign) = (sign != .double && plan.mayEnd(afterStrain: strain - 1), .none)
      return
    case (.open, _), (.numbered, _): sign = .none
    }
    if sign != .closed, sign != .final { hasEnded = false }
  }

  private mutating func countBar(_ full: Fraction?) {
    if isFirstBar, isShort(length, full) {
      pickup = length
      pickups.append(length)
    } else {
      bars += 1
      barsWritten += 1
    }
    isFirstBar = false
  }

  private mutating func endStrain(_ full: Fraction?) {
    owed = full.map { $0 - length } ?? .zero
    barsWritten += 1
    strain += 1
    (isRepeated, ending, pickup, isFirstBar) = (false, 0, .zero, true)
    (bars, barsBeforeEnding, firstEndingBars) = (0, 0, 0)
  }
}
